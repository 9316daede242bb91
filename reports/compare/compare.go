// Package compare sets two runs side by side: what is worse, what is better, and what only looks otherwise.
package compare

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gateproof/gateproof/reports"
)

// Comparison is what changed from one run to another. Each list holds what is the case in both, lane by lane.
type Comparison struct {
	NewFailures   []Change `json:"newFailures,omitempty"`   // contradicted now, and not before
	NoLongerShown []Change `json:"noLongerShown,omitempty"` // held before; now neither holds nor is contradicted, or absent
	NoLongerKnown []Change `json:"noLongerKnown,omitempty"` // contradicted before; now neither, or absent: not better
	Fixed         []Change `json:"fixed,omitempty"`         // contradicted before, holds now
	NowShown      []Change `json:"nowShown,omitempty"`      // not observed or not run before, holds now
	StillFailing  []Change `json:"stillFailing,omitempty"`  //
	New           []Change `json:"new,omitempty"`           // claims or lanes that were not there before
	Evidence      []Change `json:"evidence,omitempty"`      // the same verdict, and something else was seen
	Slower        []Change `json:"slower,omitempty"`        //
	Facts         []Change `json:"facts,omitempty"`         // of the lanes: versions, kernel, runtime
}

// Change is one claim in one lane, or one fact of a lane.
type Change struct {
	Lane   string `json:"lane"`
	What   string `json:"what"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// Slower is by more than noise: measured from run to run on an idle machine, claims differ by less than a factor of two,
// short ones by up to two seconds.
const (
	slowerFactor = 2
	slowerBy     = 2 * time.Second
)

// Runs compares a with the later b, node by node where claims were proved so: by the nodes' kinds, not by their names.
func Runs(a, b reports.Run) Comparison {
	var c Comparison
	a.Lanes, b.Lanes = reports.Alike(a.Lanes, b.Lanes)
	for _, lane := range b.Lanes {
		before, known := a.Lane(lane.Name)
		if !known {
			c.New = append(c.New, Change{Lane: lane.Name, What: "lane", After: lane.Version})
		}
		c.facts(before, lane, known)
		for _, now := range lane.Results {
			was, ok := before.Result(now.Claim)
			c.claim(lane.Name, was, ok, now)
		}
	}
	for _, lane := range a.Lanes {
		now, _ := b.Lane(lane.Name)
		for _, was := range lane.Results {
			if _, ok := now.Result(was.Claim); ok {
				continue
			}
			change := Change{Lane: lane.Name, What: was.Claim, Before: words(was), After: "absent"}
			switch {
			case was.Verdict == reports.Holds && was.Kind != reports.Informative:
				c.NoLongerShown = append(c.NoLongerShown, change)
			case was.Verdict == reports.Contradicted:
				c.NoLongerKnown = append(c.NoLongerKnown, change)
			}
		}
	}
	return c
}

func (c *Comparison) claim(lane string, was reports.Result, known bool, now reports.Result) {
	change := Change{Lane: lane, What: now.Claim, Before: words(was), After: words(now)}
	if !known {
		change.Before = ""
		if now.Verdict != reports.Contradicted {
			c.New = append(c.New, change)
			return
		}
	}
	conformance := now.Kind != reports.Informative
	switch {
	case now.Verdict == reports.Contradicted && was.Verdict == reports.Contradicted:
		c.StillFailing = append(c.StillFailing, change)
	case now.Verdict == reports.Contradicted && conformance:
		c.NewFailures = append(c.NewFailures, change)
	case now.Verdict == reports.Holds && was.Verdict == reports.Contradicted:
		c.Fixed = append(c.Fixed, change)
	case now.Verdict == reports.Holds && (was.Verdict == reports.NotObserved || was.Verdict == reports.NotRun):
		c.NowShown = append(c.NowShown, change)
	case was.Verdict == reports.Contradicted: // and now neither: otherwise than for Fixed, nobody has seen it hold
		c.NoLongerKnown = append(c.NoLongerKnown, change)
	case was.Verdict == reports.Holds && now.Verdict != reports.Holds && now.Verdict != reports.Contradicted && conformance:
		c.NoLongerShown = append(c.NoLongerShown, change)
	case was.Verdict == now.Verdict && known:
		if name, before, after := firstDifference(was.Evidence, now.Evidence); name != "" {
			c.Evidence = append(c.Evidence, Change{Lane: lane, What: now.Claim + ": " + name, Before: before, After: after})
		}
	}
	if now.Verdict == reports.Holds && was.Verdict == reports.Holds && now.Duration > slowerFactor*was.Duration && now.Duration > was.Duration+slowerBy {
		c.Slower = append(c.Slower, Change{Lane: lane, What: now.Claim, Before: seconds(was), After: seconds(now)})
	}
}

func (c *Comparison) facts(a, b reports.Lane, known bool) {
	if !known {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(merged(a.Facts, b.Facts))) {
		if a.Facts[name] != b.Facts[name] {
			c.Facts = append(c.Facts, Change{Lane: b.Name, What: name, Before: a.Facts[name], After: b.Facts[name]})
		}
	}
}

func merged(a, b map[string]string) map[string]string {
	out := maps.Clone(a)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, b)
	return out
}

// Worse says that the later run should not pass a gate that the earlier one passed.
func (c Comparison) Worse() bool { return len(c.NewFailures)+len(c.NoLongerShown) > 0 }

// String is the comparison for people, what is worse first.
func (c Comparison) String() string {
	var b strings.Builder
	for _, part := range []struct {
		title   string
		changes []Change
	}{
		{"New failures", c.NewFailures}, {"No longer shown", c.NoLongerShown}, {"No longer known, which is not better", c.NoLongerKnown},
		{"Fixed", c.Fixed}, {"Now shown", c.NowShown}, {"Still failing", c.StillFailing}, {"New", c.New}, {"Other evidence", c.Evidence}, {"Slower", c.Slower}, {"Other facts", c.Facts},
	} {
		if len(part.changes) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s\n", part.title)
		for _, change := range part.changes {
			fmt.Fprintf(&b, "  %s  %s\n", change.Lane, change.What)
			if change.Before != "" {
				fmt.Fprintf(&b, "      before: %s\n", change.Before)
			}
			if change.After != "" {
				fmt.Fprintf(&b, "      after:  %s\n", change.After)
			}
		}
	}
	if b.Len() == 0 {
		return "no difference\n"
	}
	return b.String()
}

func words(r reports.Result) string {
	if line := reports.Headline(r); line != "" {
		return cmp.Or(string(r.Verdict), "absent") + ": " + line
	}
	return cmp.Or(string(r.Verdict), "absent")
}

func seconds(r reports.Result) string { return r.Duration.Round(100 * time.Millisecond).String() }
