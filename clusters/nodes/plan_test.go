package nodes

import (
	"encoding/json"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// node is a Ready one; change makes it another.
func node(name string, change ...func(*corev1.Node)) corev1.Node {
	n := corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{}}}
	n.Status.NodeInfo = corev1.NodeSystemInfo{
		KubeletVersion: "v1.30.1", ContainerRuntimeVersion: "containerd://1.7.24", KernelVersion: "6.1.0", Architecture: "amd64",
		OSImage: "Debian GNU/Linux 12 (bookworm)", OperatingSystem: "linux",
	}
	n.Status.Conditions = []corev1.NodeCondition{{Type: corev1.NodeReady, Status: corev1.ConditionTrue}}
	for _, c := range change {
		c(&n)
	}
	return n
}

func kubelet(version string) func(*corev1.Node) {
	return func(n *corev1.Node) { n.Status.NodeInfo.KubeletVersion = version }
}

func windows(n *corev1.Node) { n.Status.NodeInfo.OperatingSystem = "windows" }

func cordoned(n *corev1.Node) { n.Spec.Unschedulable = true }

func tainted(key string) func(*corev1.Node) {
	return func(n *corev1.Node) {
		n.Spec.Taints = append(n.Spec.Taints, corev1.Taint{Key: key, Effect: corev1.TaintEffectNoSchedule})
	}
}

func silent(n *corev1.Node) {
	n.Status.Conditions[0] = corev1.NodeCondition{Type: corev1.NodeReady, Status: corev1.ConditionUnknown, Message: "Kubelet stopped posting node status."}
}

func labelled(key, value string) func(*corev1.Node) {
	return func(n *corev1.Node) { n.Labels[key] = value }
}

func names(p Plan) []string {
	out := []string{}
	for _, n := range p.Nodes {
		out = append(out, n.Name)
	}
	return out
}

func chosen(t *testing.T, asked string, list ...corev1.Node) Plan {
	t.Helper()
	g := NewWithT(t)
	c, err := ParseChoice(asked)
	g.Expect(err).NotTo(HaveOccurred())
	p, err := Choose(c, list, Selectors{})
	g.Expect(err).NotTo(HaveOccurred())
	return p
}

func TestOneNodeOfEachKindIsChosen(t *testing.T) {
	g := NewWithT(t)
	p := chosen(t, "", node("a", kubelet("v1.29.0")), node("c"), node("b"), node("w", windows))
	g.Expect(names(p)).To(Equal([]string{"b", "a"}), "the commonest kind first, of each kind the first by name")
	g.Expect(p.All).To(Equal(3))
	g.Expect(p.Kinds).To(Equal(2))
	g.Expect(p.Left).To(Equal([]Left{{"w", "it runs Windows, which has no process namespaces"}}))
	g.Expect(p.ByNode()).To(BeTrue())
	g.Expect(p.Home()).To(Equal("b"))
	g.Expect(p.String()).To(Equal("2 of 3, 2 of 2 kinds: b, a; without w: it runs Windows, which has no process namespaces"))
}

func TestTheChoiceDoesNotDependOnTheListsOrder(t *testing.T) {
	g := NewWithT(t)
	a, b, c := node("a", kubelet("v1.29.0")), node("b"), node("c")
	g.Expect(chosen(t, "", c, b, a)).To(Equal(chosen(t, "", a, b, c)))
}

func TestEachPartOfAKindTellsNodesApart(t *testing.T) {
	for what, change := range map[string]func(*corev1.NodeSystemInfo){
		"kubelet": func(i *corev1.NodeSystemInfo) { i.KubeletVersion = "v1.30.2" },
		"runtime": func(i *corev1.NodeSystemInfo) { i.ContainerRuntimeVersion = "cri-o://1.30.0" },
		"kernel":  func(i *corev1.NodeSystemInfo) { i.KernelVersion = "6.12.0" },
		"arch":    func(i *corev1.NodeSystemInfo) { i.Architecture = "arm64" },
		"OS":      func(i *corev1.NodeSystemInfo) { i.OSImage = "Ubuntu 24.04" },
	} {
		other := node("b")
		change(&other.Status.NodeInfo)
		NewWithT(t).Expect(chosen(t, "", node("a"), other).Kinds).To(Equal(2), what)
	}
}

func TestNothingIsByNodeWhereThereIsOneKind(t *testing.T) {
	g := NewWithT(t)
	one := chosen(t, "", node("a"))
	g.Expect(one.ByNode()).To(BeFalse())
	g.Expect(one.Home()).To(BeEmpty(), "the scheduler has no choice")
	same := chosen(t, "", node("a"), node("b"))
	g.Expect(same.ByNode()).To(BeFalse())
	g.Expect(same.Home()).To(Equal("a"), "the same node in each run")
	g.Expect(chosen(t, "all", node("a")).ByNode()).To(BeFalse())
	g.Expect(chosen(t, "b", node("a"), node("b")).ByNode()).To(BeTrue(), "it was named")
}

func TestAKindIsRepresentedByANodeThatPodsCanComeTo(t *testing.T) {
	g := NewWithT(t)
	p := chosen(t, "", node("a", cordoned), node("b", silent), node("c"))
	g.Expect(names(p)).To(Equal([]string{"c"}))
	g.Expect(p.ByNode()).To(BeFalse(), "the other two are of its kind")
}

