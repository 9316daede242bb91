package reports

// The exit codes of a run.
const (
	ExitHolds     = 0 // every conformance claim holds or doesn't apply, and at least one holds
	ExitFails     = 1 // a conformance claim is contradicted, whatever else went wrong
	ExitNoVerdict = 2 // nothing contradicts, and something could not be observed, was not run, or infrastructure or input are at fault
)

// ExitCode is the run in one number. What informative claims come to doesn't count, but any claim that was selected and
// not run does.
func (r Run) ExitCode() int {
	switch {
	case r.Count().Contradicted > 0:
		return ExitFails
	case len(troubles(r.Problems())) > 0:
		return ExitNoVerdict
	}
	return ExitHolds
}

// OnlyUnobserved says that there is no verdict, and that all that keeps the run from one is what claims could not observe.
func (r Run) OnlyUnobserved() bool { return r.ExitCode() == ExitNoVerdict && len(r.Troubles()) == 0 }

// Outcome is the run in one word, as the conformance report has it.
type Outcome string

// The outcomes, of which only Success means conformance.
const (
	Success Outcome = "success" // every conformance claim of the suite holds in every lane
	Partial Outcome = "partial" // none is contradicted; some were deselected, not observed or not run
	Failure Outcome = "failure" // a conformance claim is contradicted, or none was tried
)

// Outcome judges the run.
func (r Run) Outcome() Outcome {
	switch {
	case r.Count().Contradicted > 0, !r.tried():
		return Failure
	case r.Selection != "", len(troubles(r.Problems())) > 0:
		return Partial
	}
	return Success
}

// Counts are the verdicts of all lanes together.
type Counts struct {
	Holds                   int // of both kinds
	Contradicted            int // conformance alone
	NotObserved             int // conformance alone
	InformativeHolds        int // of those that hold
	InformativeContradicted int
	InformativeNotObserved  int
	NotApplicable           int
	NotRun                  int
}

// Count adds up the verdicts.
func (r Run) Count() Counts {
	var n Counts
	for _, l := range r.Lanes {
		for _, c := range l.Results {
			n.add(c)
		}
	}
	return n
}

func (n *Counts) add(r Result) {
	informative := r.Kind == Informative
	switch r.Verdict {
	case Holds:
		n.Holds++
		if informative {
			n.InformativeHolds++
		}
	case Contradicted:
		if informative {
			n.InformativeContradicted++
		} else {
			n.Contradicted++
		}
	case NotObserved:
		if informative {
			n.InformativeNotObserved++
		} else {
			n.NotObserved++
		}
	case NotApplicable:
		n.NotApplicable++
	default:
		n.NotRun++
	}
}
