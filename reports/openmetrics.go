package reports

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Metrics writes the run for Prometheus: a file for node exporter's textfile collector, or the body of a push. The
// series are the same in every run, so that a graph can follow them.
func Metrics(w io.Writer, run Run) error {
	m := &metrics{}
	m.family("gateproof_claim_passed", "Whether a claim holds in a lane: 1 yes, 0 it is contradicted. One that was not observed, does not apply or was not run has no series.")
	m.perClaim(run, func(l Lane, r Result, labels string) {
		switch r.Verdict {
		case Holds:
			m.sample(labels, 1)
		case Contradicted:
			m.sample(labels, 0)
		}
	})
	m.family("gateproof_claim_not_observed", "1 for a claim that could not be observed in a lane, and by which cause. Any other has no series.")
	m.perClaim(run, func(l Lane, r Result, _ string) {
		if r.Verdict == NotObserved {
			m.sample(labels(on(r, "lane", l.Name, "claim", r.Claim, "group", r.Group, "kind", string(r.Kind), "cause", string(r.Cause.known()))...), 1)
		}
	})
	m.family("gateproof_claim_duration_seconds", "How long the claim took, its pods included.")
	m.perClaim(run, func(_ Lane, r Result, labels string) {
		if r.Verdict == Holds || r.Verdict == Contradicted {
			m.sample(labels, r.Duration.Seconds())
		}
	})
	m.family("gateproof_claim_measurement", "What a claim measured; the unit is in the name.")
	m.perClaim(run, func(l Lane, r Result, _ string) {
		for _, name := range slices.Sorted(maps.Keys(r.Measurements)) {
			m.sample(labels(on(r, "lane", l.Name, "claim", r.Claim, "name", name)...), r.Measurements[name])
		}
	})
	m.family("gateproof_lane_boot_seconds", "From nothing to a Ready node.")
	for _, l := range run.Lanes {
		m.sample(labels("lane", l.Name), l.Boot.Seconds())
	}
	m.family("gateproof_lane_info", "What a lane's cluster is.")
	for _, l := range run.Lanes {
		m.sample(labels("lane", l.Name, "version", l.Version, "expect", l.Expect, "runtime", l.Facts["container runtime"], "kernel", l.Facts["kernel"]), 1)
	}
	m.family("gateproof_run_result", "The result of the run: 1 for the one that it is.")
	for _, outcome := range []Outcome{Success, Partial, Failure} {
		value := 0.0
		if run.Outcome() == outcome {
			value = 1
		}
		m.sample(labels("result", string(outcome)), value)
	}
	m.family("gateproof_run_info", "What the suite is.")
	m.sample(labels("suite_version", run.SuiteVersion), 1)
	m.family("gateproof_run_duration_seconds", "Wall clock, boot and teardown included.")
	m.sample("", run.Duration.Seconds())
	m.family("gateproof_run_timestamp_seconds", "When the run began, Unix time.")
	m.sample("", float64(run.Started.UnixMilli())/1000)
	m.out.WriteString("# EOF\n")
	_, err := w.Write(m.out.Bytes())
	return err
}

type metrics struct {
	out  bytes.Buffer
	name string
}

func (m *metrics) family(name, help string) {
	m.name = name
	fmt.Fprintf(&m.out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name)
}

func (m *metrics) sample(labels string, value float64) {
	fmt.Fprintf(&m.out, "%s%s %g\n", m.name, labels, value)
}

func (m *metrics) perClaim(run Run, each func(l Lane, r Result, labels string)) {
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			each(l, r, labels(on(r, "lane", l.Name, "claim", r.Claim, "group", r.Group, "kind", string(r.Kind))...))
		}
	}
}

// on adds the node to a result's labels, where claims were proved node by node.
func on(r Result, pairs ...string) []string {
	if r.Node != "" {
		pairs = append(pairs, "node", r.Node)
	}
	return pairs
}

// labels writes names and values, in turn.
func labels(pairs ...string) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	var parts []string
	for i := 0; i < len(pairs); i += 2 {
		parts = append(parts, pairs[i]+`="`+escape.Replace(strings.ToValidUTF8(pairs[i+1], "?"))+`"`)
	}
	return "{" + strings.Join(parts, ",") + "}"
}
