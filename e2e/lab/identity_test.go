package lab

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestIdentityInWords(t *testing.T) {
	g := NewWithT(t)
	var nobody *Identity
	g.Expect(nobody.words("as")).To(BeEmpty())
	g.Expect((&Identity{UID: 1000}).words("as")).To(Equal([]string{"as", "1000", "none"}))
	g.Expect((&Identity{UID: 0, Caps: []string{"KILL", "SYS_PTRACE"}}).words("x", "exec")).To(Equal([]string{"x", "exec", "0", "KILL,SYS_PTRACE"}))
}

func TestWithAndWithoutLeaveTheirArgumentAlone(t *testing.T) {
	g := NewWithT(t)
	caps := []string{"CHOWN", "KILL"}
	g.Expect(With(caps, "SYS_PTRACE")).To(Equal([]string{"CHOWN", "KILL", "SYS_PTRACE"}))
	g.Expect(Without(caps, "KILL", "MKNOD")).To(Equal([]string{"CHOWN"}))
	g.Expect(caps).To(Equal([]string{"CHOWN", "KILL"}))
}
