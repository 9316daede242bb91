// Package apparmor has nodes confine containers by AppArmor, as nodes do that are no containers themselves: kind's see none of it, whatever their kernel has.
package apparmor

import (
	"embed"

	"github.com/gateproof/gateproof/clusters/image/folder"
)

// InNode is where a node has the folder.
const InNode = "/opt/gateproof/apparmor"

// Confine is the program, in the node, that has its containerd use AppArmor; it starts containerd again.
const Confine = InNode + "/bin/confine"

// Enabled is the file, in the node too, that says Y where the kernel has AppArmor.
const Enabled = "/sys/module/apparmor/parameters/enabled"

//go:embed declared.yaml files
var files embed.FS

// Folder is what is copied into nodes.
var Folder = folder.Own{Name: "apparmor", FS: files}
