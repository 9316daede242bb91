package published

import (
	"testing"
	"testing/fstest"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/conformance"
)

// made is what a run would have left.
func made(g Gomega, suite, version, runtime string, verdict reports.Verdict) *fstest.MapFile {
	r, err := conformance.From(reports.Run{
		SuiteVersion: "v1", SuiteDigest: suite, Started: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC),
		Lanes: []reports.Lane{{
			Name: "on", Version: version, Expect: "shared",
			Facts:   map[string]string{"oci runtime": ofVersion(runtime), "container runtime": "containerd://1.7", "kernel": "6.1", "cgroup version": "2"},
			Results: []reports.Result{{Claim: "stops", Title: "t", Group: "g", Kind: reports.Conformance, Verdict: verdict, Failure: failure(verdict)}},
		}},
	})
	g.Expect(err).NotTo(HaveOccurred())
	data, err := r.YAML()
	g.Expect(err).NotTo(HaveOccurred())
	return &fstest.MapFile{Data: data}
}

func ofVersion(runtime string) string {
	if runtime == "" {
		return ""
	}
	return runtime + " 1.1"
}

func failure(v reports.Verdict) string {
	if v == reports.Contradicted {
		return "it does not"
	}
	return ""
}

func TestTheTableFollowsFromTheReports(t *testing.T) {
	g := NewWithT(t)
	r, err := Load(fstest.MapFS{
		"v1.37.0/runsc/report.yaml": made(g, "sha256:a", "v1.37.0", "runsc", reports.Contradicted),
		"v1.16.15/runc/report.yaml": made(g, "sha256:a", "v1.16.15", "runc", reports.Holds),
		"threads.yaml":              {Data: []byte(`[{claim: stops, runtime: runsc, at: "https://x.example/217", says: known}]`)},
	})
	g.Expect(err).NotTo(HaveOccurred())
	table := r.Table()
	g.Expect(table).To(ContainSubstring("## v1.16.15\n\n| claim | runc on |\n|---|---|\n| stops | holds |\n"))
	g.Expect(table).To(ContainSubstring("## v1.37.0\n\n| claim | runsc on |\n|---|---|\n| stops | [**no**](https://x.example/217 \"known\") |\n"))
	g.Expect(table).To(ContainSubstring("[success](published/v1.16.15/runc/report.yaml) | 2026-11-27 |"))
}

// One node's verdict hides no other's; a lane whose nodes run pods by several runtimes is called by its own name.
func TestEachNodeHasAColumn(t *testing.T) {
	g := NewWithT(t)
	result := func(node, claim string, v reports.Verdict, kind reports.Kind) reports.Result {
		return reports.Result{Node: node, Claim: claim, Title: "t", Group: "g", Kind: kind, Verdict: v, Failure: failure(v), Reason: reasonFor(v)}
	}
	r, err := conformance.From(reports.Run{
		SuiteVersion: "v1", SuiteDigest: "sha256:a", Started: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC),
		Lanes: []reports.Lane{{
			Name: "runtimes-crun", Version: "v1.37.0", Expect: "shared", Facts: map[string]string{"oci runtime": "runc version 1.4.3"},
			Nodes: &reports.Nodes{Of: 2, Kinds: 2, List: []reports.Node{{Name: "control-plane", Runtime: "runc 1.4.3"}, {Name: "sid", Runtime: "crun 1.28"}}},
			Results: []reports.Result{
				result("control-plane", "stops", reports.Holds, reports.Conformance), result("sid", "stops", reports.Contradicted, reports.Conformance),
				result("control-plane", "reads", reports.Holds, reports.Informative), result("sid", "reads", reports.Contradicted, reports.Informative),
				result("control-plane", "stores", reports.Holds, reports.Conformance), result("control-plane", "later", reports.NotApplicable, reports.Conformance),
			},
		}},
	})
	g.Expect(err).NotTo(HaveOccurred())
	data, err := r.YAML()
	g.Expect(err).NotTo(HaveOccurred())
	e, err := Submitted(data, "")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(e.Path()).To(Equal("v1.37.0/runtimes-crun/report.yaml"))
	table := Results{Entries: []Entry{e}}.Table()
	g.Expect(table).To(ContainSubstring("| v1.37.0 | runc 1.4.3, crun 1.28 | runtimes-crun |"))
	g.Expect(table).To(HaveSuffix("| claim | runtimes-crun control-plane | runtimes-crun sid |\n|---|---|---|\n| stops | holds | **no** |\n| reads | holds | *no* |\n| stores | holds |  |\n"))
}

