package reports

// The exit codes of a run.
const (
	ExitHolds     = 0 // every conformance claim passed or doesn't apply, and at least one passed
	ExitFails     = 1 // a conformance claim failed, whatever else went wrong
	ExitNoVerdict = 2 // infrastructure or input at fault: nothing is known to be wrong with the cluster
)

// ExitCode is the run in one number. Informative claims that fail don't count; any claim that was selected and not
// run does.
func (r Run) ExitCode() int {
	switch {
	case r.Count().Failed > 0:
		return ExitFails
	case len(r.Problems()) > 0:
		return ExitNoVerdict
	}
	return ExitHolds
}

// Outcome is the run in one word, as the conformance report has it.
type Outcome string

// The outcomes, of which only Success means conformance.
const (
	Success Outcome = "success" // every conformance claim of the suite holds in every lane
	Partial Outcome = "partial" // those that were tried hold; others were deselected or not run
	Failure Outcome = "failure" // a conformance claim failed, or none was tried
)

// Outcome judges the run.
func (r Run) Outcome() Outcome {
	switch {
	case r.Count().Failed > 0, !r.tried():
		return Failure
	case r.Selection != "", len(r.Problems()) > 0:
		return Partial
	}
	return Success
}

// Counts are the verdicts of all lanes together.
type Counts struct {
	Passed            int // of both kinds
	Failed            int // conformance alone
	InformativeFailed int
	NotApplicable     int
	NotRun            int
}

// Count adds up the verdicts.
func (r Run) Count() Counts {
	var n Counts
	for _, l := range r.Lanes {
		for _, c := range l.Results {
			switch {
			case c.Verdict == Passed:
				n.Passed++
			case c.Verdict == Failed && c.Kind == Informative:
				n.InformativeFailed++
			case c.Verdict == Failed:
				n.Failed++
			case c.Verdict == NotApplicable:
				n.NotApplicable++
			default:
				n.NotRun++
			}
		}
	}
	return n
}
