package claim

import (
	"context"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/lab"
)

func TestWhatAClaimDoesOnTheNodeDecidesWhereItApplies(t *testing.T) {
	on := lane.Lane{Expect: lane.Expectation{Processes: lane.Shared}}
	for _, c := range []struct {
		needs, may lab.Access
		why        string
	}{
		{lab.NoAccess, lab.NoAccess, ""},
		{lab.Looking, lab.NoAccess, "it is observed on the node, and this run has no access to nodes"},
		{lab.Own, lab.NoAccess, "it is observed on the node, and this run has no access to nodes"},
		{lab.Looking, lab.Looking, ""},
		{lab.Own, lab.Looking, "it changes what runs on the node, which this run may only look at"},
		{lab.Looking, lab.Own, ""},
		{lab.Own, lab.Own, ""},
	} {
		of := Claim{Shared: Side{Observe: "something", NeedsNode: c.needs, Check: func(context.Context, *lab.Bench) {}}}
		NewWithT(t).Expect(of.Inapplicable(on, c.may)).To(Equal(c.why), "%+v", c)
	}
}
