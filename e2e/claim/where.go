package claim

import (
	"fmt"

	"github.com/gateproof/gateproof/clusters/kubeversion"
	"github.com/gateproof/gateproof/clusters/lane"
)

// Where says on which lanes there is something to observe, by what a lane declares of itself. Without one, everywhere.
type Where struct {
	Words string // completes "observed where ..."
	On    func(lane.Lane) bool
}

// Since is where the version has what the claim is about.
func Since(version string) *Where {
	return &Where{
		Words: fmt.Sprintf("Kubernetes is %s or later", version),
		On:    func(l lane.Lane) bool { return kubeversion.AtLeast(l.Version, version) },
	}
}

// Feature is where the lane has another gate on than the one that it is about.
func Feature(gate string) *Where {
	return &Where{Words: "the gate " + gate + " is on", On: func(l lane.Lane) bool { return l.Features[gate] }}
}

// GateNotNamed is where every component is started without naming the gate.
func GateNotNamed() *Where {
	return &Where{
		Words: "no component is given the gate",
		On:    func(l lane.Lane) bool { return !l.Names() && !l.Cluster },
	}
}

// GateNamed is where every component is started with the gate, and all with one value.
func GateNamed() *Where {
	return &Where{
		Words: "every component is given the gate, with one value",
		On: func(l lane.Lane) bool {
			_, uniform := l.Uniform()
			return uniform
		},
	}
}

// Only is where one component has the gate on, and another one doesn't.
func Only(has, not lane.Component) *Where {
	return &Where{
		Words: fmt.Sprintf("%s has the gate on and %s has not", has, not),
		On: func(l lane.Lane) bool {
			return l.Has(has) && !l.Has(not) && l.Expect.Processes == lane.Isolated
		},
	}
}

// Naming is where the lane declares that of a component that is started with the gate named.
func Naming(n lane.Naming, words string) *Where {
	return &Where{Words: words, On: func(l lane.Lane) bool { return l.Expect.Naming == n }}
}

// GatesDiffer is where the kubelet of one node has the gate on, and that of another one off.
func GatesDiffer() *Where {
	return &Where{Words: "kubelets of one cluster differ in the gate", On: lane.Lane.GatesDiffer}
}

// OnRequest is where a lane asks for the claim by its id: it is too much for a cluster that others use.
func OnRequest() *Where {
	return &Where{
		Words: "a lane is for it alone (its claims name it)",
		On:    func(l lane.Lane) bool { return l.Claims != nil },
	}
}
