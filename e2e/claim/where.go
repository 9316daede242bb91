package claim

import (
	"fmt"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/kubeversion"
)

// Where says on which lanes there is something to observe, by what a lane declares of itself. Without one, everywhere.
type Where struct {
	Words string // completes "observed where ..."
	On    func(clusters.Lane) bool
}

// Since is where the version has what the claim is about.
func Since(version string) *Where {
	return &Where{
		Words: fmt.Sprintf("Kubernetes is %s or later", version),
		On:    func(l clusters.Lane) bool { return kubeversion.AtLeast(l.Version, version) },
	}
}

// GateNotNamed is where every component is started without naming the gate.
func GateNotNamed() *Where {
	return &Where{
		Words: "no component is given the gate",
		On:    func(l clusters.Lane) bool { return !l.Names() && !l.Existing },
	}
}

// Only is where one component has the gate on, and another one doesn't.
func Only(has, not clusters.Component) *Where {
	return &Where{
		Words: fmt.Sprintf("%s has the gate on and %s has not", has, not),
		On: func(l clusters.Lane) bool {
			return l.Has(has) && !l.Has(not) && l.Expect.Processes == clusters.Isolated
		},
	}
}

// Naming is where the lane declares that of a component that is started with the gate named.
func Naming(n clusters.Naming, words string) *Where {
	return &Where{Words: words, On: func(l clusters.Lane) bool { return l.Expect.Naming == n }}
}

// OnRequest is where a lane asks for the claim by its id: it is too much for a cluster that others use.
func OnRequest() *Where {
	return &Where{
		Words: "a lane is for it alone (its claims name it)",
		On:    func(l clusters.Lane) bool { return l.Claims != nil },
	}
}
