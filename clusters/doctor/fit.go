package doctor

import (
	"fmt"

	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/kubeversion"
	"github.com/gateproof/gateproof/clusters/lane"
)

// What a lane takes, as measured with some room to spare.
const (
	LaneMemory = 3 << 29  // 1.5 GiB, of a node with all claims' pods
	imageRoom  = 4 << 30  // a node image, and what runs on it
	buildRoom  = 16 << 30 // Go's caches and Debian's packages, where an image must be built
)

// firstRootless is the first release whose kubelet runs in a user namespace (Kubernetes 1.22's release notes).
const firstRootless = "v1.22.0"

// manyNetworks is near the number that Docker's default address pools are enough for.
const manyNetworks = 29

// Finding is something that keeps a lane from running, or that its user should know.
type Finding struct {
	Fatal         bool
	Words, Remedy string
}

func (f Finding) String() string {
	if f.Remedy == "" {
		return f.Words
	}
	return f.Words + "; " + f.Remedy
}

// Fit says what the host means for a lane whose node image is had that way; an empty given stands for none of the user's own.
func (h Host) Fit(l lane.Lane, image nodeimage.Prospect) []Finding {
	var out []Finding
	fatal := func(remedy, format string, args ...any) {
		out = append(out, Finding{Fatal: true, Words: fmt.Sprintf(format, args...), Remedy: remedy})
	}
	if why := l.CannotBoot(); why != "" {
		fatal("", "%s", why)
		return out
	}
	if h.NoEngine != "" {
		fatal(h.NoEngine, "no container engine")
	}
	if nodeimage.NeedsHelp(l.Version, h.Cgroup) && !image.Ours {
		fatal("unset NODE_IMAGE: gateproof builds one that runs here", "the kubelet of %s stops on a host with cgroup v2, and this node image has it as it was released", l.Version)
	}
	if h.Rootless && !kubeversion.AtLeast(l.Version, firstRootless) {
		fatal("point DOCKER_HOST at an engine that root runs", "a rootless engine's nodes are in a user namespace, and kubelets before %s do not run there", firstRootless)
	}
	if h.Networks >= manyNetworks {
		out = append(out, Finding{Words: fmt.Sprintf("the engine has %d networks, and addresses for 31 unless it was told otherwise", h.Networks), Remedy: "docker network prune"})
	}
	if image.Missing != "" {
		fatal("", "%s", image.Missing)
	}
	need := int64(LaneMemory * l.Size())
	if h.Memory >= 0 && h.Memory < need {
		fatal("give the engine's machine more", "the engine has %s of memory, a lane takes %s", size(h.Memory), size(need))
	} else if h.FreeMemory >= 0 && h.FreeMemory < need {
		fatal("end something, or take a larger machine", "%s of memory are free, a lane takes %s", size(h.FreeMemory), size(need))
	}
	for _, d := range h.Disks {
		need := int64(imageRoom)
		if image.Builds {
			need = buildRoom
		}
		if d.Free >= 0 && d.Free < need {
			fatal("free some space there; GATEPROOF_CACHE and the engine's data-root choose other disks",
				"%s are free for %s at %s, and it may take %s", size(d.Free), d.For, d.Dir, size(need))
		}
	}
	if note := nodeimage.OnCgroup(l.Version, h.Cgroup, image.Ours); note != "" {
		out = append(out, Finding{Words: note})
	}
	return out
}
