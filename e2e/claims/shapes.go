package claims

import (
	"context"
	"time"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/shapes"
)

// Shapes is that sharing does not depend on what else a pod asks for.
var Shapes = claim.Group{Name: "shapes", About: "whatever else a pod asks for", Claims: []claim.Claim{everyOptionShares, anyShapeShares}}

// promisedToAny is what the API promises, and to whom: no pod is excepted.
var promisedToAny = claim.Promise{From: "API, PodSpec.shareProcessNamespace", Text: "Share a single process namespace between all of the containers in a pod"}

var everyOptionShares = claim.Claim{
	ID:      "every-option-shares",
	Title:   "sharing holds with every other option that a pod can have",
	Promise: promisedToAny,
	Kind:    claim.Conformance,
	Nodes:   claim.EachNode,
	Makes:   shapesMade(1),
	Takes:   20 * time.Second,
	Shared: claim.Side{
		Observe: "a few pods, made from a table (fixtures/shapes/table.yaml), have each value of each option of a pod once; in each " + provedShared,
		Check:   func(ctx context.Context, b *lab.Bench) { everyShape(ctx, b, 1, shares) },
	},
	Isolated: claim.Side{
		Observe: "the same pods; in each " + provedIsolated,
		Check:   func(ctx context.Context, b *lab.Bench) { everyShape(ctx, b, 1, isolates) },
	},
}

var anyShapeShares = claim.Claim{
	ID:      "any-shape-shares",
	Title:   "sharing holds with every two other options that a pod can have together",
	Promise: promisedToAny,
	Kind:    claim.Conformance,
	Nodes:   claim.EachNode,
	Makes:   shapesMade(2),
	Where:   claim.OnRequest(),
	Takes:   2 * time.Minute,
	Shared: claim.Side{
		Observe: "pods, made from the same table, have every two values of two options together once; what cannot be together is refused, in the words that the table says; in each pod " + provedShared,
		Check:   func(ctx context.Context, b *lab.Bench) { everyShape(ctx, b, 2, shares) },
	},
	Isolated: claim.Side{
		Observe: "the same pods, and the same refusals; in each pod " + provedIsolated,
		Check:   func(ctx context.Context, b *lab.Bench) { everyShape(ctx, b, 2, isolates) },
	},
}

// What is looked for in a pod of each shape.
const (
	provedShared = "every container sees a process of every other one by PID and start time, all are in one PID namespace, PID 1 in it is none of theirs " +
		"(but the sandbox's, by CRI, where the node can be asked), and a signal from one to another does what kill(2) says"
	provedIsolated = "every container is PID 1 in a PID namespace of its own and sees no process of another's; a signal to another's number finds none, and from its own container it arrives"
)

// shapesMade are the pods of every shape, by release: so many values at a time are combined.
func shapesMade(strength int) func(version string) ([]lab.Made, error) {
	return func(version string) (made []lab.Made, err error) {
		array, err := shapes.Of(version, strength)
		if err != nil {
			return nil, err
		}
		for _, s := range array.Shapes {
			m, err := lab.MadeOf(s.Manifest)
			if err != nil {
				return nil, err
			}
			made = append(made, m)
		}
		return made, nil
	}
}
