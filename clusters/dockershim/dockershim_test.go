package dockershim

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestDeclared(t *testing.T) {
	g := NewWithT(t)
	f, err := Folder.Declared()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(f.Root.Include).To(ConsistOf("docker.io"))
	g.Expect(f.Changes()).To(HaveLen(3))
	for _, path := range []string{Start, UseMirror} {
		g.Expect(fs.Stat(files, "files"+strings.TrimPrefix(path, InNode))).NotTo(BeNil())
	}
	config, err := fs.ReadFile(files, "files/daemon.json")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(json.Valid(config)).To(BeTrue())
}
