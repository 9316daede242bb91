// Package dockershim brings Docker into nodes whose kubelet runs containers by its own CRI, pkg/kubelet/dockershim: the runtime of the page's days.
package dockershim

import (
	"embed"

	"github.com/gateproof/gateproof/clusters/image/folder"
)

// InNode is where a node has the folder; its own files know that.
const InNode = "/opt/gateproof/runtime"

// Start is the program, in the node, that starts Docker and gives it the images of the node's containerd: before there is a kubelet.
const Start = InNode + "/bin/start"

// UseMirror is the program, in the node, that has Docker pull from a registry, host:port, and from nowhere else.
const UseMirror = InNode + "/bin/use-mirror"

// KubeadmPatch has kubeadm start a kubelet that asks dockershim. Left to itself the kubelet would run another pause than other nodes have.
const KubeadmPatch = `kind: InitConfiguration
nodeRegistration:
  criSocket: /var/run/dockershim.sock
  kubeletExtraArgs:
    pod-infra-container-image: registry.k8s.io/pause:3.10
`

//go:embed declared.yaml files
var files embed.FS

// Folder is what is copied into nodes.
var Folder = folder.Own{Name: "docker", FS: files}
