package claims

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	. "github.com/onsi/gomega"

	"github.com/onsi/ginkgo/v2"

	"github.com/gateproof/gateproof/e2e/access"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/probe"
)

// The sets of capabilities that the matrices compare.
const (
	capsDefault   = "default"
	capsTracing   = "default, SYS_PTRACE"
	capsNoKill    = "default without KILL"
	capsNone      = "none"
	capsTraceOnly = "SYS_PTRACE alone"
)

// caller is somebody who tries something, in words and in deed.
type caller struct {
	who access.Who
	is  lab.Identity
}

// callersIn are all users with all sets of capabilities. Default is what the container's processes have anyway.
func callersIn(ctx context.Context, c *lab.Container, uids []int, sets ...string) []caller {
	ginkgo.GinkgoHelper()
	usual := usualCaps(ctx, c)
	caps := map[string][]string{
		capsDefault: usual, capsTracing: lab.With(usual, "SYS_PTRACE"), capsNoKill: lab.Without(usual, "KILL"),
		capsNone: nil, capsTraceOnly: {"SYS_PTRACE"},
	}
	var out []caller
	for _, uid := range uids {
		for _, set := range sets {
			out = append(out, caller{access.Who{User: fmt.Sprintf("uid %d", uid), Caps: set}, lab.Identity{UID: uid, Caps: caps[set]}})
		}
	}
	return out
}

// usualCaps are the capabilities that the container's processes have, SYS_PTRACE not counted: runtimes' defaults differ.
func usualCaps(ctx context.Context, c *lab.Container) []string {
	ginkgo.GinkgoHelper()
	has := probe.CapabilityNames(bits(must(c.Self(ctx)).CapEff))
	return slices.DeleteFunc(slices.Clone(lab.DefaultCaps), func(name string) bool { return !slices.Contains(has, name) })
}

// creds are a caller's credentials as measured by itself, if they are what they should be: a matrix of other callers
// than it says would be worth nothing.
func (c caller) creds(self probe.Self) access.Creds {
	ginkgo.GinkgoHelper()
	Expect(self.UID).To(Equal(c.is.UID), "the suite could not act as %s: it acted as %s", c.who, self.Credentials())
	Expect(bits(self.CapEff)).To(Equal(must(probe.CapabilityMask(c.is.Caps...))), "the suite could not act as %s: it acted as %s", c.who, self.Credentials())
	return access.Creds{UID: self.UID, GID: self.GID, Caps: bits(self.CapEff)}
}

// target is a process that somebody tries something on.
type target struct {
	words    string
	process  lab.Process
	dumpable bool
}

func (t target) creds() access.Creds {
	ginkgo.GinkgoHelper()
	return access.Creds{UID: t.process.UID, GID: t.process.GID, Caps: bits(t.process.CapPrm), Dumpable: t.dumpable}
}

// bits reads a set of capabilities as /proc/PID/status has it.
func bits(hex string) uint64 {
	ginkgo.GinkgoHelper()
	return must(strconv.ParseUint(hex, 16, 64))
}

// attempt makes one call in the container; who was refused becomes evidence.
func attempt(ctx context.Context, c *lab.Container, call lab.Call) probe.Answer {
	ginkgo.GinkgoHelper()
	a := must(c.Calls(ctx, call))[0]
	if a.Err != "" {
		evidence(fmt.Sprintf("%s answered to %s in %s", a.Err, call, c.Name), a.Self.Credentials())
	}
	return a
}
