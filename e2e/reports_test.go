package e2e_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

const reportsEnv = settings.ReportsEnv

// root is the repository's folder.
func root() string {
	if dir := os.Getenv(reportsEnv); dir != "" {
		return dir
	}
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(file))
}

// invokedByGinkgo tells `ginkgo ./e2e` from `go test ./...`, which has nowhere to prove claims.
func invokedByGinkgo() bool {
	for _, arg := range os.Args {
		if strings.HasPrefix(arg, "--ginkgo.") || strings.HasPrefix(arg, "-ginkgo.") {
			return true
		}
	}
	return false
}

var (
	_ = ginkgo.ReportAfterEach(func(spec types.SpecReport) {
		if spec.State.Is(types.SpecStateSkipped | types.SpecStatePending) {
			return
		}
		tell(spec)
	})
	_ = ginkgo.ReportAfterSuite("reports", func(r types.Report) {
		if r.SuiteConfig.DryRun {
			return
		}
		asked, err := settings.FromEnv()
		Expect(err).NotTo(HaveOccurred())
		run := reports.FromGinkgo(r, lanesForReport(asked))
		Expect(run.Save(filepath.Join(reports.Out(root()), "run.json"))).To(Succeed())
		for _, dir := range reports.OutDirs(root()) {
			Expect(reports.WriteJUnit(dir, run)).To(Succeed())
		}
	})
)

// tell shows a finished spec as a step.
func tell(spec types.SpecReport) {
	path := os.Getenv(progress.Env)
	if path == "" {
		return
	}
	sink, err := progress.ToFile(path)
	if err != nil {
		return
	}
	id, _, _ := strings.Cut(spec.LeafNodeText, ":")
	e := progress.Event{Step: strings.Join(spec.ContainerHierarchyTexts, " ") + " " + id, State: progress.Done, Elapsed: spec.RunTime}
	if spec.Failed() {
		e.State = progress.Failed
		e.Detail = strings.SplitN(spec.Failure.Message, "\n", 2)[0]
	}
	sink(e)
}

// lanesForReport is what is known of the lanes: declared, and where they came up, read back.
func lanesForReport(asked settings.Settings) []reports.Lane {
	booted := map[string]clusters.Cluster{}
	if up != nil {
		for _, c := range up.Clusters {
			booted[c.Lane.Name] = c
		}
	}
	var out []reports.Lane
	for _, l := range asked.Lanes {
		lane := reports.Lane{Name: l.Name, Version: l.Version, Expect: string(l.Expect.Processes), Facts: map[string]string{}}
		if c, ok := booted[l.Name]; ok {
			lane.Boot = c.Boot
			for k, v := range c.Facts {
				lane.Facts[k] = v
			}
			for component, value := range c.Gates {
				lane.Facts["gate "+string(component)] = value
			}
		}
		if dir := os.Getenv(fixtures.OverlayEnv); dir != "" {
			lane.Facts["fixtures replaced from"] = dir
		}
		out = append(out, lane)
	}
	return out
}
