// Package look is the first look that a run takes at somebody's cluster, before its first claim: what it may do there, what
// admission makes of a pod, whether exec answers, how long a pod takes. What was found is a table: what it costs in claims, and what
// to do. Nothing in it is a verdict.
package look

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

// Row is one thing that was looked at.
type Row struct {
	What   string // rights, exec
	Found  string // in the words of whoever said it
	Costs  string // what claims it takes; "" for none
	Remedy string // what to do about it
}

// Look is what a first look found.
type Look struct {
	Rows   []Row
	Claims []string          // ids of those that have something to observe on the cluster, in the catalogue's order
	Lost   map[string]string // of these, the ones that cannot be observed, by id, each with the reason
	Scale  float64           // how many times as long as usual the waits should be; 1 to 6
	End    string            // what ends a run before its first claim; "" where nothing does
}

// end is an error that makes a run useless.
type end struct {
	what   string // exec
	err    error  // what was seen
	remedy string // "" where err has it
}

func (e *end) Error() string {
	if e.remedy == "" {
		return e.err.Error()
	}
	return e.err.Error() + "; " + e.remedy
}

func (e *end) Unwrap() error { return e.err }

// Take looks at the cluster. groups is the catalogue, rights the manifest of what a run needs; tell is told what is being looked
// at. The error is what makes a run useless: no claim would see anything. What was found before it is returned too.
func Take(ctx context.Context, b *lab.Bench, groups []claim.Group, rights string, tell func(string)) (Look, error) {
	l := &looking{Bench: b, groups: groups, rights: rights, tell: tell, said: map[words]bool{}, Look: Look{Lost: map[string]string{}, Scale: 1}}
	l.count()
	var err error
	// The images before admission: what policy puts into a new namespace, such as a quota, takes a moment.
	for _, part := range []func(context.Context) error{l.reviewRights, l.makeNamespaces, l.pullImages, l.tryAdmission, l.runPod, l.lookInside, l.lookAtNode} {
		if err = part(ctx); err != nil {
			break
		}
	}
	for _, name := range l.namespaces {
		if removeErr := b.RemoveNamespace(ctx, name); removeErr != nil && err == nil {
			l.row(Row{What: "namespace", Found: removeErr.Error(), Remedy: "it is removed again after the run"})
		}
	}
	var ends *end
	if errors.As(err, &ends) {
		l.row(Row{What: ends.what, Found: ends.err.Error(), Costs: "no claim can be observed: a run ends here", Remedy: ends.remedy})
		l.End = ends.what
	}
	return l.Look, err
}

// looking is a look under way.
type looking struct {
	*lab.Bench
	Look
	groups []claim.Group
	rights string
	tell   func(string)

	namespaces map[lab.Level]string // of the look's own; none for a level that the server refuses
	pulledOn   string               // the node that has the images; "" where that was not found out
	said       map[words]bool       // refusals that are in a row already
	pod        *lab.Pod             // that runs; nil where none does
	asks       bool                 // the pod asks for sharing
}

func (l *looking) row(r Row) { l.Rows = append(l.Rows, r) }

// count finds the claims that have something to observe.
func (l *looking) count() {
	for _, g := range l.groups {
		for _, c := range g.Claims {
			if c.Inapplicable(l.Lane, l.Access()) == "" {
				l.Claims = append(l.Claims, c.ID)
			}
		}
	}
}

// lose notes that the claims which need one of the fixtures cannot be observed, and returns these.
func (l *looking) lose(why string, fixtures ...string) (ids []string) {
	return l.loseThose(why, func(c claim.Claim) bool {
		return slices.ContainsFunc(fixtures, func(f string) bool { return slices.Contains(c.Fixtures, f) || strings.HasPrefix(f, madeBy(c)) })
	})
}

// loseThose notes that claims which have something to observe cannot be observed, and returns these.
func (l *looking) loseThose(why string, those func(claim.Claim) bool) (ids []string) {
	for _, g := range l.groups {
		for _, c := range g.Claims {
			if slices.Contains(l.Claims, c.ID) && those(c) {
				ids = append(ids, c.ID)
				if l.Lost[c.ID] == "" {
					l.Lost[c.ID] = why
				}
			}
		}
	}
	return ids
}
