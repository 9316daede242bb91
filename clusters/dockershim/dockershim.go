// Package dockershim brings Docker into nodes whose kubelet runs containers by its own CRI, pkg/kubelet/dockershim: the runtime of the page's days.
package dockershim

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/gateproof/gateproof/clusters/image/folder"
	"github.com/gateproof/gateproof/clusters/strictyaml"
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

//go:embed declared.yaml
var declared embed.FS

//go:embed files
var files embed.FS

// Declared says where the programs come from.
func Declared() (folder.Folder, error) {
	var f folder.Folder
	if err := strictyaml.ReadFile(declared, "declared.yaml", &f); err != nil {
		return f, fmt.Errorf("dockershim: %w", err)
	}
	f.Module.Version = f.ModuleVersion
	return f, f.Validate()
}

// Ensure returns the folder on this machine for an architecture, in Go's words.
func Ensure(ctx context.Context, arch string) (string, error) {
	f, err := Declared()
	if err != nil {
		return "", err
	}
	own, err := fs.Sub(files, "files")
	if err != nil {
		return "", err
	}
	return f.Ensure(ctx, "docker", arch, own, nil, f)
}
