package reports

import (
	"cmp"
	"strings"

	"github.com/onsi/ginkgo/v2/types"
)

// planned is a spec before it has run: what its text and labels say.
func planned(spec types.SpecReport) Result {
	claim, title, _ := strings.Cut(spec.LeafNodeText, ": ")
	kind := Conformance // also without a label: in doubt, the stricter
	if label(spec, "kind:") == string(Informative) {
		kind = Informative
	}
	return Result{
		Node: label(spec, "node:"), Claim: cmp.Or(label(spec, "claim:"), claim), Title: title, Group: cmp.Or(label(spec, "group:"), "other"),
		Kind: kind, Verdict: NotRun, Location: location(spec.LeafNodeLocation),
	}
}

// OfSpec is what a spec that has just ended came to, while others still run.
func OfSpec(spec types.SpecReport) Result { return resultOf(types.Report{}, spec) }

// resultOf reads what became of a spec.
func resultOf(r types.Report, spec types.SpecReport) Result {
	result := planned(spec)
	result.Duration = spec.RunTime
	var broken []Evidence
	result.Matrices, broken = matrices(spec.ReportEntries)
	result.Evidence = append(evidence(spec.ReportEntries), broken...)
	result.Measurements, result.Calls = measurements(spec.ReportEntries), calls(spec.ReportEntries)
	result.Output = spec.CombinedOutput()

	switch {
	case r.SuiteConfig.DryRun:
		result.Reason = "this was a dry run"
	case spec.State.Is(types.SpecStatePassed):
		result.Verdict = Holds
	case spec.State.Is(types.SpecStatePending):
		result.Reason = "the spec is marked pending in the suite's source"
	case spec.State.Is(types.SpecStateSkipped):
		result.Verdict, result.Reason = skip(r, spec)
	case spec.State.Is(types.SpecStateInterrupted):
		result.Reason = "interrupted while it ran"
		result.Failure = failureText(spec)
	case spec.State.Is(types.SpecStateTimedout) && strings.HasPrefix(spec.Failure.Message, "A suite timeout"):
		result.Reason = "the time of the whole run was up while it ran"
		result.Failure = failureText(spec)
	case spec.State.Is(types.SpecStateAborted):
		result.Reason = "the suite stopped itself while it ran"
		result.Failure = failureText(spec)
	case spec.State.Is(types.SpecStateFailureStates):
		result.failed(spec)
	default:
		result.Reason = "Ginkgo reports the state " + spec.State.String()
	}
	return result
}

// skip tells a spec that said it doesn't apply from one that Ginkgo never started.
func skip(r types.Report, spec types.SpecReport) (Verdict, string) {
	reason := strings.TrimSpace(spec.Failure.Message)
	switch {
	case spec.Failure.IsZero():
		return NotRun, cmp.Or(stopped(r), "not started, and Ginkgo doesn't say why")
	case reason == "":
		return NotRun, "skipped without a reason" // an excuse that nobody can check is none
	case strings.HasPrefix(reason, "Spec skipped because an earlier spec"),
		strings.HasPrefix(reason, "Spec skipped because a BeforeAll"):
		return NotRun, reason
	}
	return NotApplicable, reason
}

// stopped says why specs that were asked for didn't start; empty when nothing stopped the run.
func stopped(r types.Report) string {
	reasons := strings.Join(r.SpecialSuiteFailureReasons, "; ")
	switch {
	case strings.Contains(reasons, "Suite Timeout"):
		return "the time of the whole run was up before it started"
	case strings.Contains(reasons, "Interrupted"):
		return "the run was interrupted before it started"
	case r.SuiteConfig.FailFast && r.SpecReports.CountWithState(types.SpecStateFailureStates) > 0:
		return "not started: another spec failed, under --fail-fast"
	case reasons != "":
		return "not started: " + reasons
	}
	return ""
}

// label is the rest of the spec's label that starts with key; the innermost wins.
func label(spec types.SpecReport, key string) string {
	value := ""
	for _, l := range spec.Labels() {
		if v, ok := strings.CutPrefix(l, key); ok {
			value = v
		}
	}
	return value
}
