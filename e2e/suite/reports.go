package suite

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/e2e/version"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

// save writes the result, as run.json and JUnit.
func save(r types.Report) {
	if r.SuiteConfig.DryRun {
		return
	}
	asked, err := settings.FromEnv()
	Expect(err).NotTo(HaveOccurred())
	result := reports.FromGinkgo(r, plan(lanesForReport(asked)))
	noteIdleExcuses(asked.Lanes, &result)
	result.SuiteVersion, result.SuiteDigest = version.Suite(), version.Digest()
	Expect(result.Save(filepath.Join(reports.Out(), reports.RunFile))).To(Succeed())
	for _, dir := range reports.OutDirs() {
		Expect(reports.WriteJUnit(dir, result)).To(Succeed())
	}
}

// tell shows a finished spec as a step.
func tell(spec types.SpecReport) {
	if !previewed || spec.State.Is(types.SpecStateSkipped|types.SpecStatePending) {
		return
	}
	id, _, _ := strings.Cut(spec.LeafNodeText, ":")
	e := progress.Event{Step: strings.Join(spec.ContainerHierarchyTexts, " ") + " " + id, State: progress.Done, Elapsed: time.Since(spec.StartTime)}
	switch r := reports.OfSpec(spec); {
	case r.Verdict == reports.NotObserved:
		e.Detail = "not observed: " + r.Cause.Words() // the claim did not fail, it could not look
	case spec.Failed():
		e.State = progress.Failed
	}
	news()(e)
}

// lanesForReport is what is known of the lanes: declared, and where they came up, read back.
func lanesForReport(asked settings.Settings) []reports.Lane {
	booted := map[string]clusters.Cluster{}
	if broughtUp != nil {
		for _, c := range broughtUp.Clusters {
			booted[c.Lane.Name] = c
		}
	}
	var out []reports.Lane
	for _, l := range asked.Lanes {
		lane := reports.Lane{Name: l.Name, Version: l.Version, Expect: string(l.Expect.Processes), Facts: map[string]string{}}
		if c, ok := booted[l.Name]; ok {
			lane.Boot, lane.Version = c.Boot, c.Lane.Version
			for k, v := range c.Facts {
				lane.Facts[k] = v
			}
			for component, value := range c.Gates {
				lane.Facts["gate "+string(component)] = value
			}
		}
		lane.Nodes = nodesForReport(asked, l, booted[l.Name])
		lane.Look = looks[l.Name].ForReport()
		if bench := benches[l.Name]; bench != nil && bench.Transport() != "" {
			lane.Facts["exec and attach"] = "by " + bench.Transport()
		}
		for _, err := range upErrs {
			if err.Lane == l.Name {
				problem := reports.Problem{Step: "boot lane " + l.Name, Message: err.Error()}
				if _, looked := looks[l.Name]; looked {
					problem = reports.Problem{Step: "first look", Message: err.Err.Error()}
				}
				lane.Problems = append(lane.Problems, problem)
			}
		}
		if dir := os.Getenv(fixtures.OverlayEnv); dir != "" {
			lane.Facts["fixtures replaced from"] = dir
		}
		out = append(out, lane)
	}
	return out
}

// previewed says that the suite runs in earnest: a preview calls what is declared here too.
var previewed bool

// planned is what the suite is going to run, known before it runs: a report of a run that never came so far
// still lists every claim.
var planned types.Report

func plan(lanes []reports.Lane) []reports.Lane { return reports.Plan(planned, lanes) }
