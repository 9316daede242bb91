package nodeimage

import (
	"errors"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/image/rootfs/diskfull"
	"github.com/gateproof/gateproof/clusters/run"
)

func TestOnlyTheScriptSpeaksOfCgroups(t *testing.T) {
	g := NewWithT(t)
	failing := func(code string) error {
		_, err := run.Output(t.Context(), "sh", "-c", "echo mount: permission denied >&2; exit "+code)
		return err
	}
	var cgroup *Cgroup1Error
	g.Expect(errors.As(refused(failing("32")), &cgroup)).To(BeTrue())
	g.Expect(cgroup).To(MatchError(HaveSuffix("mount: permission denied")))
	g.Expect(refused(nil)).To(Succeed())
	for _, other := range []error{failing("125"), &diskfull.Error{Err: failing("1")}, errors.New("other")} {
		g.Expect(refused(other)).To(BeIdenticalTo(other))
	}
}
