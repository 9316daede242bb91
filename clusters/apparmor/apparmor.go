// Package apparmor has nodes confine containers by AppArmor, as nodes do that are no containers themselves: kind's see none of it, whatever their kernel has.
package apparmor

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/gateproof/gateproof/clusters/image/folder"
	"github.com/gateproof/gateproof/clusters/strictyaml"
)

// InNode is where a node has the folder.
const InNode = "/opt/gateproof/apparmor"

// Confine is the program, in the node, that has its containerd use AppArmor; it starts containerd again.
const Confine = InNode + "/bin/confine"

// Enabled is the file, in the node too, that says Y where the kernel has AppArmor.
const Enabled = "/sys/module/apparmor/parameters/enabled"

//go:embed declared.yaml
var declared embed.FS

//go:embed files
var files embed.FS

// Declared says where the programs come from.
func Declared() (folder.Folder, error) {
	var f folder.Folder
	if err := strictyaml.ReadFile(declared, "declared.yaml", &f); err != nil {
		return f, fmt.Errorf("apparmor: %w", err)
	}
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
	return f.Ensure(ctx, "apparmor", arch, own, nil, f)
}
