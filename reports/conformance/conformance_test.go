package conformance

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/gateproof/gateproof/reports"
)

var update = flag.Bool("update", false, "write schema.json anew")

func sample() reports.Run {
	result := func(id string, kind reports.Kind, v reports.Verdict) reports.Result {
		r := reports.Result{Claim: id, Title: "what it says", Group: "signals", Kind: kind, Verdict: v, Duration: 1234567 * time.Microsecond}
		switch v {
		case reports.Contradicted:
			r.Failure = "the old worker lives"
		case reports.NotObserved:
			r.Cause, r.Failure = reports.CauseAdmission, "denied by \"no-root\"\n\nat length"
		case reports.NotApplicable:
			r.Reason = "there is no process"
		}
		return r
	}
	a := result("a", reports.Conformance, reports.Holds)
	a.Evidence = []reports.Evidence{{Name: "table", Text: "PID 1"}}
	return reports.Run{
		SuiteVersion: "v0.1.0", SuiteDigest: "sha256:0a", Started: time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC),
		Lanes: []reports.Lane{{
			Name: "on", Version: "v1.16.15", Expect: "shared",
			Facts:   map[string]string{"gate kubelet": "true", "kernel": "6.1", "node image": "node:1", "cgroup version": "1"},
			Results: []reports.Result{a, result("b", reports.Conformance, reports.NotApplicable), result("m", reports.Informative, reports.Contradicted)},
		}},
	}
}

func made(g Gomega, run reports.Run) Report {
	r, err := From(run)
	g.Expect(err).NotTo(HaveOccurred())
	return r
}

func TestReportOfARun(t *testing.T) {
	g := NewWithT(t)
	r := made(g, sample())
	g.Expect(r.Result).To(Equal(reports.Success), "an informative claim that is contradicted never decides")
	g.Expect(r.Lanes[0].Gate).To(Equal(map[string]string{"kubelet": "true"}))
	g.Expect(r.Lanes[0].Node).To(Equal(Node{Image: "node:1", Kernel: "6.1", CgroupVersion: "1"}))
	g.Expect(r.Lanes[0].Statistics).To(Equal(Statistics{Holds: 1, NotApplicable: 1}))
	g.Expect(r.Lanes[0].Claims[0].Evidence).To(Equal("run.json#/lanes/0/results/0/evidence"))
	g.Expect(r.Lanes[0].Claims[0].DurationSeconds).To(Equal(1.234))

	run := sample()
	run.Selection = "--focus=a"
	g.Expect(made(g, run).Result).To(Equal(reports.Partial))
	run = sample()
	run.Lanes[0].Results[1].Verdict = reports.NotRun
	g.Expect(made(g, run).Result).To(Equal(reports.Partial))
	run = sample()
	run.Lanes[0].Results = append(run.Lanes[0].Results, reports.Result{Claim: "n", Kind: reports.Conformance, Verdict: reports.NotObserved, Cause: reports.CauseAdmission, Failure: "denied by \"no-root\"\n\nat length"})
	r = made(g, run)
	g.Expect(r.Result).To(Equal(reports.Partial))
	g.Expect(r.Lanes[0].Statistics).To(Equal(Statistics{Holds: 1, NotObserved: 1, NotApplicable: 1}))
	g.Expect(r.Lanes[0].Claims[3]).To(And(HaveField("Cause", reports.CauseAdmission), HaveField("Reason", `denied by "no-root"`), HaveField("Failure", "")))
	g.Expect(r.Problems).To(HaveExactElements(ContainSubstring("1 of 3 claims could not be observed")))
	run.Lanes[0].Results[0].Verdict, run.Lanes[0].Results[0].Failure = reports.Contradicted, "no"
	g.Expect(made(g, run).Result).To(Equal(reports.Failure))
	g.Expect(made(g, reports.Run{SuiteVersion: "v"}).Result).To(Equal(reports.Failure), "nothing was tried")
}

