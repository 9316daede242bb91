// Package builder runs shell scripts in a container of Debian's compilers and packaging tools: the host needs none of them, and what
// they make is of the engine's architecture.
package builder

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/image/debian"
	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/progress"
)

// Format is part of the digest of the image and of all that is made in it: raise its number when a change of this package changes them.
var Format = []any{1, debian.Format}

// root is what the scripts may use. Essential packages are named, too: nothing is in by itself.
var root = debian.Root{Suite: "bookworm", Include: []string{
	"base-files", "base-passwd", "bash", "coreutils", "dash", "diffutils", "findutils", "grep", "gzip", "hostname", "libc-bin", "mawk",
	"perl", "sed", "tar", "util-linux",
	"apt", "bzip2", "debian-archive-keyring", "dpkg", "dpkg-dev", "gpgv", "mmdebstrap", "patch", "xz-utils", "zstd",
	"gcc", "libc6-dev", "libseccomp-dev", "make", "mount", "pkg-config",
}}

// Builder is the image on the engine.
type Builder struct{ id string }

// Of is today's image.
func Of() ours.Image { return ours.Image{Name: "builder", Tag: stage.Digest(Format, root)} }

// Ensure returns the builder for an architecture, in Go's words, which must be the engine's. Where the engine has none it is made, of
// Debian's packages alone.
func Ensure(ctx context.Context, arch string) (Builder, error) {
	image := Of()
	id, _, err := image.Ensure(ctx, arch, func(ctx context.Context) error { return makeImage(ctx, image, arch) })
	return Builder{id}, err
}

func makeImage(ctx context.Context, image ours.Image, arch string) (err error) {
	step := progress.Start(ctx, "make the builder: a container of Debian's compilers and tools")
	defer step.End(&err)
	archive, err := debian.FromEnv()
	if err != nil {
		return err
	}
	dir := filepath.Join(paths.Cache(), "tmp", "builder-"+image.Tag) // whoever makes that image is alone in it
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	tree := &rootfs.Tree{Base: filepath.Join(dir, "root.tar")}
	file, err := os.Create(tree.Base)
	if err != nil {
		return err
	}
	if err := errors.Join(archive.Write(ctx, root, arch, file), file.Close()); err != nil {
		return stage.Explain(err)
	}
	configure(tree)
	_, err = onengine.Import(ctx, tree, image.Ref(), arch, image.Label(), "ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C")
	return err
}

// configure makes what the packages' own scripts would have made, as far as it is needed.
func configure(tree *rootfs.Tree) {
	for name, text := range map[string]string{
		"etc/passwd": "root:x:0:0:root:/root:/bin/bash\n_apt:x:42:65534::/nonexistent:/usr/sbin/nologin\n",
		"etc/group":  "root:x:0:\nadm:x:4:\ntty:x:5:\nmail:x:8:\nshadow:x:42:\nutmp:x:43:\nstaff:x:50:\nnogroup:x:65534:\n",
	} {
		tree.Put(name, rootfs.Entry{Data: []byte(text)})
	}
	tree.Put("var/lib/dpkg/status", rootfs.Entry{Data: []byte{}})
	tree.Put("usr/bin/awk", rootfs.Entry{Symlink: "mawk"})
	tree.Put("tmp", rootfs.Entry{Dir: true, Mode: 0o1777})
	for _, name := range []string{"dev", "proc", "root", "run", "sys", "var/tmp"} {
		tree.Put(name, rootfs.Entry{Dir: true})
	}
}
