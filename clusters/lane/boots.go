package lane

import (
	"github.com/gateproof/gateproof/clusters/kubeversion"
)

// firstBootable is the first release whose kubeadm reads what kind v0.33.0 writes, and the first that has a go.mod, without
// which its third-party code cannot be had.
const firstBootable = "v1.15.0"

// NotBooted says why no cluster of the lane's can be made, whatever the host; "" where one can.
func (l Lane) NotBooted() string {
	if l.Elsewhere == "" && !kubeversion.AtLeast(l.Version, firstBootable) {
		return "before v1.15 Kubernetes cannot be built from modules, and kind v0.33.0 writes no configuration that its kubeadm reads"
	}
	return l.Elsewhere
}

// CannotBoot is NotBooted as a sentence with what can be done instead.
func (l Lane) CannotBoot() string {
	if l.NotBooted() == "" {
		return ""
	}
	return l.NotBooted() + "; on a cluster that runs: gateproof run --kubeconfig=... --expect=" + l.Name
}
