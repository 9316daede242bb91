package nodeimage

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"

	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// ctrScript runs in a container of the node's root: it writes the OCI specification that kind's configuration of
// containerd starts from, and reads a docker archive into containerd. kind's own images also mount the node's DMI
// files into each container, by a hook that runs a shell and jq at each
// start: no claim reads them.
const ctrScript = `set -o errexit -o nounset -o pipefail
log=/run/containerd.log
trap '[ $? = 0 ] || cat $log >&2' EXIT
ctr oci spec | jq 'del(.process.rlimits)' >/etc/containerd/cri-base.json
containerd >$log 2>&1 &
for _ in $(seq 100); do
  ctr version >/dev/null 2>&1 && break
  sleep 0.1
done
ctr --namespace=k8s.io images import --label=io.cri-containerd.pinned=pinned \
  --all-platforms --no-unpack --digests -
kill %1
wait %1
rm $log
`

// commitWithImages loads the recipe's images into the node's containerd and commits the result under the image's name,
// which is the last thing that happens.
func (b *builder) commitWithImages(ctx context.Context) (err error) {
	step := progress.Start(ctx, "load the images into the node")
	defer step.End(&err)
	b.container = fmt.Sprintf("gateproof-build-%s-%s", owner.ID(), b.recipe.Version)
	defer b.tidy(ctx)
	archive, err := b.archive(ctx)
	if err != nil {
		return err
	}
	defer archive.Close()
	argv := append([]string{"docker", "run", "--pull=never", "--interactive", "--name=" + b.container, "--network=none",
		"--security-opt=seccomp=unconfined", "--stop-signal=SIGRTMIN+3", "--entrypoint=bash"}, owner.LabelArgs()...)
	_, err = run.Cmd{Argv: append(argv, b.base, "-c", ctrScript), Stdin: archive}.Run(ctx)
	if err != nil {
		return onengine.ExplainFull(ctx, err)
	}
	step.Note("commit")
	_, err = run.Output(ctx, "docker", "commit",
		`--change=ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]`,
		"--change=ENV container=docker",
		"--change=LABEL "+mirrorsLabel+"="+mirrorsDir,
		"--change=LABEL "+owner.Label+"= "+owner.ProcessLabel+"=", // the image outlives the run
		"--change="+b.image.Label(),
		b.container, b.image.Ref())
	return onengine.ExplainFull(ctx, err)
}

// tidy removes the container and, unless the image was made of it, the root file system.
func (b *builder) tidy(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	_, _ = run.Output(ctx, "docker", "rm", "--force", b.container)
	if image, err := b.present(ctx, ours.Built); err == nil && image.ID == "" {
		_, _ = run.Output(ctx, "docker", "rmi", b.base)
	}
}

// archive streams the recipe's images as one docker archive.
func (b *builder) archive(ctx context.Context) (io.ReadCloser, error) {
	asked, err := b.asked(ctx)
	if err != nil {
		return nil, err
	}
	images := map[name.Tag]v1.Image{}
	for _, want := range b.recipe.Images {
		if !want.Complete() {
			if want.Name, err = asked.named(want.Name); err != nil {
				return nil, err
			}
		}
		tag, err := name.NewTag(want.Name)
		if err != nil {
			return nil, err
		}
		tree := &rootfs.Tree{Base: b.roots[want.Root], Drop: want.Drop}
		if want.Root != "" {
			tree.Put("tmp", rootfs.Entry{Dir: true, Mode: 0o1777}) // of no package's, and taken for granted
		}
		for path, program := range want.Programs {
			tree.Put(path, rootfs.Entry{File: b.program(program), Mode: 0o755})
		}
		for path, target := range want.Links {
			tree.Put(path, rootfs.Entry{Symlink: target})
		}
		images[tag], err = tree.Image(b.arch, v1.Config{
			Entrypoint: want.Entrypoint,
			User:       want.User,
			Env:        []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
		})
		if err != nil {
			return nil, fmt.Errorf("image %s: %w", want.Name, err)
		}
	}
	r, w := io.Pipe()
	go func() { _ = w.CloseWithError(tarball.MultiWrite(images, w)) }()
	return r, nil
}
