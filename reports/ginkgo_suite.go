package reports

import (
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"
)

// suiteSteps puts Ginkgo's suite nodes into words.
var suiteSteps = map[types.NodeType]string{
	types.NodeTypeBeforeSuite:             "prepare the suite",
	types.NodeTypeSynchronizedBeforeSuite: "prepare the suite",
	types.NodeTypeAfterSuite:              "clean up after the suite",
	types.NodeTypeSynchronizedAfterSuite:  "clean up after the suite",
	types.NodeTypeCleanupAfterSuite:       "clean up after the suite",
	types.NodeTypeReportBeforeSuite:       "write the reports",
	types.NodeTypeReportAfterSuite:        "write the reports",
}

// echo is what the other processes report when process 1 failed to prepare the suite.
const echo = "SynchronizedBeforeSuite failed on Ginkgo parallel process #1"

// suiteProblems lists what went wrong outside the specs.
func suiteProblems(r types.Report) []Problem {
	var out, echoes []Problem
	for _, node := range r.SpecReports.WithLeafNodeType(types.NodeTypesForSuiteLevelNodes) {
		if !node.State.Is(types.SpecStateFailureStates) {
			continue
		}
		p := Problem{Step: suiteSteps[node.LeafNodeType], Message: failureText(node), Output: node.CombinedOutput()}
		switch same := func(q Problem) bool { return q.Step == p.Step && q.Message == p.Message }; {
		case strings.Contains(p.Message, echo):
			echoes = append(echoes, p)
		case !slices.ContainsFunc(out, same):
			out = append(out, p)
		}
	}
	if len(out) == 0 && len(echoes) > 0 {
		out = echoes[:1]
	}
	for _, reason := range r.SpecialSuiteFailureReasons {
		out = append(out, Problem{Step: "run the suite", Message: reason})
	}
	return out
}
