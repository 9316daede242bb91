package lane

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/input"
)

const laneOfTwo = `name: mine
version: v1.16.15
gate:
  kubelet: true
nodes:
- name: worker
- name: off
  kubelet: false
  processes: isolated
expect:
  processes: shared
  field: kept
`

func TestALaneHasNodesOfItsOwnGates(t *testing.T) {
	g := NewWithT(t)
	l, err := Decode("mine.yaml", []byte(laneOfTwo))
	g.Expect(err).NotTo(HaveOccurred())
	all := l.All()
	g.Expect(all).To(HaveLen(3))
	g.Expect(all[0].Name).To(Equal(ControlPlane))
	g.Expect(l.On(all[1])).To(Equal(l), "as the lane has it")
	off := l.On(all[2])
	g.Expect(off.Has(Kubelet)).To(BeFalse())
	g.Expect(off.Expect).To(Equal(Expectation{Processes: Isolated, Field: Kept, Naming: Accepted}))
	g.Expect(l.Has(Kubelet)).To(BeTrue(), "the lane's own is left")
	g.Expect(Lane{}.All()).To(BeEmpty(), "a node that is alone has no need of a name")
}

func TestALaneHasNodesOfReleasesAndRuntimesOfTheirOwn(t *testing.T) {
	g := NewWithT(t)
	chosen, err := Select("skew,mixed-runtimes,on")
	g.Expect(err).NotTo(HaveOccurred())
	skew, runtimes, on := chosen[0], chosen[1], chosen[2]
	g.Expect(skew.Versions()).To(Equal([]string{"v1.17.17", "v1.16.15", "v1.15.12"}))
	g.Expect(skew.Size()).To(Equal(4))
	g.Expect(skew.GatesDiffer()).To(BeTrue())
	g.Expect(skew.OnRequest && runtimes.OnRequest).To(BeTrue())
	g.Expect(runtimes.Versions()).To(Equal([]string{"v1.37.0"}))
	g.Expect(runtimes.Runtimes()).To(Equal([]string{"crun"}))
	var by []string
	for _, n := range runtimes.All() {
		by = append(by, n.Name+"="+runtimes.On(n).RuntimeClass)
	}
	g.Expect(by).To(Equal([]string{"control-plane=", "worker=", "worker-crun=crun"}))
	g.Expect(on.Size()).To(Equal(1))
	g.Expect(on.GatesDiffer()).To(BeFalse())
	g.Expect(on.Runtimes()).To(BeEmpty())
}

func TestANodeHasAContainerdOfItsOwn(t *testing.T) {
	g := NewWithT(t)
	chosen, err := Select("runtimes-containerd,mixed-runtimes")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(chosen[0].Containerds()).To(Equal([]string{"bookworm", "trixie", "sid"}))
	g.Expect(chosen[0].Runtimes()).To(BeEmpty())
	g.Expect(chosen[1].Containerds()).To(BeEmpty())
}

func TestNodesThatNoClusterHasAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ old, new, message string }{
		"twice":                {"name: off", "name: worker", "nodes: worker is there twice"},
		"the control plane":    {"name: off", "name: control-plane", "control-plane is the one that every lane has"},
		"none":                 {"- name: worker\n- name: off\n  kubelet: false\n  processes: isolated", "  {}", "want a list of nodes"},
		"value":                {"kubelet: false", "kubelet: off", `kubelet: "off" is neither true nor false`},
		"unknown field":        {"kubelet: false", "kublet: false", `node: unknown field "kublet"; allowed: containerd, kubelet, name, processes, runtimeClass, version`},
		"newer kubelet":        {"- name: worker\n", "- name: worker\n  version: v1.17.17\n", "worker: version: a kubelet is never newer than the API server, which is v1.16.15"},
		"runtime too early":    {"- name: worker\n", "- name: worker\n  runtimeClass: crun\n", "worker: runtimeClass: it needs v1.20.0 or later"},
		"no containerd":        {"- name: worker\n", "- name: worker\n  containerd: buster\n", `containerd: unknown value "buster"; allowed: [bookworm sid trixie]`},
		"containerd too early": {"- name: worker\n", "- name: worker\n  containerd: sid\n", "worker: containerd: it needs v1.20.0 or later"},
		"no gate":              {"gate:\n  kubelet: true\n", "", "the lane names no gate"},
		"no field":             {"expect:\n  processes: shared\n  field: kept", "expect:\n  processes: isolated\n  field: dropped", "cannot lead to processes: shared"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			text := laneOfTwo
			if name == "no field" {
				text = strings.Replace(text, "processes: isolated\nexpect", "processes: shared\nexpect", 1)
			}
			g.Expect(text).To(ContainSubstring(c.old))
			_, err := Decode("mine.yaml", []byte(strings.Replace(text, c.old, c.new, 1)))
			g.Expect(err).To(MatchError(ContainSubstring(c.message)))
			g.Expect(err).To(MatchError(input.Err))
		})
	}
}
