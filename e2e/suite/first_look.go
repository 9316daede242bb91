package suite

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"

	"github.com/onsi/ginkgo/v2"
	"golang.org/x/sync/errgroup"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/e2e/look"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// looks are what the first look found, by lane.
var looks = map[string]look.Look{}

// blind is why no claim can see anything on a node.
type blind struct {
	Cause reports.Cause
	Why   string
}

// looksAtOnce bounds the nodes that are looked at side by side.
const looksAtOnce = 10

// firstLook looks at the clusters before the first claim and shows what it found; the result scales the waits. A cluster on which no
// claim could see anything ends the run; a node on which none could is left to its claims to say.
func firstLook(ctx context.Context, asked settings.Settings, h *handed) {
	ginkgo.GinkgoHelper()
	for _, c := range h.Clusters {
		whole := connect(ctx, asked, c, h.Probe)
		benches[c.Lane.Name] = whole // to be cleaned, whatever comes
		step := progress.Start(ctx, "first look at "+c.Lane.Name)
		found, err := lookAt(ctx, asked, c, whole, h, step.Note)
		looks[c.Lane.Name] = found
		if err != nil {
			upErrs = append(upErrs, &up.LaneError{Lane: c.Lane.Name, Err: err})
		}
		step.Done("what it found:\n" + found.Text(look.Width))
		h.Scale = max(h.Scale, found.Scale)
	}
	for _, err := range upErrs {
		ginkgo.Fail("the first look at " + err.Lane + " found that no claim could see anything")
	}
}

// lookAt looks at one cluster, on the node where one is enough.
func lookAt(ctx context.Context, asked settings.Settings, c clusters.Cluster, whole *lab.Bench, h *handed, tell func(string)) (look.Look, error) {
	spots := spots(asked, c, h.Probe)
	on := func(node string) *lab.Bench {
		if node == "" {
			return whole
		}
		return whole.On(spots[node])
	}
	places := asked.Places(c.Lane)
	if places[0].Node != "" {
		return lookByNode(ctx, places, on, h, tell)
	}
	found, stays, err := look.AtHome(ctx, on(h.Home), whole, claims.Catalogue, e2e.Rights, tell)
	if !stays {
		h.Home = ""
	}
	return found, err
}

func take(ctx context.Context, b *lab.Bench, tell func(string)) (look.Look, error) {
	return look.Take(ctx, b, claims.Catalogue, e2e.Rights, tell)
}

// mostLooks is how many nodes are looked at in vain before the cluster is.
const mostLooks = 3

// lookByNode looks at the first node on which claims can see something, and asks of the others no more than whether pods come to them.
func lookByNode(ctx context.Context, places []settings.Place, on func(node string) *lab.Bench, h *handed, tell func(string)) (found look.Look, err error) {
	for i, p := range places {
		if found, err = take(ctx, on(p.Node), tell); err == nil {
			maps.Copy(h.Blind, reach(ctx, places[i+1:], on, tell))
			break
		}
		if h.Blind[p.Node] = blindBy(err); i+1 == mostLooks || ctx.Err() != nil {
			return found, err
		}
	}
	for _, p := range places {
		if b, ok := h.Blind[p.Node]; ok {
			found.Rows = append(found.Rows, look.Row{What: "node " + p.Node, Found: b.Why, Costs: "no claim is observed there"})
		}
	}
	return found, err
}

// reach asks of each node whether pods come to it, side by side; the answer is why not.
func reach(ctx context.Context, places []settings.Place, on func(node string) *lab.Bench, tell func(string)) map[string]blind {
	var mu sync.Mutex
	var all errgroup.Group
	all.SetLimit(looksAtOnce)
	out := map[string]blind{}
	for _, p := range places {
		all.Go(func() error {
			if err := look.Reach(ctx, on(p.Node), tell); err != nil {
				mu.Lock()
				defer mu.Unlock()
				out[p.Node] = blindBy(err)
			}
			return nil
		})
	}
	_ = all.Wait() // none has an error of its own
	return out
}

func blindBy(err error) blind {
	var unscheduled *lab.Unscheduled
	var notPulled *lab.NotPulled
	switch {
	case errors.As(err, &unscheduled):
		return blind{reports.CauseUnschedulable, fmt.Sprintf("not reached: %s", err)}
	case errors.As(err, &notPulled):
		return blind{reports.CauseImage, fmt.Sprintf("not reached: %s", err)}
	}
	return blind{lab.CauseOf(err), err.Error()}
}
