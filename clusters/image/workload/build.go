package workload

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"

	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
)

// digest is over what the recipe says, not how it is written, and over the files that it names.
func (r recipe) digest(dir fs.FS, arch string) (string, error) {
	contents := map[string][]byte{}
	for _, file := range r.named() {
		data, err := fs.ReadFile(dir, file)
		if err != nil {
			return "", err
		}
		contents[file] = data
	}
	return stage.Digest(format, arch, r, contents), nil
}

// build writes the image as an OCI layout to path.
func (r recipe) build(ctx context.Context, name, arch string, dir fs.FS, path string) (err error) {
	tree := &rootfs.Tree{Drop: r.Drop}
	if r.Debian != nil {
		if tree.Base, err = r.Debian.Ensure(ctx, "image-root-"+name, arch); err != nil {
			return err
		}
	}
	if r.Busybox != nil {
		program, applets, err := r.Busybox.ensure(ctx, arch)
		if err != nil {
			return err
		}
		putBusybox(tree, program, applets)
	}
	for at, file := range r.Programs {
		program, err := compile(ctx, dir, file, arch)
		if err != nil {
			return err
		}
		tree.Put(at, rootfs.Entry{Data: program, Mode: 0o755})
	}
	step := progress.Start(ctx, "make image "+name)
	defer step.End(&err)
	if err := r.lay(tree, dir); err != nil {
		return err
	}
	img, err := tree.Image(arch, r.Config.image())
	if err != nil {
		return err
	}
	out, err := layout.Write(path, empty.Index)
	if err != nil {
		return err
	}
	return out.AppendImage(img)
}

// putBusybox puts the program once, and the applets as hard links to it.
func putBusybox(tree *rootfs.Tree, program string, applets []string) {
	const first = "bin/[" // the first applet in alphabetical order: links come after what they link to
	tree.Put(first, rootfs.Entry{File: program, Mode: 0o755})
	for _, a := range append(applets, "busybox") {
		if "bin/"+a != first {
			tree.Put("bin/"+a, rootfs.Entry{Hardlink: first, Mode: 0o755})
		}
	}
}

// lay puts what the recipe names itself into the tree.
func (r recipe) lay(tree *rootfs.Tree, dir fs.FS) error {
	for _, name := range r.Folders {
		mode := int64(0o755)
		if name == "tmp" {
			mode = 0o1777
		}
		tree.Put(name, rootfs.Entry{Dir: true, Mode: mode})
	}
	r.layUsers(tree)
	for path, file := range r.Files {
		data, err := fs.ReadFile(dir, file)
		if err != nil {
			return err
		}
		tree.Put(path, rootfs.Entry{Data: data, Mode: modeOf(data)})
	}
	for path, target := range r.Links {
		tree.Put(path, rootfs.Entry{Symlink: target})
	}
	return nil
}

// layUsers writes the users' files, where no Debian package has been configured and so has written them. An image of
// programs alone has none.
func (r recipe) layUsers(tree *rootfs.Tree) {
	if r.Debian == nil && r.Busybox == nil && len(r.Users) == 0 {
		return
	}
	if r.Debian != nil && !r.Debian.Extracted() {
		return
	}
	passwd, group := "root:x:0:0:root:/root:/bin/sh\n", "root:x:0:\n"
	for _, u := range r.Users {
		passwd += fmt.Sprintf("%s:x:%d:%d:%s:/nonexistent:/bin/false\n", u.Name, u.ID, u.ID, u.Name)
		group += fmt.Sprintf("%s:x:%d:\n", u.Name, u.ID)
	}
	tree.Put("etc/passwd", rootfs.Entry{Data: []byte(passwd)})
	tree.Put("etc/group", rootfs.Entry{Data: []byte(group)})
}

// modeOf makes scripts executable; embedded files have lost their mode.
func modeOf(data []byte) int64 {
	if strings.HasPrefix(string(data), "#!") {
		return 0o755
	}
	return 0o644
}

func (c config) image() v1.Config {
	out := v1.Config{Env: c.Env, Entrypoint: c.Entrypoint, Cmd: c.Cmd, StopSignal: c.StopSignal}
	for _, p := range c.Ports {
		if out.ExposedPorts == nil {
			out.ExposedPorts = map[string]struct{}{}
		}
		out.ExposedPorts[p] = struct{}{}
	}
	return out
}
