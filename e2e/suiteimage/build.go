package suiteimage

import (
	"debug/elf"
	"fmt"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/input"
)

// inImage is where the image has this one.
const inImage = "usr/bin/gateproof"

// build makes the image of a program, which has to need no library, for the architecture that it is for.
func build(path string) (image v1.Image, arch string, err error) {
	if arch, err = static(path); err != nil {
		return nil, "", input.Errorf("%w, and could not run in an image: name a program of a release for linux, or one compiled with CGO_ENABLED=0, as make does", err)
	}
	tree := &rootfs.Tree{}
	tree.Put(inImage, rootfs.Entry{File: path, Mode: 0o755})
	tree.Put("tmp", rootfs.Entry{Dir: true, Mode: 0o1777})
	image, err = tree.Image(arch, v1.Config{
		Entrypoint: []string{"/" + inImage, "run"},
		Env:        []string{"HOME=/tmp", "PATH=/usr/bin"},
		WorkingDir: "/tmp",
	})
	return image, arch, err
}

// architectures are those that images are made for, as Go names them.
var architectures = map[elf.Machine]string{elf.EM_X86_64: "amd64", elf.EM_AARCH64: "arm64"}

// static returns the architecture of a program for Linux; one that needs a loader is refused.
func static(path string) (arch string, err error) {
	file, err := elf.Open(path)
	if err != nil {
		return "", fmt.Errorf("%s is no program for linux", path)
	}
	defer file.Close()
	if file.Section(".interp") != nil {
		return "", fmt.Errorf("%s is linked with libraries", path)
	}
	if arch = architectures[file.Machine]; arch == "" {
		return "", fmt.Errorf("%s is for %s", path, file.Machine)
	}
	return arch, nil
}
