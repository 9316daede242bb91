package claims

import (
	"errors"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/shapes"
)

func TestWhatFailingShapesHaveInCommonIsNamed(t *testing.T) {
	g := NewWithT(t)
	array, err := shapes.Of("v1.16.15", 2)
	g.Expect(err).NotTo(HaveOccurred())
	results := make([]tried, len(array.Shapes))
	g.Expect(contradicted(array.Shapes, results)).To(BeEmpty())
	failed := 0
	for i, s := range array.Shapes {
		if strings.Contains(string(s.Manifest), "readOnlyRootFilesystem") {
			results[i].saw, failed = "a does not see b", failed+1
		}
	}
	words := contradicted(array.Shapes, results)
	g.Expect(failed).To(BeNumerically(">", 1))
	g.Expect(words).To(And(MatchRegexp(`^in %d of %d shapes it is not so`, failed, len(results)),
		ContainSubstring("no shape in which it is so: root file system: read-only. The first is shape-"), HaveSuffix(": a does not see b\n")))
}

// Who could not look accuses nobody, and clears nobody: a shape that was not seen does not count as one that holds.
func TestShapesThatWereNotSeen(t *testing.T) {
	g := NewWithT(t)
	array, err := shapes.Of("v1.16.15", 1)
	g.Expect(err).NotTo(HaveOccurred())
	results := make([]tried, len(array.Shapes))
	for i := range results {
		results[i].err = errors.New("no exec")
	}
	g.Expect(contradicted(array.Shapes, results)).To(BeEmpty())
	results[0].err = &lab.Contradiction{Err: errors.New("the twin came up")}
	g.Expect(contradicted(array.Shapes, results)).To(And(HavePrefix("in 1 of 4 shapes it is not so; what they have"), ContainSubstring("the twin came up")))
}

func TestShapesAreMadeWhereTheyAreAdmitted(t *testing.T) {
	g := NewWithT(t)
	made, err := shapesMade(2)("v1.16.15")
	g.Expect(err).NotTo(HaveOccurred())
	levels := map[lab.Level]int{}
	for _, m := range made {
		level, err := m.Level()
		g.Expect(err).NotTo(HaveOccurred())
		levels[level]++
	}
	g.Expect(levels).To(And(HaveKey(lab.Baseline), HaveKey(lab.Privileged), HaveLen(2)))
}
