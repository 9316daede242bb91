package compare

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func result(claim string, v reports.Verdict, took time.Duration, evidence string) reports.Result {
	r := reports.Result{Claim: claim, Kind: reports.Conformance, Verdict: v, Duration: took}
	switch v {
	case reports.Contradicted:
		r.Failure = "wrong"
	case reports.NotApplicable, reports.NotRun:
		r.Reason = "because"
	}
	if evidence != "" {
		r.Evidence = []reports.Evidence{{Name: "table", Text: evidence}}
	}
	return r
}

func runOf(facts string, results ...reports.Result) reports.Run {
	return reports.Run{Lanes: []reports.Lane{{Name: "on", Version: "v1", Facts: map[string]string{"kernel": facts}, Results: results}}}
}

const second = time.Second

func TestComparison(t *testing.T) {
	g := NewWithT(t)
	passed, failed, na := reports.Holds, reports.Contradicted, reports.NotApplicable
	a := runOf("6.1",
		result("broke", passed, second, ""), result("mended", failed, second, ""), result("still", failed, second, ""),
		result("lost", passed, second, ""), result("gone", passed, second, ""), result("gone-na", na, 0, ""),
		result("slow", passed, 3*second, ""), result("noisy", passed, second, ""), result("short", passed, second/2, ""),
		result("seen", passed, second, "PID  START\n1    77  /pause\n9    99  nginx gp0123456789abcdef"),
		result("same", passed, second, "1 77 /pause\n2 88 sh"))
	b := runOf("6.2",
		result("broke", failed, second, ""), result("mended", passed, second, ""), result("still", failed, second, ""),
		result("lost", na, 0, ""), result("fresh", passed, second, ""),
		result("slow", passed, 7*second, ""), result("noisy", passed, 1900*time.Millisecond, ""), result("short", passed, 2*second, ""),
		result("seen", passed, second, "PID START\n1 80 /pause"),
		result("same", passed, second, "1   91 /pause\n14 93 sh"))
	c := Runs(a, b)
	g.Expect(c).To(Equal(Comparison{
		NewFailures:   []Change{{"on", "broke", "passed", "failed: broke: wrong"}},
		Fixed:         []Change{{"on", "mended", "failed: mended: wrong", "passed"}},
		StillFailing:  []Change{{"on", "still", "failed: still: wrong", "failed: still: wrong"}},
		NoLongerShown: []Change{{"on", "lost", "passed", "not-applicable: not applicable: because"}, {"on", "gone", "passed", "absent"}},
		New:           []Change{{"on", "fresh", "", "passed"}},
		Slower:        []Change{{"on", "slow", "3s", "7s"}},
		Evidence:      []Change{{"on", "seen: table", "N N nginx WORD", ""}},
		Facts:         []Change{{"on", "kernel", "6.1", "6.2"}},
	}))
	g.Expect(c.Worse()).To(BeTrue())
	g.Expect(Runs(a, a).Worse()).To(BeFalse())
	g.Expect(Runs(b, b).String()).To(ContainSubstring("Still failing"))
	g.Expect(Runs(runOf("x"), runOf("x")).String()).To(Equal("no difference\n"))
}

// Whether a process is on a processor at the moment is chance; that it is stopped, or dead and not reaped, is not.
func TestOnlyTheStatesThatLastAreEvidence(t *testing.T) {
	table := func(state string) string {
		return "PID  PPID  UID  START  STATE  COMMAND\n7    0     101  4711   " + state + "      nginx"
	}
	g := NewWithT(t)
	g.Expect(normal(table("R"))).To(Equal(normal(table("S"))))
	for _, state := range []string{"T", "Z"} {
		g.Expect(normal(table(state))).NotTo(Equal(normal(table("S"))), state)
	}
}

func TestAFailureThatIsNewToTheSuiteIsWorse(t *testing.T) {
	g := NewWithT(t)
	c := Runs(runOf("x"), runOf("x", result("new", reports.Contradicted, second, "")))
	g.Expect(c.NewFailures).To(HaveLen(1))
	informative := result("m", reports.Contradicted, second, "")
	informative.Kind = reports.Informative
	g.Expect(Runs(runOf("x"), runOf("x", informative)).Worse()).To(BeFalse(), "informative claims never decide")
}
