package lane

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
