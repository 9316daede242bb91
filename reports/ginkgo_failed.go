package reports

import (
	"cmp"
	"strings"

	"github.com/onsi/ginkgo/v2/types"
)

// failed tells a spec that saw a contradiction from one that could not look. Only what fails in the claim's own text, in its
// time, can be a contradiction.
func (r *Result) failed(spec types.SpecReport) {
	r.Failure = failureText(spec)
	r.Location = cmp.Or(location(failureOf(spec).Location), r.Location)
	node := spec.Failure.FailureNodeType
	cause, why, said := unobserved(spec.ReportEntries)
	switch {
	case said:
		r.cannotTell(cause, why)
	case spec.State.Is(types.SpecStatePanicked):
		r.cannotTell(CauseOther, "the suite panicked: "+spec.Failure.ForwardedPanic) // its own mistake, never the cluster's
	case spec.State.Is(types.SpecStateTimedout):
		r.cannotTell(CauseTime, "")
	case node != types.NodeTypeInvalid && node != types.NodeTypeIt:
		r.cannotTell(CauseOther, "the suite failed beside the claim's own check, in "+node.String())
	default:
		r.Verdict = Contradicted
		r.couldNotLook()
	}
}

// cannotTell notes why there is no verdict; the words lead the failure unless it has them.
func (r *Result) cannotTell(cause Cause, words string) {
	r.Verdict, r.Cause = NotObserved, cause
	if words = strings.TrimSpace(words); !strings.Contains(r.Failure, words) {
		r.Failure = paragraphs(words, r.Failure)
	}
}

// unobserved is what the spec itself says of why it could not look. Of several causes the first brought about the others.
func unobserved(entries types.ReportEntries) (cause Cause, why string, said bool) {
	for _, e := range entries {
		if name, ok := strings.CutPrefix(e.Name, UnobservedEntry); ok {
			return Cause(name).known(), e.StringRepresentation(), true
		}
	}
	return "", "", false
}
