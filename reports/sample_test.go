package reports_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// sampleEnv says what goes wrong in the sample suite, and makes TestSampleSuite run at all.
const sampleEnv, sampleOut = "REPORTS_SAMPLE", "REPORTS_SAMPLE_OUT"

// sampleLanes are the lanes of the sample suite, as the suite's caller knows them.
func sampleLanes() []reports.Lane {
	return []reports.Lane{
		{Name: "on", Version: "v1.16.15", Expect: "shared", Boot: 12 * time.Second, Facts: map[string]string{"runtime": "containerd 1.6.20"}},
		{Name: "off", Version: "v1.16.15", Expect: "isolated", Boot: 13 * time.Second},
	}
}

// runSample runs the sample suite in a process of its own, as Ginkgo allows one suite per process,
// and returns what FromGinkgo made of Ginkgo's own report.
func runSample(t *testing.T, scenario string, flags ...string) reports.Run {
	t.Helper()
	out := filepath.Join(t.TempDir(), "run.json")
	cmd := exec.Command(os.Args[0], append([]string{"-test.run=^TestSampleSuite$", "-ginkgo.seed=1"}, flags...)...)
	cmd.Env = append(os.Environ(), sampleEnv+"="+scenario, sampleOut+"="+out)
	text, _ := cmd.CombinedOutput() // most scenarios fail
	run, err := reports.Load(out)
	NewWithT(t).Expect(err).NotTo(HaveOccurred(), string(text))
	return run
}

func TestSampleSuite(t *testing.T) {
	scenario := os.Getenv(sampleEnv)
	if scenario == "" {
		t.Skip("run by the other tests")
	}
	RegisterFailHandler(Fail)
	lanes := sampleLanes()
	for _, lane := range lanes {
		Describe("lane "+lane.Name, Label("lane:"+lane.Name), func() { sampleSpecs(lane.Name, scenario) })
	}
	SynchronizedBeforeSuite(func() {
		facts, err := json.Marshal(reports.Lane{Version: "v1.17.17", Expect: "shared"})
		Expect(err).NotTo(HaveOccurred())
		AddReportEntry("lane: extra", string(facts))
		if scenario == "before-suite" {
			GinkgoWriter.Println("Starting control-plane")
			Fail("boot lane off: kubelet did not start")
		}
	}, func() {})
	SynchronizedAfterSuite(func() {}, func() {
		if scenario == "warning" || scenario == "warning and failure" {
			AddReportEntry(reports.WarningEntry+"remove the namespaces", "gateproof-1 does not go: dead.example.com/v1 does not answer")
		}
		if scenario == "warning and failure" || scenario == "after-suite" {
			Fail("taking the lanes down")
		}
	})
	ReportAfterSuite("save", func(r Report) {
		Expect(reports.FromGinkgo(r, lanes).Save(os.Getenv(sampleOut))).To(Succeed())
	})
	lanes = reports.Plan(PreviewSpecs("sample"), lanes)
	RunSpecs(t, "sample")
}

// sampleSpecs is one claim per way in which a spec can end.
func sampleSpecs(lane, scenario string) {
	claim := func(id, group, kind, title string, body any, extra ...any) {
		args := append([]any{Label("claim:"+id, "group:"+group, "kind:"+kind), body}, extra...)
		It(id+": "+title, args...)
	}
	claim("visible", "visibility", "conformance", "processes are visible", func() {
		AddReportEntry("evidence: ps ax", "PID 1 /pause")
		AddReportEntry("measurement: gone_seconds", 3600*time.Millisecond)
		AddReportEntry("measurement: orphans", 1000)
	})
	claim("signals", "signals", "conformance", "signals reach neighbours", func() {
		AddReportEntry("evidence: argv", "nginx:\x00master\x1b[31m red\x1b[0m")
		GinkgoWriter.Println("sent HUP")
		if lane == "on" {
			sampleEnd(scenario)
		}
	})
	claim("prompt", "lifecycle", "conformance", "deletion is prompt", func(ctx context.Context) {
		if scenario == "interrupt" { // Ginkgo sorts by text: of those not skipped, the first spec of either lane
			self, err := os.FindProcess(os.Getpid())
			Expect(err).NotTo(HaveOccurred())
			Expect(self.Signal(os.Interrupt)).To(Succeed())
			<-ctx.Done()
		}
		if scenario == "timeout" && lane == "off" {
			Eventually(ctx, func(g Gomega) { g.Expect("Running").To(Equal("gone"), "the pod's phase") }).WithPolling(50 * time.Millisecond).Should(Succeed())
		}
	}, NodeTimeout(500*time.Millisecond))
	claim("ratchet", "gate", "conformance", "a stored field survives", func() {
		if lane == "off" {
			Skip("the gate is off here from the start")
		}
	})
	claim("matrix", "signals", "informative", "who may signal whom", func() {
		if scenario == "informative" {
			Fail("uid 1000 may signal root")
		}
	})
}

// sampleEnd is one way in which the signals claim can end.
func sampleEnd(scenario string) {
	switch scenario {
	case "fail":
		Expect("worker 14").To(Equal("worker 15"), "HUP leaves the old worker alive")
	case "unobserved":
		const why = "admission webhook \"no-root\" denied the request: runAsUser 0"
		AddReportEntry(reports.UnobservedEntry+string(reports.CauseAdmission), why)
		AddReportEntry(reports.UnobservedEntry+string(reports.CauseExec), "a consequence")
		Fail(why)
	case "panic":
		panic("index out of range")
	case "earlier words":
		Fail(reports.Unobserved + "\nno answer")
	case "cleanup":
		DeferCleanup(func() error { return errors.New("the pod is still there") })
	case "unobserved in time":
		AddReportEntry(reports.UnobservedEntry+"none of the causes", "the node is gone")
		Fail("timed out")
	}
}
