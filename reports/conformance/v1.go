package conformance

import (
	"errors"
	"time"

	"github.com/gateproof/gateproof/reports"
)

// v1 knew passed and failed, and nothing of what could not be observed. It is read, never written.
const v1 = "gateproof/v1"

type (
	reportV1 struct {
		APIVersion string          `json:"apiVersion"`
		Kind       string          `json:"kind"`
		Suite      Suite           `json:"suite"`
		Date       time.Time       `json:"date"`
		Selection  string          `json:"selection,omitempty"`
		Result     reports.Outcome `json:"result"`
		Problems   []string        `json:"problems,omitempty"`
		Lanes      []laneV1        `json:"lanes"`
		Digest     string          `json:"digest"`
	}
	laneV1 struct {
		Name       string            `json:"name"`
		Kubernetes Kubernetes        `json:"kubernetes"`
		Expect     string            `json:"expect"`
		Gate       map[string]string `json:"gate,omitempty"`
		Node       Node              `json:"node"`
		Statistics struct {
			Passed        int `json:"passed"`
			Failed        int `json:"failed"`
			NotApplicable int `json:"notApplicable"`
			NotRun        int `json:"notRun"`
		} `json:"statistics"`
		Claims []claimV1 `json:"claims"`
	}
	claimV1 struct {
		ID              string       `json:"id"`
		Title           string       `json:"title"`
		Group           string       `json:"group"`
		Kind            reports.Kind `json:"kind"`
		Verdict         string       `json:"verdict"`
		Reason          string       `json:"reason,omitempty"`
		Failure         string       `json:"failure,omitempty"`
		DurationSeconds float64      `json:"durationSeconds"`
		Evidence        string       `json:"evidence,omitempty"`
	}
)

// verdictsV1 are v1's words in today's; any other is none.
var verdictsV1 = map[string]reports.Verdict{
	"passed": reports.Holds, "failed": reports.Contradicted, "not-applicable": reports.NotApplicable, "not-run": reports.NotRun,
}

// readV1 checks a report of v1 and returns it in today's words.
func readV1(text []byte) (Report, error) {
	var old reportV1
	if err := strictly(text, &old); err != nil {
		return Report{}, err
	}
	r := Report{
		APIVersion: v1, Kind: old.Kind, Suite: old.Suite, Date: old.Date, Selection: old.Selection, Result: old.Result,
		Problems: old.Problems, Lanes: []Lane{}, Digest: old.Digest,
	}
	for _, l := range old.Lanes {
		lane := Lane{
			Name: l.Name, Kubernetes: l.Kubernetes, Expect: l.Expect, Gate: l.Gate, Node: l.Node, Claims: []Claim{},
			Statistics: Statistics{Holds: l.Statistics.Passed, Contradicted: l.Statistics.Failed, NotApplicable: l.Statistics.NotApplicable, NotRun: l.Statistics.NotRun},
		}
		for _, c := range l.Claims {
			lane.Claims = append(lane.Claims, Claim{
				ID: c.ID, Title: c.Title, Group: c.Group, Kind: c.Kind, Verdict: verdictsV1[c.Verdict], Reason: c.Reason, Failure: c.Failure,
				DurationSeconds: c.DurationSeconds, Evidence: c.Evidence,
			})
		}
		r.Lanes = append(r.Lanes, lane)
	}
	old.Digest = ""
	want, err := digestOf(old)
	return r, errors.Join(r.check(), edited(r.Digest, want, err))
}
