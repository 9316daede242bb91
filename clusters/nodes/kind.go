// Package nodes decides on which nodes of somebody's cluster the claims are proved: one of each kind, all, or those that were asked for.
// The list is taken once, before the first claim, and is the set of expected results: a node that no pod came to is one, too.
package nodes

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// Kind is what tells nodes apart as far as process namespaces go: two nodes of one kind run the same programs.
type Kind struct {
	Kubelet string   `json:"kubelet"`           // its version, v1.16.15
	Runtime string   `json:"runtime"`           // with its version, containerd://1.7.24
	Kernel  string   `json:"kernel"`            // its release, 6.1.0-18-amd64
	Arch    string   `json:"arch"`              // as Go names it
	OS      string   `json:"os"`                // the image, Debian GNU/Linux 12 (bookworm)
	Classes []string `json:"classes,omitempty"` // RuntimeClasses that select the node, sorted
}

// Classes are the node selectors of the cluster's RuntimeClasses, by name. One that selects no nodes tells none apart.
type Classes map[string]map[string]string

// kindOf reads the kind from what the node's kubelet says of itself.
func kindOf(n corev1.Node, classes Classes) Kind {
	info := n.Status.NodeInfo
	k := Kind{Kubelet: info.KubeletVersion, Runtime: info.ContainerRuntimeVersion, Kernel: info.KernelVersion, Arch: info.Architecture, OS: info.OSImage}
	for name, selector := range classes {
		if len(selector) > 0 && matches(selector, n) {
			k.Classes = append(k.Classes, name)
		}
	}
	slices.Sort(k.Classes)
	return k
}

// String is the whole kind; two kinds have one string only if they are the same.
func (k Kind) String() string {
	text := strings.Join([]string{"kubelet " + known(k.Kubelet), known(k.Runtime), "kernel " + known(k.Kernel), known(k.Arch), known(k.OS)}, ", ")
	if len(k.Classes) > 0 {
		text += ", RuntimeClasses " + strings.Join(k.Classes, " ")
	}
	return text
}

// version matches the first number in a text, and what is behind it.
var version = regexp.MustCompile(`[ :/-]*v?[0-9].*$`)

// Line is the kind without versions, "containerd, amd64, Debian GNU/Linux": what stays the same when nodes are upgraded or replaced, so that one run
// can be compared with another.
func (k Kind) Line() string {
	parts := []string{known(version.ReplaceAllString(k.Runtime, "")), known(k.Arch), known(version.ReplaceAllString(k.OS, ""))}
	return strings.Join(append(parts, k.Classes...), ", ")
}

func known(text string) string { return cmp.Or(text, "unknown") }
