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
	case reports.NotObserved:
		r.Cause, r.Failure = reports.CauseExec, "502"
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
	holds, contradicted, na, unseen := reports.Holds, reports.Contradicted, reports.NotApplicable, reports.NotObserved
	a := runOf("6.1",
		result("broke", holds, second, ""), result("mended", contradicted, second, ""), result("still", contradicted, second, ""),
		result("lost", holds, second, ""), result("gone", holds, second, ""), result("gone-na", na, 0, ""),
		result("blind", holds, second, ""), result("unknown", contradicted, second, ""), result("gone-unknown", contradicted, second, ""),
		result("seeing", unseen, second, ""), result("blind-still", unseen, second, ""), result("seen-wrong", unseen, second, ""),
		result("slow", holds, 3*second, ""), result("noisy", holds, second, ""), result("short", holds, second/2, ""),
		result("seen", holds, second, "PID  START\n1    77  /pause\n9    99  nginx gp0123456789abcdef"),
		result("same", holds, second, "1 77 /pause\n2 88 sh"))
	b := runOf("6.2",
		result("broke", contradicted, second, ""), result("mended", holds, second, ""), result("still", contradicted, second, ""),
		result("lost", na, 0, ""), result("fresh", holds, second, ""),
		result("blind", unseen, second, ""), result("unknown", unseen, second, ""),
		result("seeing", holds, second, ""), result("blind-still", unseen, second, ""), result("seen-wrong", contradicted, second, ""),
		result("slow", holds, 7*second, ""), result("noisy", holds, 1900*time.Millisecond, ""), result("short", holds, 2*second, ""),
		result("seen", holds, second, "PID START\n1 80 /pause"),
		result("same", holds, second, "1   91 /pause\n14 93 sh"))
	c := Runs(a, b)
	g.Expect(c).To(Equal(Comparison{
		NewFailures: []Change{{"on", "broke", "holds", "contradicted: broke: wrong"},
			{"on", "seen-wrong", "not-observed: seen-wrong: not observed, exec does not answer: 502", "contradicted: seen-wrong: wrong"}},
		Fixed:        []Change{{"on", "mended", "contradicted: mended: wrong", "holds"}},
		StillFailing: []Change{{"on", "still", "contradicted: still: wrong", "contradicted: still: wrong"}},
		NoLongerShown: []Change{{"on", "lost", "holds", "not-applicable: not applicable: because"},
			{"on", "blind", "holds", "not-observed: blind: not observed, exec does not answer: 502"}, {"on", "gone", "holds", "absent"}},
		NoLongerKnown: []Change{{"on", "unknown", "contradicted: unknown: wrong", "not-observed: unknown: not observed, exec does not answer: 502"},
			{"on", "gone-unknown", "contradicted: gone-unknown: wrong", "absent"}},
		NowShown: []Change{{"on", "seeing", "not-observed: seeing: not observed, exec does not answer: 502", "holds"}},
		New:      []Change{{"on", "fresh", "", "holds"}},
		Slower:   []Change{{"on", "slow", "3s", "7s"}},
		Evidence: []Change{{"on", "seen: table", "N N nginx WORD", ""}},
		Facts:    []Change{{"on", "kernel", "6.1", "6.2"}},
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

// What can no longer be observed is worse; what never could is neither.
func TestWorse(t *testing.T) {
	for now, worse := range map[reports.Verdict]bool{reports.Contradicted: true, reports.NotObserved: true, reports.NotRun: true, reports.Holds: false} {
		NewWithT(t).Expect(Runs(runOf("x", result("a", reports.Holds, second, "")), runOf("x", result("a", now, second, ""))).Worse()).To(Equal(worse), string(now))
	}
	NewWithT(t).Expect(Runs(runOf("x", result("a", reports.Contradicted, second, "")), runOf("x", result("a", reports.NotObserved, second, ""))).Worse()).To(BeFalse())
}

func TestAFailureThatIsNewToTheSuiteIsWorse(t *testing.T) {
	g := NewWithT(t)
	c := Runs(runOf("x"), runOf("x", result("new", reports.Contradicted, second, "")))
	g.Expect(c.NewFailures).To(HaveLen(1))
	informative := result("m", reports.Contradicted, second, "")
	informative.Kind = reports.Informative
	g.Expect(Runs(runOf("x"), runOf("x", informative)).Worse()).To(BeFalse(), "informative claims never decide")
}
