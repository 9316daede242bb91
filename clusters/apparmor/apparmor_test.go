package apparmor

import (
	"io/fs"
	"os/exec"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestDeclared(t *testing.T) {
	g := NewWithT(t)
	f, err := Folder.Declared()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(f.Root.Include).To(ConsistOf("apparmor"))
	g.Expect(f.Keep).To(ContainElement("sbin/apparmor_parser"))
	for shell, path := range map[string]string{"bash": Confine, "sh": InNode + "/bin/apparmor_parser"} {
		text, err := fs.ReadFile(files, "files"+strings.TrimPrefix(path, InNode))
		g.Expect(err).NotTo(HaveOccurred())
		check := exec.Command(shell, "-n")
		check.Stdin = strings.NewReader(string(text))
		out, err := check.CombinedOutput()
		g.Expect(err).NotTo(HaveOccurred(), "%s: %s", path, out)
	}
}
