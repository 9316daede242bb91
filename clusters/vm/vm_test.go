package vm

import (
	"io/fs"
	"os/exec"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestScriptsAreWhole(t *testing.T) {
	g := NewWithT(t)
	for _, name := range []string{"gateproof-machine", "gateproof-in-machine"} {
		text, err := fs.ReadFile(files, "files/usr/local/bin/"+name)
		g.Expect(err).NotTo(HaveOccurred())
		check := exec.Command("bash", "-n")
		check.Stdin = strings.NewReader(string(text))
		out, err := check.CombinedOutput()
		g.Expect(err).NotTo(HaveOccurred(), "%s: %s", name, out)
	}
	g.Expect(modeOf("usr/local/bin/gateproof-machine")).To(Equal(int64(0o755)))
}

func TestTheContainerSeesNoNetworkAndItsOwnVolume(t *testing.T) {
	g := NewWithT(t)
	argv := strings.Join(Machine{MiB: 4096, CPUs: 2}.create("image", "name"), " ")
	g.Expect(argv).To(HavePrefix("docker create --interactive --privileged --network=none --pull=never --volume=/machine --name=name --label"))
	g.Expect(argv).To(HaveSuffix("image gateproof-machine 4096 2 tcg,thread=multi"))
	g.Expect(Machine{KVM: true}.create("image", "name")).To(ContainElement("kvm"))
}
