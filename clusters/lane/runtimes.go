package lane

import (
	"go.yaml.in/yaml/v3"

	"github.com/gateproof/gateproof/clusters/kubeversion"
)

// Docker is the container runtime that kubelets reach by a CRI of their own.
const Docker = "docker"

// noDockershim is the first release whose kubelet has none.
const noDockershim = "v1.24.0"

// dockerFits refuses what a kubelet with Docker does not do.
func (d *decoder) dockerFits(n *yaml.Node, l Lane) {
	if kubeversion.AtLeast(l.Version, noDockershim) {
		d.fail(n, "containerRuntime: docker: the kubelet has no dockershim from %s on", noDockershim)
	}
	if l.RuntimeClass != "" {
		d.fail(n, "containerRuntime: docker: dockershim knows no other runtimeClass")
	}
	if len(l.Nodes) > 0 {
		d.fail(n, "containerRuntime: docker: for a lane of one node")
	}
}

// RuntimeClasses are the OCI runtimes that a lane's pods can run by beside the node's own: some of one version, others of a Debian suite's or a module's.
// Package ociruntime has each.
var RuntimeClasses = []string{
	"crun", "crun-bookworm", "crun-sid", "crun-trixie",
	"runc-bookworm", "runc-sid", "runc-trixie", "runc-v1.0.2", "runc-v1.6.0-rc.1",
	"runsc",
}

// runtimeClassSince is the first Kubernetes release with RuntimeClass in node.k8s.io/v1.
const runtimeClassSince = "v1.20.0"

// Containerds are what a node's containerd can be instead of its image's own: the package of a Debian suite. Package ociruntime has each.
var Containerds = []string{"bookworm", "sid", "trixie"}
