package benign

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/alter"
)

// leastVariants and families: what the corpus has to hold at least.
const leastVariants = 25

var families = []string{"access", "defaults", "injected", "kernels", "nodes", "policies"}

func TestAllVariantsAreSound(t *testing.T) {
	g := NewWithT(t)
	all, err := Variants()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(len(all)).To(BeNumerically(">=", leastVariants))
	seen := map[string]bool{}
	for _, v := range all {
		seen[v.Family] = true
	}
	g.Expect(maps.Keys(seen)).To(ConsistOf(families))
	_, err = Select("no-such")
	g.Expect(err).To(MatchError(ContainSubstring(`no variant "no-such"; there are `)))
}

func TestWhatLastsIsTriedWhenItIsAskedFor(t *testing.T) {
	g := NewWithT(t)
	some, err := Select("")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(some).NotTo(ContainElement(HaveField("Lasting", Not(BeEmpty()))))
	g.Expect(Select("yama-3")).To(ConsistOf(HaveField("ID", "yama-3")))
}

func TestMayMiss(t *testing.T) {
	g := NewWithT(t)
	v := Variant{May: []string{All}, Holds: []string{"a"}}
	g.Expect([]bool{v.MayMiss("a"), v.MayMiss("b")}).To(Equal([]bool{false, true}))
	v = Variant{May: []string{"a"}}
	g.Expect([]bool{v.MayMiss("a"), v.MayMiss("b")}).To(Equal([]bool{true, false}))
}

// pods are as the suite's, each with something that policies look at.
var pods = []string{
	`{"metadata":{"name":"a"},"spec":{"shareProcessNamespace":true,"containers":[{"name":"a","image":"busybox","command":["sleep","3600"]},{"name":"b","image":"nginx"}]}}`,
	`{"metadata":{"name":"b"},"spec":{"hostPID":true,"initContainers":[{"name":"i","image":"busybox"}],"containers":[{"name":"a","image":"busybox"}]}}`,
	`{"metadata":{"name":"c"},"spec":{"containers":[{"name":"a","image":"busybox","securityContext":{"privileged":true}}]}}`,
	`{"metadata":{"name":"d"},"spec":{"containers":[{"name":"a","image":"busybox","securityContext":{"capabilities":{"add":["SYS_PTRACE"]}}}]}}`,
	`{"metadata":{"name":"e"},"spec":{"securityContext":{"runAsNonRoot":true},"containers":[{"name":"a","image":"busybox","resources":{"limits":{"memory":"1Gi"}}}]}}`,
}

var namespaces = []string{
	`{"kind":"Namespace","metadata":{"labels":{"pod-security.kubernetes.io/enforce":"baseline"}}}`,
	`{"kind":"Namespace","metadata":{"labels":{"pod-security.kubernetes.io/enforce":"privileged"}}}`,
}

func of(t *testing.T, text string, input string, asked alter.Asked) any {
	t.Helper()
	filter, err := alter.Parse(text)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	var value any
	NewWithT(t).Expect(json.Unmarshal([]byte(input), &value)).To(Succeed())
	made, err := filter.Of(value, asked)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return made
}

// A filter that changes nothing is no habit, and one that refuses everything is not a policy that allows what needs nothing special.
func TestFilters(t *testing.T) {
	all, err := Variants()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for _, v := range all {
		if v.Admit != "" {
			t.Run(v.ID, func(t *testing.T) {
				changed := 0
				for _, pod := range pods {
					made, err := json.Marshal(of(t, v.Admit, pod, alter.Asked{}))
					NewWithT(t).Expect(err).NotTo(HaveOccurred())
					if differs(t, string(made), pod) {
						changed++
					}
				}
				NewWithT(t).Expect(changed).To(BeNumerically(">", 0))
				same, err := json.Marshal(of(t, v.Admit, pods[0], alter.Asked{Old: map[string]any{}}))
				NewWithT(t).Expect(err).NotTo(HaveOccurred())
				NewWithT(t).Expect(differs(t, string(same), pods[0])).To(BeFalse(), "what is there already may not be changed by an update")
			})
		}
		if v.Refuse != "" {
			t.Run(v.ID, func(t *testing.T) {
				var words []any
				objects := pods
				if slices.Contains(v.Of, "namespaces") {
					objects = namespaces
				}
				for _, object := range objects {
					words = append(words, of(t, v.Refuse, object, alter.Asked{}))
				}
				NewWithT(t).Expect(words).To(ContainElement(BeAssignableToTypeOf("")), "it refuses something")
				NewWithT(t).Expect(words).To(ContainElement(BeNil()), "it admits something")
			})
		}
		if v.Config != "" {
			t.Run(v.ID, func(t *testing.T) {
				changed := false
				for _, kind := range []string{"container", "sandbox"} {
					made, err := json.Marshal(of(t, v.Config, config, alter.Asked{Type: kind, Name: "shell"}))
					NewWithT(t).Expect(err).NotTo(HaveOccurred())
					changed = changed || differs(t, string(made), config)
				}
				NewWithT(t).Expect(changed).To(BeTrue())
			})
		}
	}
}

const config = `{"process":{"args":["/pause"],"user":{"uid":0},"capabilities":{"bounding":["CAP_KILL","CAP_SYS_CHROOT"]}},"mounts":[],
	"linux":{"namespaces":[{"type":"pid","path":"/proc/7/ns/pid"}]}}`

func differs(t *testing.T, a, b string) bool {
	t.Helper()
	same, err := MatchJSON(b).Match(a)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return !same
}
