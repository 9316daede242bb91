package html_test

import (
	"time"

	"github.com/gateproof/gateproof/reports"
)

// sample is a run with one of everything.
func sample() reports.Run {
	result := func(group, id string, kind reports.Kind, v reports.Verdict) reports.Result {
		r := reports.Result{
			Group: group, Claim: id, Title: "what " + id + " says", Kind: kind, Verdict: v, Duration: 3 * time.Second, Location: "e2e/signals.go:93",
			Evidence: []reports.Evidence{{Name: "process table", Text: "PID  COMMAND\n1    /pause <script>alert(1)</script>\n" + longLine}},
		}
		switch v {
		case reports.Failed:
			r.Failure = "the old worker lives: expected 14 to equal 15\n\n" + longLine
		case reports.NotApplicable:
			r.Reason = "there is no process of the other container"
		case reports.NotRun:
			r.Reason = "interrupted"
		}
		return r
	}
	matrix := result("signals", "signal-access", reports.Informative, reports.Failed)
	matrix.Measurements = map[string]float64{"seconds-to-gone": 3.5}
	matrix.Matrices = []reports.Matrix{{Attempt: "kill from another container", Page: "kill(2)", Cells: []reports.Cell{
		{User: "uid 0", Caps: "default", Target: "process of uid 0", Because: "CAP_KILL"},
		{User: "uid 0", Caps: "default", Target: "process of uid 1000", Seen: "EPERM", Rule: "EPERM", Because: "another uid"},
		{User: "uid 7", Caps: "none", Target: "process of uid 0", Seen: "EPERM", Because: "CAP_KILL"},
	}}}
	facts := map[string]string{"kernel": "6.1", "node image id": "sha256:9fb7dd4a9f243c140c680cb9c43b42f83e11ada6f67e2c7939f9180fd19978f4"}
	c := reports.Conformance
	return reports.Run{
		SuiteVersion: "v0.1.0", Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Duration: 4 * time.Minute, Selection: "--focus=x",
		Steps: []reports.Step{{Name: "boot lane on (v1.16.15)", Duration: 20 * time.Second}, {Name: "take the lanes down", Duration: 2 * time.Second}},
		Lanes: []reports.Lane{
			{Name: "on", Version: "v1.16.15", Expect: "shared", Facts: facts, Results: []reports.Result{
				result("signals", "hup-restarts-worker", c, reports.Passed), matrix, result("init", "pause-is-pid-1", c, reports.Failed), result("init", "late", c, reports.NotRun),
			}},
			{Name: "off", Version: "v1.16.15", Expect: "isolated", Facts: facts, Results: []reports.Result{
				result("signals", "hup-restarts-worker", c, reports.Failed), result("signals", "signal-access", reports.Informative, reports.NotApplicable),
				result("init", "pause-is-pid-1", c, reports.Passed), result("init", "late", c, reports.Passed),
			}},
		},
	}
}

const longLine = "7    nginx: master process nginx -g daemon off; /tmp/gateproof-probe gp1391f9fadb0f59fa gp1391f9fadb0f59fa gp1391f9fadb0f59fa gp1391f9fadb0f59fa gp1391f9fadb0f59fa"
