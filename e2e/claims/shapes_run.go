package claims

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"
	"golang.org/x/sync/errgroup"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/shapes"
)

// shapesAtOnce are the pods that are there at a time: while one is looked into, the kubelet starts the next. More would ask for more processor than
// small nodes have to give.
const shapesAtOnce = 3

// proof looks at a pod of a shape; what is not as it should be fails g, what has no answer is seen's.
type proof func(ctx context.Context, s *shaped, g gomega.Gomega)

// everyShape proves it in a pod of every shape of the release, and says what the shapes have in common in which it does not hold. From two values at
// a time on, those that cannot be together are tried as well.
func everyShape(ctx context.Context, b *lab.Bench, strength int, holds proof) {
	ginkgo.GinkgoHelper()
	array := must(shapes.Of(b.Lane.Version, strength))
	evidence("the shapes", array)
	run := &shapesRun{b: b, rooms: map[lab.Level]room{}}
	var pods errgroup.Group
	pods.SetLimit(shapesAtOnce)
	results, refusals := make([]tried, len(array.Shapes)), make([]tried, len(array.Refused))
	for i, s := range array.Shapes {
		pods.Go(func() error {
			results[i] = run.try(ctx, s, holds)
			return nil
		})
	}
	if strength > 1 {
		for i, r := range array.Refused {
			pods.Go(func() error {
				refusals[i] = run.tryRefused(ctx, r)
				return nil
			})
		}
	}
	_ = pods.Wait() // errors are results
	tell(array, results, refusals)
}

// shapesRun is the pods under way.
type shapesRun struct {
	b    *lab.Bench
	down atomic.Bool // a pod did not come up, and others would be waited for as long

	mu    sync.Mutex
	rooms map[lab.Level]room // where the next ones are made
}

// room is a namespace and how many pods were made there.
type room struct {
	namespace string
	pods      int
}

// podsInRoom leaves place for the twins of pods that do not come up, below what a run makes in one namespace.
const podsInRoom = 6

// place is a namespace for one more pod.
func (r *shapesRun) place(ctx context.Context, m lab.Made) (string, error) {
	level, err := m.Level()
	if err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	at := r.rooms[level]
	if at.namespace == "" || at.pods == podsInRoom {
		if at.namespace, err = r.b.NamespaceAt(ctx, level, "shapes"); err != nil {
			return "", err
		}
		at.pods = 0
	}
	at.pods++
	r.rooms[level] = at
	return at.namespace, nil
}

// errShapeLeft is why a pod was not made.
var errShapeLeft = errors.New("not tried: a pod before it did not come up")

// start makes the manifest's pod.
func (r *shapesRun) start(ctx context.Context, manifest []byte) (*lab.Pod, error) {
	if r.down.Load() {
		return nil, errShapeLeft
	}
	made, err := lab.MadeOf(manifest)
	if err != nil {
		return nil, err
	}
	namespace, err := r.place(ctx, made)
	if err != nil {
		return nil, err
	}
	return r.b.StartMade(ctx, namespace, made)
}

// try makes the shape's pod, and looks into it.
func (r *shapesRun) try(ctx context.Context, s shapes.Shape, holds proof) (t tried) {
	p, err := r.start(ctx, s.Manifest)
	if err != nil {
		return tried{err: err}
	}
	defer func() { _ = p.Discard(ctx) }() // it goes with its namespace anyway
	if err := p.WaitReady(ctx); err != nil {
		r.down.Store(true)
		return tried{err: err}
	}
	in := &shaped{Shape: s, b: r.b, pod: p, said: map[string]lab.Process{}}
	t.saw, t.err = try(func(g gomega.Gomega) {
		in.meet(ctx)
		holds(ctx, in, g)
	})
	if t.saw != "" {
		if changed := in.restarted(ctx); changed != "" {
			t.err, t.saw = fmt.Errorf("%s; then %s", changed, t.saw), ""
		}
	}
	t.notes = strings.Join(in.notes, "\n")
	return t
}
