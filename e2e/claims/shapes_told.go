package claims

import (
	"errors"
	"fmt"

	"github.com/onsi/ginkgo/v2"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/shapes"
	"github.com/gateproof/gateproof/reports"
)

// tried is what came of one pod.
type tried struct {
	saw   string // what was not as it should be; "" for nothing
	err   error  // why there was no answer
	notes string // what was seen
}

// tell attaches what was seen, and ends the claim where it did not hold everywhere, or could not be looked at.
func tell(array shapes.Array, results, refusals []tried) {
	ginkgo.GinkgoHelper()
	for i, s := range array.Shapes {
		evidence(s.Name, fmt.Sprintf("%s\n%d combinations, %d of them in no shape before\n%s", s, s.Has(array.Strength), s.New, results[i].outcome()))
	}
	for i, r := range array.Refused {
		if t := refusals[i]; t != (tried{}) {
			evidence(r.Name, fmt.Sprintf("%s: to be refused\n%s", r.Values, t.outcome()))
		}
	}
	if words := contradicted(array.Shapes, results); words != "" {
		Fail(words)
	}
	for i, s := range array.Shapes {
		if err := results[i].err; !errors.Is(err, errShapeLeft) {
			done(err, "%s, with %s", s.Name, s.Asks())
		}
	}
	for i, r := range array.Refused {
		done(refusals[i].err, "%s together should be refused", r.Values)
		if saw := refusals[i].saw; saw != "" {
			unobserved(reports.CauseOther, r.Values+" together should be refused, and are left out of all shapes: "+saw)
		}
	}
}

// contradicted says in how many shapes the promise is not kept, what tells these from the others, and what was seen in the first; "" for none.
func contradicted(all []shapes.Shape, results []tried) string {
	var failed, held []shapes.Shape
	var first string
	for i, s := range all {
		switch t := results[i]; {
		case t.contradicts():
			if failed = append(failed, s); first == "" {
				first = t.outcome()
			}
		case t.err == nil:
			held = append(held, s)
		}
	}
	if len(failed) == 0 {
		return ""
	}
	words := fmt.Sprintf("in %d of %d shapes it is not so", len(failed), len(all))
	if suspects := shapes.Suspects(failed, held); suspects != "" {
		words += "; what they have, and no shape in which it is so: " + suspects
	}
	return fmt.Sprintf("%s. The first is %s, with %s: %s", words, failed[0].Name, failed[0].Asks(), first)
}

// contradicts says that the promise was not kept, by what was seen or by a control.
func (t tried) contradicts() bool {
	return t.saw != "" || errors.As(t.err, new(*lab.Contradiction))
}

// outcome is the result in words.
func (t tried) outcome() string {
	switch {
	case t.saw != "":
		return t.saw + "\n" + t.notes
	case t.err != nil:
		return t.err.Error() + "\n" + t.notes
	}
	return t.notes
}
