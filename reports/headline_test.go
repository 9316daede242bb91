package reports_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
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

// unexpected is what the suite says of an error that keeps it from observing.
func unexpected(err error) string {
	return said(func(g Gomega) { g.Expect(err).NotTo(HaveOccurred(), "the suite could not observe what it must") })
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
			"c: no such process"},
		{"an error with a description", unexpected(errors.New("no such process")), "c: no such process (the suite could not observe what it must)"},
		{"a wrapped error", unexpected(fmt.Errorf("exec in a: %w", errors.New("exit code 137"))), "c: exec in a: exit code 137 (the suite could not observe what it must)"},
		{"a struct's error", unexpected(&os.PathError{Op: "open", Path: "/x", Err: syscall.ENOENT}), "c: open /x: no such file or directory (the suite could not observe what it must)"},
		{"an error without fields", unexpected(context.DeadlineExceeded), "c: context deadline exceeded (the suite could not observe what it must)"},
		{"a number", unexpected(syscall.ENOENT), "c: no such file or directory (the suite could not observe what it must)"},
		{"lines of an error", unexpected(errors.New("one\n\ntwo")), "c: one two (the suite could not observe what it must)"},
		{"JSON in an error", unexpected(errors.New("answer:\n{\"a\": 1}")), `c: answer: {"a": 1} (the suite could not observe what it must)`},
		{"no success", said(func(g Gomega) { g.Expect(errors.New("no such process")).To(Succeed(), "the kill") }), "c: no such process (the kill)"},
		{"an announcement alone", "Unexpected error:", "c: Unexpected error:"},
		{"a message of its own", "worker 14 is alive, expected it gone", "c: worker 14 is alive, expected it gone"},
		{"colours", "\x1b[31mworker\x1b[0m 14", "c: worker 14"},
		{"no message", "", "c: failed without a message"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := reports.Result{Claim: "c", Verdict: reports.Contradicted, Failure: test.failure}
			NewWithT(t).Expect(reports.Headline(r)).To(Equal(test.headline))
		})
	}
	t.Run("long", func(t *testing.T) {
		h := reports.Headline(reports.Result{Claim: "c", Verdict: reports.Contradicted, Failure: long})
		NewWithT(t).Expect(utf8.RuneCountInString(h)).To(Equal(140))
	})
	t.Run("passed", func(t *testing.T) {
		NewWithT(t).Expect(reports.Headline(reports.Result{Claim: "c", Verdict: reports.Holds})).To(BeEmpty())
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
