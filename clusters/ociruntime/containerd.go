package ociruntime

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// cri is containerd's CRI plugin, as the version of its configuration names it that kind's nodes have.
const cri = `plugins."io.containerd.grpc.v1.cri".containerd.runtimes`

// OwnCgroups has the node's own runtime make its cgroups itself, as the others do: asking systemd takes a D-Bus, which nodes don't have.
const OwnCgroups = "[" + cri + ".runc.options]\n  SystemdCgroup = false\n"

// Handler is the runtime's name for containerd and in its RuntimeClass, where a handler has no dots.
func (r Runtime) Handler() string { return strings.ReplaceAll(r.Name, ".", "-") }

// Patch is what containerd's configuration needs for the runtime, as TOML to be merged into it.
func (r Runtime) Patch() string {
	var b strings.Builder
	b.WriteString(OwnCgroups)
	fmt.Fprintf(&b, "[%s.%q]\n", cri, r.Handler())
	for _, kv := range [][2]string{
		{"runtime_type", r.Containerd.Type}, {"runtime_path", r.Containerd.Path}, {"base_runtime_spec", r.Containerd.BaseSpec},
	} {
		if kv[1] != "" {
			fmt.Fprintf(&b, "  %s = %q\n", kv[0], kv[1])
		}
	}
	fmt.Fprintf(&b, "[%s.%q.options]\n", cri, r.Handler())
	for _, key := range slices.Sorted(maps.Keys(r.Containerd.Options)) {
		fmt.Fprintf(&b, "  %s = %q\n", key, r.Containerd.Options[key])
	}
	return b.String()
}

// KubeletPatch is the kubelet's side of it, for kubeadm.
const KubeletPatch = "kind: KubeletConfiguration\ncgroupDriver: cgroupfs\n"
