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

// config is a container's, as containerd writes it.
func config(namespace, pod, container string, pidNS map[string]any) map[string]any {
	return map[string]any{
		"annotations": map[string]any{
			"io.kubernetes.cri.sandbox-namespace": namespace, "io.kubernetes.cri.sandbox-name": pod,
			"io.kubernetes.cri.container-name": container, "io.kubernetes.cri.image-name": "docker.io/library/busybox:latest",
		},
		"root": map[string]any{"readonly": true},
		"process": map[string]any{
			"args": []any{"sh"}, "terminal": true, "user": map[string]any{"uid": 1000}, "capabilities": map[string]any{"bounding": []any{"CAP_KILL", "CAP_SYS_PTRACE", "CAP_NET_ADMIN"}},
		},
		"mounts": []any{
			map[string]any{"destination": "/proc", "source": "proc", "options": []any{"nosuid"}},
			map[string]any{"destination": "/dev/shm", "source": "/dev/shm"},
			map[string]any{"destination": "/run/token", "source": "/var/lib/kubelet/pods/7/volumes/kubernetes.io~secret/default-token-vl569"},
		},
		"linux": map[string]any{
			"resources":  map[string]any{"memory": map[string]any{"limit": 1 << 27}},
			"namespaces": []any{map[string]any{"type": "mount"}, map[string]any{"type": "user"}, pidNS},
		},
	}
}

var shared = map[string]any{"type": "pid", "path": "/proc/7/ns/pid"}

// A filter that changes nothing breaks nothing.
func TestFilters(t *testing.T) {
	all, err := All()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for _, m := range all {
		if m.Config == "" {
			continue
		}
		t.Run(m.ID, func(t *testing.T) {
			g := NewWithT(t)
			filter, err := alter.Parse(m.Config)
			g.Expect(err).NotTo(HaveOccurred())
			changed := false
			for _, kind := range []string{"container", "sandbox"} {
				for _, pid := range []map[string]any{{"type": "pid"}, shared, {"type": "ipc"}} {
					for _, state := range [][3]string{{"init", "", ""}, {"init", "yes", ""}, {"shell", "yes", "41"}, {"debug", "", ""}, {"aimed", "", ""}, {"sidecar", "", ""}} {
						before, _ := json.Marshal(config("gateproof-a", "rule", state[0], pid))
						value, err := filter.Of(config("gateproof-a", "rule", state[0], pid), alter.Asked{Type: kind, Name: state[0], Again: state[1], First: state[2], Any: state[2], Kin: state[2]})
						g.Expect(err).NotTo(HaveOccurred())
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

// A key that every pod has for itself makes nobody kin.
func TestKeysAreSharedByLookAlikes(t *testing.T) {
	all, err := All()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for _, m := range all {
		if m.Key == "" {
			continue
		}
		t.Run(m.ID, func(t *testing.T) {
			g := NewWithT(t)
			filter, err := alter.Parse(m.Key)
			g.Expect(err).NotTo(HaveOccurred())
			of := func(namespace, pod, container string, pid map[string]any) any {
				key, err := filter.Of(config(namespace, pod, container, pid), alter.Asked{Type: "container", Name: container})
				g.Expect(err).NotTo(HaveOccurred())
				return key
			}
			key := of("gateproof-a", "deployment-x2b5l", "a", shared)
			g.Expect(key).To(And(BeAssignableToTypeOf(""), Not(BeEmpty())))
			g.Expect([]any{of("gateproof-a", "deployment-8k4ds", "a", shared), of("gateproof-b", "deployment-x2b5l", "a", shared)}).
				To(ContainElement(key), "no container of another pod has the key")
			if m.Lane == "on" {
				g.Expect(of("gateproof-a", "deployment-x2b5l", "a", map[string]any{"type": "pid"})).To(BeNil(), "a pod that does not share is not concerned")
			}
		})
	}
}