func reasonFor(v reports.Verdict) string {
	if v == reports.NotApplicable {
		return "nothing to see"
	}
	return ""
}

// What confines containers answers some claims otherwise, so that its results are others' neighbours and no substitute.
func TestASecurityModuleIsPartOfTheRuntime(t *testing.T) {
	g := NewWithT(t)
	for modules, name := range map[string]string{"": "runc", "capability,yama": "runc", "lockdown,capability,yama,apparmor,bpf": "runc-apparmor", "selinux": "runc-selinux"} {
		g.Expect(runtimeOf(conformance.Lane{Node: conformance.Node{OCIRuntime: "runc version 1.4.3", SecurityModules: modules}})).To(Equal(name))
	}
	g.Expect(runtimeOf(conformance.Lane{Node: conformance.Node{SecurityModules: "apparmor"}})).To(BeEmpty(), "--runtime says it all")
}

func TestWhatCannotBeComparedIsRefused(t *testing.T) {
	g := NewWithT(t)
	good := made(g, "sha256:a", "v1.16.15", "runc", reports.Holds)
	edited := &fstest.MapFile{Data: append([]byte("# \n"), good.Data...)}
	edited.Data = []byte(string(edited.Data[:len(edited.Data)-3]) + "x\n")
	for says, files := range map[string]fstest.MapFS{
		"results of several suites":     {"v1.16.15/runc/report.yaml": good, "v1.16.15/crun/report.yaml": made(g, "sha256:b", "v1.16.15", "crun", reports.Holds)},
		"the folder is called v1.15.12": {"v1.15.12/runc/report.yaml": good},
		"the folder is called crun":     {"v1.16.15/crun/report.yaml": good},
		"the report was edited":         {"v1.16.15/runc/report.yaml": edited},
		"no report is of the runtime":   {"v1.16.15/runc/report.yaml": good, "threads.yaml": {Data: []byte(`[{claim: stops, runtime: rusc, at: "https://x.example/1", says: known}]`)}},
	} {
		_, err := Load(files)
		g.Expect(err).To(MatchError(ContainSubstring(says)))
	}
}

func TestSubmitted(t *testing.T) {
	g := NewWithT(t)
	e, err := Submitted(made(g, "sha256:a", "v1.37.0", "runc", reports.Holds).Data, "")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(e.Path()).To(Equal("v1.37.0/runc/report.yaml"))
	g.Expect(e.Beside(fstest.MapFS{})).To(Succeed())
	others := fstest.MapFS{"v1.16.15/runc/report.yaml": made(g, "sha256:b", "v1.16.15", "runc", reports.Holds)}
	g.Expect(e.Beside(others)).To(MatchError(ContainSubstring("results of several suites")))
	g.Expect(e.Beside(fstest.MapFS{"v1.37.0/runc/report.yaml": others["v1.16.15/runc/report.yaml"]})).To(MatchError(ContainSubstring("the folder is called v1.37.0")))
	older := fstest.MapFS{"v1.37.0/runc/report.yaml": made(g, "sha256:b", "v1.37.0", "runc", reports.Holds)}
	g.Expect(e.Beside(older)).To(Succeed(), "it takes the place of the one before")

	untold := made(g, "sha256:a", "v1.37.0", "", reports.Holds).Data
	_, err = Submitted(untold, "")
	g.Expect(err).To(MatchError(ContainSubstring("--runtime runc")))
	e, err = Submitted(untold, "crun")
	g.Expect(e.Path(), err).To(Equal("v1.37.0/crun/report.yaml"))
	_, err = Submitted([]byte("kind: other"), "")
	g.Expect(err).To(HaveOccurred())
}
