package bench

import (
	"fmt"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// stat is a line of /proc/PID/stat; times are in hundredths of a second.
func stat(pid int, name string, user, system, childUser, childSystem, started int) string {
	return fmt.Sprintf("%d (%s) S 1 1 1 0 -1 4194560 0 0 0 0 %d %d %d %d 20 0 1 0 %d 0\n", pid, name, user, system, childUser, childSystem, started)
}

func TestProcessorTimeIsTheLastSeenOfEachProcess(t *testing.T) {
	g := NewWithT(t)
	w := &watch{seen: map[process]spent{}, totals: map[string]time.Duration{}, most: map[string]int{}}
	w.take("a", stat(10, "kubelet", 100, 50, 0, 0, 7)+stat(20, "containerd-shim", 10, 0, 300, 100, 8)+"5000000000\n")
	w.take("a", stat(10, "kubelet", 200, 100, 0, 0, 7)+"half a line (\n"+"9000000000\n")
	w.take("a", stat(10, "kubelet", 100, 0, 0, 0, 99)+"10000000000\n") // another by the same PID
	w.take("b", stat(10, "kubelet", 100, 0, 0, 0, 7)+stat(30, "kube-controller", 50, 0, 0, 0, 7)+"2000000000\n")
	g.Expect(w.mostProcesses()).To(Equal(4))
	seconds := map[string]float64{}
	for _, l := range w.table(3 * time.Second) {
		seconds[l.who] = l.seconds
	}
	g.Expect(seconds).To(HaveKeyWithValue("kubelet", BeNumerically("~", 5)))
	g.Expect(seconds).To(HaveKeyWithValue(shims, BeNumerically("~", 0.1)))
	g.Expect(seconds).To(HaveKeyWithValue(runtime, BeNumerically("~", 4)))
	g.Expect(seconds).To(HaveKeyWithValue("kube-controller-manager", BeNumerically("~", 0.5)))
	g.Expect(seconds).To(HaveKeyWithValue("all nodes", BeNumerically("~", 12)))
	g.Expect(seconds).To(HaveKeyWithValue(other, BeNumerically("~", 2.4)))
	g.Expect(seconds).To(HaveKeyWithValue(suiteWord, BeNumerically("~", 3)))
}
