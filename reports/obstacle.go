package reports

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Obstacle is what stood between the suite and some claims: one cause, with all that it kept from being observed.
type Obstacle struct {
	Cause  Cause
	Claims []Unseen // in the order of lanes and results
	Said   []string // what was in the way, in its own words, a line each; the same words are there once
}

// Unseen is one claim that could not be observed.
type Unseen struct {
	Lane string // and the node, where claims were proved node by node
	Result
}

// Obstacles are what kept claims, informative ones too, from being observed, in the order of Causes.
func (r Run) Obstacles() []Obstacle {
	var out []Obstacle
	for _, cause := range Causes() {
		o := Obstacle{Cause: cause}
		for _, l := range r.Lanes {
			for _, c := range l.Results {
				if c.Verdict == NotObserved && c.Cause.known() == cause {
					o.add(l.Name, c)
				}
			}
		}
		if len(o.Claims) > 0 {
			out = append(out, o)
		}
	}
	return out
}

func (o *Obstacle) add(lane string, r Result) {
	if r.Node != "" {
		lane += " " + r.Node
	}
	o.Claims = append(o.Claims, Unseen{lane, r})
	said := Said(r)
	if said != "" && !slices.ContainsFunc(o.Said, func(s string) bool { return alike(s) == alike(said) }) {
		o.Said = append(o.Said, said)
	}
}

// names matches what differs from claim to claim in words that say the same: what is quoted, and numbers.
var names = regexp.MustCompile(`"[^"]*"|[0-9]+`)

func alike(said string) string { return names.ReplaceAllString(said, "") }

// Said is, of a claim that could not be observed, what was in the way, in one line.
func Said(r Result) string { return fold(r.Failure) }

// ByLane lists the claims' ids by lane, "on: a, b", one entry a lane; informative ones are marked.
func (o Obstacle) ByLane() []string {
	var order []string
	ids := map[string][]string{}
	for _, c := range o.Claims {
		if _, ok := ids[c.Lane]; !ok {
			order = append(order, c.Lane)
		}
		id := c.Claim
		if c.Kind == Informative {
			id += " (informative)"
		}
		ids[c.Lane] = append(ids[c.Lane], id)
	}
	var out []string
	for _, lane := range order {
		out = append(out, lane+": "+strings.Join(ids[lane], ", "))
	}
	return out
}

// unobserved is the one problem that the lane's conformance claims make that could not be observed: how many, by cause, and
// what stood in the way of the first.
func (l Lane) unobserved() []Problem {
	all, missing := 0, 0
	only := Lane{Name: l.Name}
	for _, r := range l.Results {
		if r.Kind == Informative {
			continue
		}
		all++
		if r.Verdict == NotObserved {
			missing++
			only.Results = append(only.Results, r)
		}
	}
	if missing == 0 {
		return nil
	}
	var parts []string
	obstacles := Run{Lanes: []Lane{only}}.Obstacles()
	for _, o := range obstacles {
		var ids []string
		for _, c := range o.Claims {
			if ids = append(ids, c.Claim); c.Node != "" {
				ids[len(ids)-1] += " on " + c.Node
			}
		}
		parts = append(parts, fmt.Sprintf("%s (%d): %s", o.Cause.Words(), len(ids), strings.Join(ids, ", ")))
	}
	message := fmt.Sprintf("%d of %d claims could not be observed: %s", missing, all, strings.Join(parts, "; "))
	if first := obstacles[0].Claims[0]; Said(first.Result) != "" {
		message += "\n" + first.at() + first.Claim + ": " + Said(first.Result)
	}
	return []Problem{{Step: "observe the claims", Message: message}}
}
