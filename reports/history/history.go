// Package history follows claims over many runs: since when one fails, and which ones flake.
package history

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gateproof/gateproof/reports"
)

// History is many runs, the oldest first, and what each claim came to in them.
type History struct {
	Runs   []Run    `json:"runs"`
	Claims []Claim  `json:"claims"`
	Broken []string `json:"broken,omitempty"` // files that are no runs, with why
}

// Run is one of the runs.
type Run struct {
	File    string          `json:"file"`
	Started time.Time       `json:"started"`
	Suite   string          `json:"suite"`
	Result  reports.Outcome `json:"result"`
}

// Claim is one claim in one lane.
type Claim struct {
	Lane     string            `json:"lane"`
	ID       string            `json:"id"`
	Verdicts []reports.Verdict `json:"verdicts"` // one a run; "" where the run does not have it
	// FlakeRate is the share of neighbouring runs, of one suite version on one node image, between which it went from holds to
	// contradicted or back. Between them it may have been out of sight.
	FlakeRate     float64 `json:"flakeRate"`
	FirstBad      string  `json:"firstBad,omitempty"` // file of the first contradiction since it last held; "" where it is not known to be contradicted now
	Failure       string  `json:"failure,omitempty"`  // of that run, in one line
	MedianSeconds float64 `json:"medianSeconds"`
}

// Read finds the runs below a folder. Files that cannot be read are named in Broken; without any run it is an error.
func Read(dir string) (History, error) {
	var found []loaded
	var h History
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		run, err := reports.Load(path)
		switch {
		case err != nil:
			if filepath.Base(path) == reports.RunFile {
				h.Broken = append(h.Broken, fmt.Sprintf("%s: %v", path, err))
			}
		case len(run.Lanes) > 0 && !run.Started.IsZero(): // another JSON file has none
			run.Lanes = reports.ByKind(run.Lanes) // nodes come and go
			found = append(found, loaded{path, run})
		}
		return nil
	})
	if err != nil {
		return h, err
	}
	if len(found) == 0 {
		return h, errors.Join(fmt.Errorf("there is no run below %s: keep each run's %s, in a folder of its own", dir, reports.RunFile), errors.New(strings.Join(h.Broken, "; ")))
	}
	slices.SortStableFunc(found, func(a, b loaded) int { return a.run.Started.Compare(b.run.Started) })
	of := build(found)
	of.Broken = h.Broken
	return of, nil
}

type loaded struct {
	file string
	run  reports.Run
}

func build(runs []loaded) History {
	var h History
	type at struct{ lane, claim string }
	var order []at
	seen := map[at]bool{}
	for _, l := range runs {
		h.Runs = append(h.Runs, Run{File: l.file, Started: l.run.Started, Suite: l.run.SuiteVersion, Result: l.run.Outcome()})
		for _, lane := range l.run.Lanes {
			for _, r := range lane.Results {
				if key := (at{lane.Name, r.Claim}); !seen[key] {
					seen[key] = true
					order = append(order, key)
				}
			}
		}
	}
	for _, key := range order {
		h.Claims = append(h.Claims, follow(key.lane, key.claim, runs))
	}
	return h
}

// follow is one claim through all runs.
func follow(lane, claim string, runs []loaded) Claim {
	c := Claim{Lane: lane, ID: claim}
	var took []float64
	var last *reports.Result
	lastSuite := ""
	pairs, changes := 0, 0
	for _, l := range runs {
		in, _ := l.run.Lane(lane)
		r, ok := in.Result(claim)
		if !ok {
			c.Verdicts = append(c.Verdicts, "")
			continue
		}
		c.Verdicts = append(c.Verdicts, r.Verdict)
		if r.Verdict != reports.Holds && r.Verdict != reports.Contradicted {
			continue
		}
		took = append(took, r.Duration.Seconds())
		suite := l.run.SuiteVersion + " " + in.Facts["node image id"] // what was tested with what on what
		if last != nil && lastSuite == suite {
			pairs++
			if last.Verdict != r.Verdict {
				changes++
			}
		}
		switch {
		case r.Verdict == reports.Holds:
			c.FirstBad, c.Failure = "", ""
		case c.FirstBad == "":
			c.FirstBad, c.Failure = l.file, reports.Headline(r)
		}
		last, lastSuite = &r, suite
	}
	if pairs > 0 {
		c.FlakeRate = float64(changes) / float64(pairs)
	}
	if slices.Sort(took); len(took) > 0 {
		c.MedianSeconds = took[len(took)/2]
	}
	return c
}
