package reports_test

import (
	"errors"
	"testing"
	"time"
	"unicode/utf8"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// said is what Gomega says of an assertion that fails.
func said(assert func(g Gomega)) string {
	var message string
	assert(NewGomega(func(m string, _ ...int) { message = m }))
	return message
}

func TestHeadline(t *testing.T) {
	long := ""
	for range 50 {
		long += "processes "
	}
	quick := func(g Gomega, actual any) AsyncAssertion {
		return g.Eventually(actual).WithTimeout(20 * time.Millisecond).WithPolling(5 * time.Millisecond)
	}
	for _, test := range []struct{ name, failure, headline string }{
		{"a description", said(func(g Gomega) { g.Expect(7).To(Equal(1), "sh is not PID 1") }), "c: sh is not PID 1: expected 7 to equal 1"},
		{"none", said(func(g Gomega) { g.Expect([]int{1, 2}).To(BeEmpty()) }), "c: Expected [1, 2] to be empty"},
		{"an error", said(func(g Gomega) { g.Expect(errors.New("no such process")).NotTo(HaveOccurred()) }),
			`c: Unexpected error: no such process {s: "no such process"} occurred`},
		{"a message of its own", "worker 14 is alive, expected it gone", "c: worker 14 is alive, expected it gone"},
		{"colours", "\x1b[31mworker\x1b[0m 14", "c: worker 14"},
		{"no message", "", "c: failed without a message"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := reports.Result{Claim: "c", Verdict: reports.Failed, Failure: test.failure}
			NewWithT(t).Expect(reports.Headline(r)).To(Equal(test.headline))
		})
	}
	t.Run("long", func(t *testing.T) {
		h := reports.Headline(reports.Result{Claim: "c", Verdict: reports.Failed, Failure: long})
		NewWithT(t).Expect(utf8.RuneCountInString(h)).To(Equal(140))
	})
	t.Run("passed", func(t *testing.T) {
		NewWithT(t).Expect(reports.Headline(reports.Result{Claim: "c", Verdict: reports.Passed})).To(BeEmpty())
	})
	t.Run("not run, no reason", func(t *testing.T) {
		NewWithT(t).Expect(reports.Headline(reports.Result{Claim: "c", Verdict: reports.NotRun})).To(Equal("not run: no reason given"))
	})

	for name, test := range map[string]struct{ message, gist string }{
		"polled value":    {said(func(g Gomega) { quick(g, func() int { return 7 }).Should(Equal(1), "the worker") }), "the worker\nExpected\n    <int>: 7\nto equal\n    <int>: 1"},
		"polled function": {said(func(g Gomega) { quick(g, func(g Gomega) { g.Expect(7).To(Equal(1)) }).Should(Succeed()) }), "Expected\n    <int>: 7\nto equal\n    <int>: 1"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			gist, circumstances := reports.SplitFailure(test.message)
			g.Expect(gist).To(Equal(test.gist), test.message)
			g.Expect(circumstances).NotTo(BeEmpty(), test.message)
		})
	}
}
