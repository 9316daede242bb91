package mutants

import (
	"encoding/json"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/alter"
)

func TestAllMutantsAreSound(t *testing.T) {
	g := NewWithT(t)
	all, err := All()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(len(all)).To(BeNumerically(">=", 30))
	_, err = Select("no-such")
	g.Expect(err).To(MatchError(ContainSubstring(`no mutant "no-such"; there are `)))
}

// A filter that changes nothing breaks nothing.
func TestFilters(t *testing.T) {
	config := func(pidNS map[string]any) map[string]any {
		return map[string]any{
			"process": map[string]any{"args": []any{"sh"}, "capabilities": map[string]any{"bounding": []any{"CAP_KILL", "CAP_SYS_PTRACE"}}},
			"mounts":  []any{map[string]any{"destination": "/proc", "options": []any{"nosuid"}}},
			"linux":   map[string]any{"namespaces": []any{map[string]any{"type": "mount"}, map[string]any{"type": "user"}, pidNS}},
		}
	}
	all, err := All()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for _, m := range all {
		if m.Config == "" {
			continue
		}
		t.Run(m.ID, func(t *testing.T) {
			g := NewWithT(t)
			code, err := alter.Compile(m.Config)
			g.Expect(err).NotTo(HaveOccurred())
			changed := false
			for _, kind := range []string{"container", "sandbox"} {
				for _, pid := range []map[string]any{{"type": "pid"}, {"type": "pid", "path": "/proc/7/ns/pid"}, {"type": "ipc"}} {
					for _, state := range [][3]string{{"init", "", ""}, {"shell", "yes", "41"}, {"debug", "", ""}, {"aimed", "", ""}, {"sidecar", "", ""}} {
						before, _ := json.Marshal(config(pid))
						value, ok := code.Run(config(pid), kind, state[0], state[1], state[2], state[2], nil).Next()
						g.Expect(ok).To(BeTrue())
						failed, _ := value.(error)
						g.Expect(failed).NotTo(HaveOccurred())
						after, err := json.Marshal(value)
						g.Expect(err).NotTo(HaveOccurred(), "%v", value)
						changed = changed || string(after) != string(before)
					}
				}
			}
			g.Expect(changed).To(BeTrue(), "the filter never changes anything")
		})
	}
}
