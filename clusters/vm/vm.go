// Package vm runs gateproof in a virtual machine, whose kernel is Debian's own: with AppArmor and Yama, whatever the host has. The machine is made and
// emulated in a container, so that the host needs nothing but its engine.
package vm

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/image/debroot"
	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// root is the machine's file system. It has qemu, too: the container that emulates the machine is of the same image.
var root = debroot.Root{Suite: "bookworm", Variant: "minbase", Include: []string{
	"linux-image-amd64", "initramfs-tools", "systemd-sysv", "udev", "kmod",
	"docker.io", "iptables", "apparmor", "ca-certificates",
	"qemu-system-x86", "e2fsprogs",
}}

// Arch is the architecture of the machine, and of the engine that emulates it, in Go's words.
const Arch = "amd64"

//go:embed all:files
var files embed.FS

// Machine is a run in a virtual machine.
type Machine struct {
	Program     string   // path of gateproof for Linux
	Environment []string // of its run, KEY=VALUE
	Images      []string // names of those on the engine that the run needs
	Folders     []string // of this machine's cache that it needs
	MiB, CPUs   int
	KVM         bool      // by the processors' own virtualization, which not every host gives to containers; without it all is emulated
	Reports     string    // folder for what the run wrote; made here
	Console     io.Writer // what the machine prints
}

// Run boots the machine, waits for its run to end, and returns that one's exit code. Nothing of it is left on the engine but the machine's image.
func (m Machine) Run(ctx context.Context) (code int, err error) {
	image, err := ensure(ctx)
	if err != nil {
		return 0, err
	}
	container := "gateproof-machine-" + owner.ID() + "-" + rand.Text()[:8]
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		_, failed := run.Output(ctx, "docker", "rm", "--force", "--volumes", container)
		err = errors.Join(err, failed)
	}()
	if _, err := run.Output(ctx, m.create(image, container)...); err != nil {
		return 0, err
	}
	if err := m.bring(ctx, container); err != nil {
		return 0, err
	}
	code, err = m.boot(ctx, container)
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(m.Reports, 0o755); err != nil {
		return 0, err
	}
	if _, err := run.Output(ctx, "docker", "cp", container+":/machine/out/reports/.", m.Reports); err != nil {
		return 0, fmt.Errorf("the machine ended without reports (exit code %d): %w", code, err)
	}
	return code, nil
}

func (m Machine) create(image, container string) []string {
	accelerator := "tcg,thread=multi"
	if m.KVM {
		accelerator = "kvm"
	}
	argv := append([]string{"docker", "create", "--interactive", "--privileged", "--network=none", "--pull=never", "--volume=/machine", "--name=" + container}, owner.LabelArgs()...)
	return append(argv, image, "gateproof-machine", fmt.Sprint(m.MiB), fmt.Sprint(m.CPUs), accelerator)
}

// inCache is where the run in the machine looks for what is copied into nodes.
const inCache = "root/.cache/gateproof/stage"

// bring puts the program and its environment into the file system that the machine's disk is made of.
func (m Machine) bring(ctx context.Context, container string) error {
	in := &rootfs.Tree{}
	in.Put("usr/local/bin/gateproof", rootfs.Entry{File: m.Program, Mode: 0o755})
	in.Put("etc/gateproof-environment", rootfs.Entry{Data: []byte(strings.Join(m.Environment, "\x00"))})
	in.Put(inCache, rootfs.Entry{Dir: true})
	stream, err := in.Open()
	if err != nil {
		return err
	}
	defer stream.Close()
	_, err = run.Cmd{Argv: []string{"docker", "cp", "-", container + ":/"}, Stdin: stream}.Run(ctx)
	for _, folder := range m.Folders {
		if err == nil {
			_, err = run.Output(ctx, "docker", "cp", folder, container+":/"+inCache+"/")
		}
	}
	return onengine.ExplainFull(ctx, err)
}

// boot starts the container with the images on its standard input, and returns when it has ended.
func (m Machine) boot(ctx context.Context, container string) (code int, err error) {
	failed, err := run.Pipe(ctx, run.Cmd{Argv: append([]string{"docker", "save"}, m.Images...)},
		run.Cmd{Argv: []string{"docker", "start", "--attach", "--interactive", container}, Stdout: m.Console})
	if failed != nil {
		return 0, errors.Join(failed, err)
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && ctx.Err() == nil {
		return exit.ExitCode(), nil
	}
	return 0, err
}

// ensure leaves the machine's image on the engine.
func ensure(ctx context.Context) (string, error) {
	own, err := fs.Sub(files, "files")
	if err != nil {
		return "", err
	}
	inputs, err := stage.Files(own)
	if err != nil {
		return "", err
	}
	image := ours.Image{Name: "machine", Tag: stage.Digest(append(inputs, root)...)}
	id, _, err := image.Ensure(ctx, Arch, func(ctx context.Context) (err error) {
		step := progress.Start(ctx, "make the virtual machine")
		defer step.End(&err)
		base, err := root.Ensure(ctx, "root-machine", Arch)
		if err != nil {
			return err
		}
		tree := &rootfs.Tree{Base: base, Drop: []string{"usr/share/doc/*", "usr/share/man/*", "usr/share/locale/*", "var/cache/apt/*", "var/lib/apt/lists/*"}}
		if err := tree.PutFS(own, modeOf); err != nil {
			return err
		}
		tree.Put("etc/systemd/system/multi-user.target.wants/gateproof.service", rootfs.Entry{Symlink: "/etc/systemd/system/gateproof.service"})
		tree.Put("etc/hostname", rootfs.Entry{Data: []byte("machine\n")})
		tree.Put("data", rootfs.Entry{Dir: true})
		_, err = onengine.Import(ctx, tree, image.Ref(), Arch, image.Label(), "ENV PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
		return err
	})
	return id, err
}

func modeOf(path string) int64 {
	if strings.HasPrefix(path, "usr/local/bin/") {
		return 0o755
	}
	return 0o644
}