func TestNodesThatAreNotReachedAreExpectedResults(t *testing.T) {
	g := NewWithT(t)
	p := chosen(t, "all", node("a", cordoned), node("b", silent), node("c"), node("d", tainted("gpu")), node("e", tainted("node.kubernetes.io/disk-pressure")),
		node("f", func(n *corev1.Node) { n.DeletionTimestamp = &metav1.Time{Time: time.Now()} }))
	g.Expect(names(p)).To(Equal([]string{"c", "b", "e", "f", "a", "d"}))
	why := map[string]Unreached{}
	for _, n := range p.Nodes {
		if n.Unreached != nil {
			why[n.Name] = *n.Unreached
		}
	}
	g.Expect(why).To(Equal(map[string]Unreached{
		"a": {Why: "cordoned", Closed: true}, "b": {Why: "NotReady: Kubelet stopped posting node status."}, "d": {Why: "tainted: gpu:NoSchedule", Closed: true},
		"e": {Why: "tainted: node.kubernetes.io/disk-pressure:NoSchedule"}, "f": {Why: "going: it is being deleted"},
	}))
	g.Expect(p.Home()).To(Equal("c"))
	g.Expect(p.Reachable()).To(HaveLen(1))
}

func TestANodeThatNeverSaidAnythingHasNoKind(t *testing.T) {
	g := NewWithT(t)
	gone := corev1.Node{}
	gone.Name = "gone"
	p := chosen(t, "", node("a"), gone)
	g.Expect(p.ByNode()).To(BeFalse())
	g.Expect(p.Left).To(Equal([]Left{{"gone", "its kubelet has never said what it runs"}}))
	p = chosen(t, "all", node("a"), gone)
	g.Expect(names(p)).To(Equal([]string{"a", "gone"}))
	g.Expect(p.Nodes[1].Unreached.Why).To(HavePrefix("NotReady: "))
}

func TestWhoAsksForAllWantsToKnowOfAll(t *testing.T) {
	g := NewWithT(t)
	list := []corev1.Node{node("a"), node("b", silent, kubelet("v1.29.0")), node("c", cordoned, kubelet("v1.28.0"))}
	excused := func(asked string) map[string]bool {
		p, out := chosen(t, asked, list...), map[string]bool{}
		for _, n := range p.Nodes {
			out[n.Name] = p.Excuses(n)
		}
		return out
	}
	g.Expect(excused("all")).To(Equal(map[string]bool{"a": false, "b": false, "c": true}))
	g.Expect(excused("each-kind")).To(Equal(map[string]bool{"a": false, "b": true, "c": true}))
}

func TestAPreferenceAgainstANodeKeepsNobodyAway(t *testing.T) {
	p := chosen(t, "", node("a", func(n *corev1.Node) {
		n.Spec.Taints = []corev1.Taint{{Key: "spot", Effect: corev1.TaintEffectPreferNoSchedule}}
	}))
	NewWithT(t).Expect(p.Reachable()).To(HaveLen(1))
}

func TestNodesAreSelectedByLabelsAndByNames(t *testing.T) {
	g := NewWithT(t)
	list := []corev1.Node{node("a", labelled("pool", "fast")), node("b"), node("w", windows)}
	g.Expect(names(chosen(t, "pool=fast", list...))).To(Equal([]string{"a"}))
	g.Expect(names(chosen(t, "b", list...))).To(Equal([]string{"b"}))
	for asked, words := range map[string]string{
		"pool=slow": "selects none of the cluster's 3 nodes", "x": "there is no node x; there are: a, b, w", "w": "node w cannot be chosen: it runs Windows",
	} {
		c, err := ParseChoice(asked)
		g.Expect(err).NotTo(HaveOccurred())
		_, err = Choose(c, list, Selectors{})
		g.Expect(err).To(MatchError(ContainSubstring(words)), asked)
	}
}

func TestARuntimeClassThatSelectsNodesTellsThemApart(t *testing.T) {
	g := NewWithT(t)
	list := []corev1.Node{node("a", labelled("sandbox", "yes")), node("b")}
	classes := Classes{"gvisor": {"sandbox": "yes"}, "plain": nil}
	p, err := Choose(Choice{Asked: EachKind}, list, Selectors{Classes: classes})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(names(p)).To(Equal([]string{"a", "b"}))
	p, err = Choose(Choice{Asked: EachKind}, list, Selectors{Classes: classes, RuntimeClass: "gvisor"})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(names(p)).To(Equal([]string{"a"}))
	g.Expect(p.Left).To(Equal([]Left{{"b", "RuntimeClass gvisor does not select it"}}))
}

func TestAPlanIsHandedOnAsJSON(t *testing.T) {
	g := NewWithT(t)
	p := chosen(t, "all", node("a"), node("b", cordoned), node("w", windows))
	data, err := json.Marshal(p)
	g.Expect(err).NotTo(HaveOccurred())
	var back Plan
	g.Expect(json.Unmarshal(data, &back)).To(Succeed())
	g.Expect(back).To(Equal(p))
}
