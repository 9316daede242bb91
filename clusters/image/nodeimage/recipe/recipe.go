// Package recipe holds what node images are built from, as data: releases has what all have in common and a file for
// each range of Kubernetes releases, modules the go.mod and go.sum of the builds. To add a release that no range has, add a file.
package recipe

import (
	"strings"

	"github.com/gateproof/gateproof/clusters/image/debroot"
	"github.com/gateproof/gateproof/clusters/image/nodeimage/gobuild"
)

// Recipe says how the node image of one Kubernetes version is made. Paths are those in an image, without the leading
// slash. A program is named MODULE/PROGRAM.
type Recipe struct {
	Version string                  `yaml:"-"`
	Modules []gobuild.Module        `yaml:"modules"`
	Roots   map[string]debroot.Root `yaml:"roots"`
	Node    Node                    `yaml:"node"`
	Images  []Image                 `yaml:"images"`
}

// Range is the recipe of some releases in a row.
type Range struct {
	From   string `yaml:"from"`  // the first version
	Below  string `yaml:"below"` // the first version that is too new; "" for none
	Recipe `yaml:",inline"`
}

// Node is the node's own root file system.
type Node struct {
	Root         string            `yaml:"root"`         // one of Roots
	Overlays     []string          `yaml:"overlays"`     // folders of overlays, the later one wins
	CgroupDriver CgroupDriver      `yaml:"cgroupDriver"` // of containerd, as kind sets it for the kubelet
	Programs     map[string]string `yaml:"programs"`     // path: program
	Links        map[string]string `yaml:"links"`        // path: target
}

// CgroupDriver is how cgroups are made.
type CgroupDriver string

// The cgroup drivers: kind asks for Cgroupfs below Kubernetes 1.24.
const (
	Cgroupfs CgroupDriver = "cgroupfs"
	Systemd  CgroupDriver = "systemd"
)

// Image is a container image that the node carries with it. Its name is complete, or the last word of the name that
// the release's own kubeadm asks for: etcd for k8s.gcr.io/etcd:3.3.15-0.
type Image struct {
	Name       string            `yaml:"name"`
	Root       string            `yaml:"root"` // one of Roots, or none
	Drop       []string          `yaml:"drop"` // patterns of path.Match
	Programs   map[string]string `yaml:"programs"`
	Links      map[string]string `yaml:"links"`
	Entrypoint []string          `yaml:"entrypoint"`
	User       string            `yaml:"user" json:",omitempty"` // UID:GID, by number; "" is root
}

// Complete says whether the name is an image's whole name.
func (i Image) Complete() bool { return strings.Contains(i.Name, "/") }

// Kubeadm is the program that names the images.
const Kubeadm = "kubernetes/kubeadm"

// Program splits MODULE/PROGRAM.
func Program(ref string) (module, program string) {
	module, program, _ = strings.Cut(ref, "/")
	return module, program
}
