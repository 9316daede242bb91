package lab

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestOtherKernel(t *testing.T) {
	g := NewWithT(t)
	g.Expect(otherKernel("Linux version 6.1.0-56-amd64 (debian-kernel@lists.debian.org) (gcc-12) #1 SMP\n", "6.1.0-56-amd64\n")).To(BeEmpty())
	g.Expect(otherKernel("Linux version 4.19.0-gvisor #1 SMP Sun Jan 10 15:06:54 PST 2016\n", "6.1.0-56-amd64")).To(HavePrefix("the pods' kernel is their own (Linux version 4.19.0-gvisor)"))
	g.Expect(otherKernel("Linux version 4.19.0-gvisor", "")).To(BeEmpty(), "the node's is not known")
	g.Expect(otherKernel("", "6.1.0")).To(BeEmpty(), "the pods' is not known")
}
