package reports

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/onsi/ginkgo/v2/types"
)

// FromGinkgo builds the run from Ginkgo's report and from the lanes as the caller knows them: facts, boot times,
// problems, and the plan where there is one (see Plan). Lanes that only the report knows come last.
// What breaks the suite's own rules (a spec without a lane, a claim twice in a place) becomes a Problem.
func FromGinkgo(r types.Report, lanes []Lane) Run {
	b := builder{
		report: r,
		run: Run{
			Started: r.StartTime, Duration: r.RunTime, Selection: selection(r.SuiteConfig, r.SuiteHasProgrammaticFocus),
			Infrastructure: suiteProblems(r),
		},
		order: map[place]int{},
		seen:  map[place]bool{},
	}
	for _, l := range lanes {
		b.addLane(l)
	}
	b.addLanesOfReport()
	selected := selector(r)
	for _, spec := range r.SpecReports.WithLeafNodeType(types.NodeTypeIt) {
		if selected(spec) {
			b.addSpec(spec)
		}
	}
	b.finish()
	return b.run
}

// Plan fills the lanes' Results with the specs that a preview (ginkgo.PreviewSpecs) selects, all of them not run.
// Given to FromGinkgo it keeps the claims that the report doesn't mention: when a BeforeSuite fails, Ginkgo's report
// has no specs at all. FromGinkgo keeps its order, too; this one is by group and claim.
func Plan(preview types.Report, lanes []Lane) []Lane {
	lanes = slices.Clone(lanes)
	for i := range lanes {
		lanes[i].Results = nil
	}
	for _, spec := range preview.SpecReports.WithLeafNodeType(types.NodeTypeIt) {
		i := slices.IndexFunc(lanes, func(l Lane) bool { return l.Name == label(spec, "lane:") })
		if i >= 0 && !spec.State.Is(types.SpecStateSkipped) {
			lanes[i].Results = append(lanes[i].Results, lanes[i].placed(planned(spec)))
		}
	}
	for i := range lanes {
		slices.SortStableFunc(lanes[i].Results, byGroupAndClaim)
	}
	return lanes
}

// byGroupAndClaim is the order that needs no plan. Ginkgo's own is random.
func byGroupAndClaim(x, y Result) int {
	return cmp.Or(cmp.Compare(x.Group, y.Group), cmp.Compare(x.Claim, y.Claim), cmp.Compare(x.Node, y.Node))
}

// place is where a result belongs.
type place struct{ lane, node, claim string }

// builder gathers a Run.
type builder struct {
	report types.Report
	run    Run
	order  map[place]int  // the plan
	seen   map[place]bool // in the report
}

func (b *builder) problem(step, message string) {
	b.run.Infrastructure = append(b.run.Infrastructure, Problem{Step: step, Message: message})
}

func (b *builder) lane(name string) *Lane {
	i := slices.IndexFunc(b.run.Lanes, func(l Lane) bool { return l.Name == name })
	if i < 0 {
		return nil
	}
	return &b.run.Lanes[i]
}

func (b *builder) addLane(l Lane) {
	for i, r := range l.Results {
		b.order[place{l.Name, r.Node, r.Claim}] = i
	}
	l.Results = slices.Clone(l.Results)
	b.run.Lanes = append(b.run.Lanes, l)
}

func (b *builder) addSpec(spec types.SpecReport) {
	name := label(spec, "lane:")
	if name == "" {
		b.problem("read the report", fmt.Sprintf("spec %q has no lane: label", spec.FullText()))
		return
	}
	if b.lane(name) == nil {
		b.addLane(Lane{Name: name})
	}
	lane := b.lane(name)
	result := lane.placed(resultOf(b.report, spec))
	if result.Verdict == NotApplicable && len(troubles(lane.Problems)) > 0 {
		result.Verdict = NotRun // the spec could only skip itself: its cluster is in trouble
	}
	at := place{name, result.Node, result.Claim}
	if b.seen[at] {
		b.problem("read the report", fmt.Sprintf("claim %s has two specs in lane %s", result.Claim, name))
		return
	}
	b.seen[at] = true
	if i, ok := b.order[at]; ok {
		lane.Results[i] = result
	} else {
		lane.Results = append(lane.Results, result)
	}
}

// finish explains what was planned and never reported, and orders the rest after the plan.
func (b *builder) finish() {
	explained := suiteNodeFailed(b.report) || len(troubles(b.run.Infrastructure)) > 0
	for i := range b.run.Lanes {
		lane := &b.run.Lanes[i]
		last := len(lane.Results)
		rank := func(r Result) int {
			if i, ok := b.order[place{lane.Name, r.Node, r.Claim}]; ok {
				return i
			}
			return last
		}
		slices.SortStableFunc(lane.Results, func(x, y Result) int {
			return cmp.Or(cmp.Compare(rank(x), rank(y)), byGroupAndClaim(x, y))
		})
		for j := range lane.Results {
			r := &lane.Results[j]
			if !b.seen[place{lane.Name, r.Node, r.Claim}] {
				r.Verdict, r.Reason = NotRun, cmp.Or(stopped(b.report), "the clusters did not come up")
			}
			explained = explained || r.Verdict == Contradicted || r.Verdict == NotObserved
		}
		explained = explained || len(troubles(lane.Problems)) > 0
	}
	if !b.report.SuiteSucceeded && !explained {
		b.problem("run the suite", "Ginkgo reports a failed suite and no reason for it")
	}
}
