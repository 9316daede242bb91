package nodeimage

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/recipe"
	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
)

// nodeDrops are the systemd units that kind's base image takes out, and what no node needs.
var nodeDrops = []string{
	"etc/systemd/system/*.wants/*",
	"usr/lib/systemd/system/basic.target.wants/*",
	"usr/lib/systemd/system/local-fs.target.wants/*",
	"usr/lib/systemd/system/multi-user.target.wants/*",
	"usr/lib/systemd/system/sockets.target.wants/*initctl*",
	"usr/lib/systemd/system/sockets.target.wants/*udev*",
	"usr/lib/systemd/system/sysinit.target.wants/systemd-tmpfiles-setup.service",
	"usr/share/doc/*", "usr/share/info/*", "usr/share/locale/*", "usr/share/man/*",
	"var/cache/apt/*", "var/lib/apt/lists/*",
}

// nodeLinks are what kind's base image makes with ln and systemctl.
var nodeLinks = map[string]string{
	"usr/sbin/init": "/usr/lib/systemd/systemd",
	"etc/systemd/system/multi-user.target.wants/containerd.service":       "/etc/systemd/system/containerd.service",
	"etc/systemd/system/multi-user.target.wants/kubelet.service":          "/etc/systemd/system/kubelet.service",
	"etc/systemd/system/multi-user.target.wants/undo-mount-hacks.service": "/etc/systemd/system/undo-mount-hacks.service",
	"etc/systemd/system/systemd-binfmt.service":                           "/dev/null",
}

// importRoot puts the node's root file system into the engine as an image without a name.
func (b *builder) importRoot(ctx context.Context) (err error) {
	step := progress.Start(ctx, "import the node's root file system")
	defer step.End(&err)
	tree, err := b.nodeTree()
	if err != nil {
		return err
	}
	b.base, err = onengine.Import(ctx, tree, "", b.arch, "LABEL "+strings.Join(owner.Labels(), " "))
	return err
}

func (b *builder) nodeTree() (*rootfs.Tree, error) {
	node := b.recipe.Node
	tree := &rootfs.Tree{Base: b.roots[node.Root], Drop: nodeDrops}
	if err := tree.PutFS(os.DirFS(b.kind), kindMode); err != nil {
		return nil, fmt.Errorf("kind's node files: %w", err)
	}
	for _, name := range node.Overlays {
		overlay, err := recipe.Overlay(name)
		if err == nil {
			err = tree.PutFS(overlay, kindMode)
		}
		if err != nil {
			return nil, fmt.Errorf("overlay %s: %w", name, err)
		}
	}
	if err := configureContainerd(tree, node.CgroupDriver); err != nil {
		return nil, err
	}
	for _, links := range []map[string]string{nodeLinks, node.Links} {
		for path, target := range links {
			tree.Put(path, rootfs.Entry{Symlink: target})
		}
	}
	for path, program := range node.Programs {
		tree.Put(path, rootfs.Entry{File: b.program(program), Mode: 0o755})
	}
	tree.Put("kind/version", rootfs.Entry{Data: []byte(b.recipe.Version)})
	tree.Put("etc/kubernetes/manifests", rootfs.Entry{Dir: true})
	return tree, nil
}

// kindMode is a node file's mode, as kind's base image sets it: programs in two folders, data elsewhere.
func kindMode(path string) int64 {
	if strings.HasPrefix(path, "usr/local/bin/") || strings.HasPrefix(path, "kind/bin/") {
		return 0o755
	}
	return 0o644
}

// containerdConfig is kind's configuration of containerd.
const containerdConfig = "etc/containerd/config.toml"

// mirrorsDir is where containerd in the node looks for registries' mirrors.
const mirrorsDir = "/etc/containerd/certs.d"

// configureContainerd fits kind's configuration to the kubelet and to machines that may not lower oom_score_adj.
func configureContainerd(tree *rootfs.Tree, driver recipe.CgroupDriver) error {
	config, err := tree.Data(containerdConfig)
	if err != nil {
		return err
	}
	replace := func(from, to string) {
		if err == nil && !bytes.Contains(config, []byte(from)) {
			err = fmt.Errorf("kind's %s has no %q to change", containerdConfig, from)
		}
		config = bytes.ReplaceAll(config, []byte(from), []byte(to))
	}
	if driver == recipe.Cgroupfs {
		replace("SystemdCgroup = true", "SystemdCgroup = false")
	}
	replace("restrict_oom_score_adj = false", "restrict_oom_score_adj = true")
	config = fmt.Appendf(config, "\n[plugins.\"io.containerd.grpc.v1.cri\".registry]\n  config_path = %q\n", mirrorsDir)
	tree.Put(containerdConfig, rootfs.Entry{Data: config})
	return err
}
