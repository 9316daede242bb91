package nodeimage

import (
	"fmt"

	"github.com/gateproof/gateproof/clusters/kubeversion"
)

// The releases between which a kubelet runs on either version of cgroup as it is.
const (
	// firstOnCgroup2 is the first whose kubelet knows cgroup v2 (Kubernetes 1.19's release notes).
	firstOnCgroup2 = "v1.19.0"
	// firstOffCgroup1 is the first whose kubelet refuses cgroup v1 unless it is told otherwise (1.35's).
	firstOffCgroup1 = "v1.35.0"
)

// CgroupError says that a node image's kubelet stops on a host with that cgroup version.
type CgroupError struct{ Version, Ref string }

func (e *CgroupError) Error() string {
	what := "the published node image has it"
	if e.Ref != "" {
		what = "node image " + e.Ref + " has it"
	}
	return fmt.Sprintf("the kubelet of %s stops on a host with cgroup v2, and %s as it was released; without NODE_IMAGE gateproof builds one that runs on such a host",
		e.Version, what)
}

// NeedsHelp says whether the kubelet of that version runs on a cgroup v2 host only as it is built here.
func NeedsHelp(version, cgroup string) bool {
	return cgroup == "2" && !kubeversion.AtLeast(version, firstOnCgroup2)
}

// MustAllow says whether the kubelet of that version has to be told that cgroup v1 will do.
func MustAllow(version, cgroup string) bool {
	return cgroup == "1" && kubeversion.AtLeast(version, firstOffCgroup1)
}

// OnCgroup says in words what is done for a kubelet of that version on a host with that cgroup version; "" for nothing.
// ours says that it is in a node image that was built here.
func OnCgroup(version, cgroup string, ours bool) string {
	switch {
	case ours && NeedsHelp(version, cgroup):
		return "the kubelet is built with a few changed lines, by which it takes named hierarchies of version 1 for the controllers that it looks for, " +
			"and runs with --cgroups-per-qos=false; gate, API server, CRI and runtime, which are what is tested, are as released"
	case ours && NeedsHelp(version, "2"):
		return "the kubelet is built with a few changed lines for hosts with cgroup v2; on this host, with v1, they change nothing"
	case MustAllow(version, cgroup):
		return "the kubelet is told failCgroupV1: false"
	}
	return ""
}
