package reports

import (
	"encoding/json"
	"strings"
)

// Unobserved begins the failures of specs that could not look, as runs wrote them that had no verdict for it.
const Unobserved = "the suite could not observe what it must"

// earlier are the words for verdicts in the files of those runs.
var earlier = map[Verdict]Verdict{"passed": Holds, "failed": Contradicted}

// UnmarshalJSON reads results of such runs, too.
func (r *Result) UnmarshalJSON(data []byte) error {
	type plain Result // without this method
	if err := json.Unmarshal(data, (*plain)(r)); err != nil {
		return err
	}
	if now, ok := earlier[r.Verdict]; ok {
		r.Verdict = now
		r.couldNotLook()
	}
	return nil
}

// couldNotLook turns a contradiction that was none, by its first words, into what it was.
func (r *Result) couldNotLook() {
	if r.Verdict == Contradicted && strings.HasPrefix(r.Failure, Unobserved) {
		r.Verdict, r.Cause = NotObserved, CauseOther
	}
}
