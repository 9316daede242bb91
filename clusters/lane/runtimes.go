package lane

// RuntimeClasses are the OCI runtimes that a lane's pods can run by beside the node's own. Package ociruntime has each.
var RuntimeClasses = []string{"crun", "runsc"}

// runtimeClassSince is the first Kubernetes release with RuntimeClass in node.k8s.io/v1.
const runtimeClassSince = "v1.20.0"
