package lab

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/fixtures/probe"
)

func TestWhichRefusalsMayBeASecurityModules(t *testing.T) {
	g := NewWithT(t)
	refused := func(errName string, words ...string) bool {
		return looksAtProcess(Call{Words: words}, probe.Answer{Err: errName})
	}
	g.Expect(refused("EACCES", "read", "/proc/8/root/etc/nginx/nginx.conf")).To(BeTrue())
	g.Expect(refused("EACCES", "read", "/proc/8/environ")).To(BeTrue())
	g.Expect(refused("EACCES", "readlink", "/proc/8/root")).To(BeTrue())
	g.Expect(refused("EPERM", "attach", "8")).To(BeTrue())
	g.Expect(refused("ENOENT", "read", "/proc/8/root/etc/nginx/nginx.conf")).To(BeFalse(), "it looked")
	g.Expect(refused("EACCES", "read", "/proc/8/cmdline")).To(BeFalse(), "everybody may read it")
	g.Expect(refused("EACCES", "read", "/etc/credentials/root")).To(BeFalse(), "a file's permissions")
	g.Expect(refused("EACCES", "kill", "HUP", "1")).To(BeFalse(), "signals have rules of their own")
	g.Expect(refused("", "attach", "8")).To(BeFalse())
}
