package reports

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/onsi/ginkgo/v2/types"
)

// failureOf is the failure that says most: when a spec ran out of time, "a timeout occurred" comes first
// and what was awaited comes as the additional failure.
func failureOf(spec types.SpecReport) types.Failure {
	if a := spec.Failure.AdditionalFailure; a != nil && a.Failure.Message != "" {
		return a.Failure
	}
	return spec.Failure
}

// failureText is the failure in full: first what was contradicted, then how it came about.
func failureText(spec types.SpecReport) string {
	failure := failureOf(spec)
	gist, circumstances := splitFailure(failure.Message)
	if failure.ForwardedPanic != "" {
		gist = "panic: " + failure.ForwardedPanic
		circumstances = append(circumstances, failure.Location.FullStackTrace)
	}
	parts := []string{gist}
	if failure.Message != spec.Failure.Message {
		circumstances = append(circumstances, spec.Failure.Message)
	}
	if !spec.Failure.ProgressReport.IsZero() {
		circumstances = append(circumstances, underWay(spec.Failure.ProgressReport))
	}
	if len(circumstances) > 0 {
		parts = append(parts, strings.Join(circumstances, "\n"))
	}
	for _, a := range spec.AdditionalFailures {
		gist, circumstances := splitFailure(a.Failure.Message)
		also := fmt.Sprintf("Afterwards, in %s (%s):\n%s", a.Failure.FailureNodeType, location(a.Failure.Location), gist)
		parts = append(parts, strings.Join(append([]string{also}, circumstances...), "\n"))
	}
	return strings.TrimSpace(strings.Join(parts, "\n\n"))
}

// underWay says what a node was at when its time was up; goroutines are left out.
func underWay(p types.ProgressReport) string {
	s := fmt.Sprintf("Under way: %s", p.CurrentNodeType)
	if p.CurrentNodeText != "" {
		s += " " + p.CurrentNodeText
	}
	if p.CurrentStepText != "" {
		s += ", step " + p.CurrentStepText
	}
	for _, extra := range p.AdditionalReports {
		s += "\n" + extra
	}
	return s
}

// repository is the folder, with a slash, that this program's sources had when it was compiled. The suite is compiled from
// the same ones, but may run far from them.
func repository() string {
	_, here, _, _ := runtime.Caller(0)
	return strings.TrimSuffix(here, "reports/ginkgo_failure.go")
}

// location is file:line, relative to the repository.
func location(at types.CodeLocation) string {
	if at.FileName == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d", strings.TrimPrefix(at.FileName, repository()), at.LineNumber)
}
