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
	"github.com/gateproof/gateproof/reports"
)

// shapesAtOnce are the pods that are there at a time: while one is looked into, the kubelet starts the next. More would ask for more processor than
// small nodes have to give.
const shapesAtOnce = 3

// proof looks at a pod of a shape; what is not as it should be fails g, what has no answer is seen's.
type proof func(ctx context.Context, s *shaped, g gomega.Gomega)

// tried is what came of one pod.
type tried struct {
	saw   string // what was not as it should be; "" for nothing
	err   error  // why there was no answer
	notes string // what was seen
}

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

// tell attaches what was seen, and ends the claim where it did not hold everywhere, or could not be looked at.
func tell(array shapes.Array, results, refusals []tried) {
	ginkgo.GinkgoHelper()
	for i, s := range array.Shapes {
		evidence(s.Name, fmt.Sprintf("%s\n%d combinations, %d of them in no shape before\n%s", s, s.Has(array.Strength), s.New, results[i].outcome()))
	}
	for i, r := range array.Refused {
		if t := refusals[i]; t != (tried{}) {
			evidence(r.Name, fmt.Sprintf("%s: to be refused\n%s", r.Values, t.outcome()))
		}
	}
	if words := contradicted(array.Shapes, results); words != "" {
		Fail(words)
	}
	for i, s := range array.Shapes {
		if err := results[i].err; !errors.Is(err, errShapeLeft) {
			done(err, "%s, with %s", s.Name, s.Asks())
		}
	}
	for i, r := range array.Refused {
		done(refusals[i].err, "%s together should be refused", r.Values)
		if saw := refusals[i].saw; saw != "" {
			unobserved(reports.CauseOther, r.Values+" together should be refused, and are left out of all shapes: "+saw)
		}
	}
}

// contradicted says in how many shapes the promise is not kept, what tells these from the others, and what was seen in the first; "" for none.
func contradicted(all []shapes.Shape, results []tried) string {
	var failed, held []shapes.Shape
	var first string
	for i, s := range all {
		switch t := results[i]; {
		case t.contradicts():
			if failed = append(failed, s); first == "" {
				first = t.outcome()
			}
		case t.err == nil:
			held = append(held, s)
		}
	}
	if len(failed) == 0 {
		return ""
	}
	words := fmt.Sprintf("in %d of %d shapes it is not so", len(failed), len(all))
	if suspects := shapes.Suspects(failed, held); suspects != "" {
		words += "; what they have, and no shape in which it is so: " + suspects
	}
	return fmt.Sprintf("%s. The first is %s, with %s: %s", words, failed[0].Name, failed[0].Asks(), first)
}

// contradicts says that the promise was not kept, by what was seen or by a control.
func (t tried) contradicts() bool {
	return t.saw != "" || errors.As(t.err, new(*lab.Contradiction))
}

// outcome is the result in words.
func (t tried) outcome() string {
	switch {
	case t.saw != "":
		return t.saw + "\n" + t.notes
	case t.err != nil:
		return t.err.Error() + "\n" + t.notes
	}
	return t.notes
}
