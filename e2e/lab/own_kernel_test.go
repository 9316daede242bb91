package lab

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestOtherKernel(t *testing.T) {
	g := NewWithT(t)
	g.Expect(otherKernel("Linux version 6.1.0 (x)\n", "Linux version 6.1.0 (x)")).To(BeEmpty())
	g.Expect(otherKernel("Linux version 4.19.0-gvisor #1 SMP Sun Jan 10 15:06:54 PST 2016", "Linux version 6.1.0 (x)")).To(ContainSubstring("their own (Linux version 4.19.0-gvisor"))
}
