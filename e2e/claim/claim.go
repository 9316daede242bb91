// Package claim is the form of what the suite proves: one statement, what is observed when process namespaces
// are shared and when they are isolated, and the two checks that observe it.
package claim

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/e2e/page"
	"github.com/gateproof/gateproof/fixtures"
)

// Claim is one statement of the page, or of the API that carries it.
type Claim struct {
	ID       string   // literal and stable: dashboards follow it over the years
	Title    string   // the statement in short, as it stands in reports after the id
	Page     []string // what the page says of it: ids of package page, or patterns of such
	Promise  Promise  // another document's word for it; needed where the page has none
	Kind     Kind
	Informs  string // why an informative claim decides nothing, also where it holds everywhere
	Nodes    Nodes  // where a cluster has several
	Shared   Side
	Isolated Side
	Where    *Where // the lanes that have something to observe; nil for all
	// Disruptive says that other claims on the same cluster would suffer: it runs alone, after them.
	Disruptive bool
	// Fixtures are the manifests whose pods the claim creates: where admission refuses one, the claim cannot be observed.
	Fixtures []string
	// Makes are more pods that it creates, on clusters of a version: they are no fixtures, it makes their manifests itself. nil for none.
	Makes func(version string) ([]lab.Made, error)
	// Takes is about how long the longer side takes, as measured. What takes long starts first; zero is short.
	Takes time.Duration
}

// Promise is what a document other than the page says.
type Promise struct {
	From string // which document, and where in it
	Text string
}

// Kind says what a failure means.
type Kind string

// The kinds.
const (
	Conformance Kind = "conformance" // a failure fails the gate
	Informative Kind = "informative" // measured and reported, no verdict on the cluster
)

// Nodes says on how many of a cluster's nodes a claim is to be seen.
type Nodes string

// What a claim needs.
const (
	EachNode Nodes = "each node" // kubelet and runtime keep the promise
	OneNode  Nodes = "one node"  // the API server does, or a component of the control plane
)

// Side is one direction of a claim: what is observed, in words, and the check that observes it.
// One without a check does not apply; its words say why.
type Side struct {
	Observe string
	Check   Check
	// NeedsNode is what the check does on the node itself: lab.Looking for one that looks (CRI, other processes), lab.Own for one that changes what
	// runs there, or is about what was started there. It doesn't apply where a run may not do so.
	NeedsNode lab.Access
}

// Check fails the running spec when the bench shows something else than what the side says.
type Check func(ctx context.Context, b *lab.Bench)

// NotApplicable is a side that cannot be observed, with the reason.
func NotApplicable(reason string) Side { return Side{Observe: reason} }

// Group is a part of the catalogue: one file of claims.
type Group struct {
	Name   string
	About  string // in a few words
	Claims []Claim
}

var id = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// missing says that there is no such fixture.
func missing(fixture string) bool {
	_, err := fixtures.Manifest(fixture)
	return err != nil
}

// Validate finds mistakes in the declarations themselves, so that they stop a run before its first spec.
func Validate(groups []Group) error {
	var seen []string
	for _, g := range groups {
		for _, c := range g.Claims {
			switch {
			case !id.MatchString(c.ID):
				return fmt.Errorf("claim %q: the id is not of the form %s", c.ID, id)
			case slices.Contains(seen, c.ID):
				return fmt.Errorf("claim %s is declared twice", c.ID)
			case len(c.Page) == 0 && c.Promise.Text == "":
				return fmt.Errorf("claim %s: nobody promises it: name what the page says, or another document", c.ID)
			case (c.Promise.Text == "") != (c.Promise.From == ""):
				return fmt.Errorf("claim %s: a promise needs its document and its words", c.ID)
			case c.Title == "" || c.Shared.Observe == "" || c.Isolated.Observe == "":
				return fmt.Errorf("claim %s: title and both sides' words are needed", c.ID)
			case c.Kind != Conformance && c.Kind != Informative:
				return fmt.Errorf("claim %s: kind %q is neither %s nor %s", c.ID, c.Kind, Conformance, Informative)
			case (c.Kind == Informative) != (c.Informs != ""):
				return fmt.Errorf("claim %s: informs: an informative claim says why it decides nothing, and no other does", c.ID)
			case c.Nodes != EachNode && c.Nodes != OneNode:
				return fmt.Errorf("claim %s: nodes %q is neither %s nor %s", c.ID, c.Nodes, EachNode, OneNode)
			case c.Shared.Check == nil && c.Isolated.Check == nil:
				return fmt.Errorf("claim %s checks nothing", c.ID)
			case slices.ContainsFunc(c.Fixtures, missing):
				return fmt.Errorf("claim %s: fixtures: one of %q is not there", c.ID, c.Fixtures)
			}
			seen = append(seen, c.ID)
		}
	}
	p, err := page.Load()
	if err != nil {
		return err
	}
	return decided(p, groups)
}
