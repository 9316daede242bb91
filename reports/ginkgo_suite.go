package reports

import (
	"cmp"
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

// suiteProblems lists what went wrong outside the specs, once where several processes say the same.
func suiteProblems(r types.Report) []Problem {
	var out, echoes []Problem
	add := func(p Problem) {
		if !slices.ContainsFunc(out, func(q Problem) bool { return q.Step == p.Step && q.Message == p.Message }) {
			out = append(out, p)
		}
	}
	for _, node := range r.SpecReports.WithLeafNodeType(types.NodeTypesForSuiteLevelNodes) {
		warned := warnings(node)
		for _, p := range warned {
			add(p)
		}
		if !node.State.Is(types.SpecStateFailureStates) {
			continue
		}
		p := Problem{Step: suiteSteps[node.LeafNodeType], Message: failureText(node), Output: node.CombinedOutput()}
		p.Warning = len(warned) > 0 && node.LeafNodeType.Is(afterwards)
		switch {
		case p.Warning && strings.Contains(p.Message, warned[0].Message): // it failed with what it had warned of
		case strings.Contains(p.Message, echo):
			echoes = append(echoes, p)
		default:
			add(p)
		}
	}
	if len(troubles(out)) == 0 && len(echoes) > 0 {
		out = append(out, echoes[0])
	}
	for _, reason := range r.SpecialSuiteFailureReasons {
		out = append(out, Problem{Step: "run the suite", Message: reason})
	}
	return out
}

// afterwards are the nodes that run when all verdicts are known.
const afterwards = types.NodeTypeAfterSuite | types.NodeTypeSynchronizedAfterSuite | types.NodeTypeCleanupAfterSuite

// warnings are what a suite node has said that changes no verdict.
func warnings(node types.SpecReport) (out []Problem) {
	for _, e := range node.ReportEntries {
		if step, ok := strings.CutPrefix(e.Name, WarningEntry); ok {
			out = append(out, Problem{Step: cmp.Or(step, suiteSteps[node.LeafNodeType]), Message: e.StringRepresentation(), Warning: true})
		}
	}
	return out
}

// suiteNodeFailed says that Ginkgo's failed suite has a reason outside the specs.
func suiteNodeFailed(r types.Report) bool {
	nodes := r.SpecReports.WithLeafNodeType(types.NodeTypesForSuiteLevelNodes)
	return nodes.CountWithState(types.SpecStateFailureStates) > 0
}