func TestWarningsChangeNoResult(t *testing.T) {
	g := NewWithT(t)
	run := sample()
	run.Infrastructure = []reports.Problem{{Step: "remove the namespaces", Message: "one stays", Warning: true}}
	r := made(g, run)
	g.Expect(r.Result).To(Equal(reports.Success))
	g.Expect(r.Problems).To(BeEmpty())
	g.Expect(r.Warnings).To(Equal([]string{"remove the namespaces: one stays"}))
}

func TestACauseBelongsToWhatWasNotObserved(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Claim{Verdict: reports.NotObserved, Cause: reports.CauseExec, Reason: "502"}.check("x")).To(Succeed())
	g.Expect(Claim{Verdict: reports.NotObserved, Reason: "502"}.check("x")).To(MatchError("x is not-observed and does not say why"))
	g.Expect(Claim{Verdict: reports.NotObserved, Cause: "bad luck", Reason: "502"}.check("x")).NotTo(Succeed())
}

func TestBothFormsAreValid(t *testing.T) {
	g := NewWithT(t)
	r := made(g, sample())
	for _, form := range []func() ([]byte, error){r.JSON, r.YAML} {
		data, err := form()
		g.Expect(err).NotTo(HaveOccurred())
		again, err := Validate(data)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(again).To(Equal(r))
	}
}

func TestWhatIsNoReportOfARun(t *testing.T) {
	g := NewWithT(t)
	good, err := made(g, sample()).YAML()
	g.Expect(err).NotTo(HaveOccurred())
	for name, c := range map[string]struct{ old, new, says string }{
		"edited verdict":    {"verdict: not-applicable", "verdict: holds", "the report was edited"},
		"edited counts":     {"holds: 1", "holds: 2", "statistics say {Holds:2"},
		"edited result":     {"result: success", "result: failure", `result is "failure", from the claims follows "success"`},
		"edited kernel":     {`kernel: "6.1"`, `kernel: "6.2"`, "the report was edited"},
		"unknown field":     {"kind: Conf", "colour: red\nkind: Conf", `unknown field "colour"`},
		"another version":   {"gateproof/v2", "gateproof/v3", `"gateproof/v3"`},
		"a version's words": {"verdict: holds", "verdict: passed", `claim a is "passed", which is no verdict`},
		"no reason":         {"reason: there is no process", "reason: \"\"", "does not say why"},
		"no lanes any more": {string(good), "apiVersion: gateproof/v2\nkind: ConformanceReport\n", "lanes: there is none"},
		"empty":             {string(good), " \n", "the report is empty"},
		"no YAML":           {string(good), "a: [", "no YAML or JSON"},
	} {
		text := strings.Replace(string(good), c.old, c.new, 1)
		g.Expect(text).NotTo(Equal(string(good)), name)
		_, err := Validate([]byte(text))
		g.Expect(err).To(MatchError(ContainSubstring(c.says)), name)
	}
}

func TestSchemaIsTheTypes(t *testing.T) {
	g := NewWithT(t)
	want, err := schema()
	g.Expect(err).NotTo(HaveOccurred())
	if *update {
		g.Expect(os.WriteFile("schema.json", want, 0o644)).To(Succeed())
		return
	}
	g.Expect(string(Schema)).To(Equal(string(want)), "go test ./reports/conformance -update writes schema.json anew")
}

func TestReportsFollowTheSchema(t *testing.T) {
	g := NewWithT(t)
	document, err := validator.UnmarshalJSON(bytes.NewReader(Schema))
	g.Expect(err).NotTo(HaveOccurred())
	compiler := validator.NewCompiler()
	g.Expect(compiler.AddResource("schema.json", document)).To(Succeed())
	compiled, err := compiler.Compile("schema.json")
	g.Expect(err).NotTo(HaveOccurred())
	data, err := made(g, sample()).JSON()
	g.Expect(err).NotTo(HaveOccurred())
	var value any
	g.Expect(json.Unmarshal(data, &value)).To(Succeed())
	g.Expect(compiled.Validate(value)).To(Succeed())

	value.(map[string]any)["result"] = "fine"
	g.Expect(compiled.Validate(value)).NotTo(Succeed())
}
