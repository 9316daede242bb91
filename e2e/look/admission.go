package look

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/gateproof/gateproof/clusters/kubeversion"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

// answer is what the API server made of one fixture's pod.
type answer struct {
	fixture string
	changes []change
	err     error
}

// tryAdmission has the API server try to create the pods of all fixtures, without doing it.
func (l *looking) tryAdmission(ctx context.Context) error {
	if !kubeversion.AtLeast(l.Lane.Version, lab.DryRunSince) {
		l.row(Row{What: "admission", Found: "servers below " + lab.DryRunSince + " cannot try a create: one real pod shows what becomes of it"})
		return nil
	}
	l.tell("trying what admission makes of the manifests")
	pods, err := l.pods()
	if err != nil {
		return err
	}
	pods = slices.DeleteFunc(pods, func(p podFixture) bool { return l.namespaces[p.level] == "" }) // that was said
	answers := make([]answer, len(pods))
	var trying errgroup.Group
	trying.SetLimit(reviewsAtOnce)
	for i, p := range pods {
		trying.Go(func() error {
			answers[i].fixture = p.fixture
			sent, got, err := l.DryRunPod(ctx, l.namespaces[p.level], p.object)
			if answers[i].err = err; err == nil {
				answers[i].changes = changes(sent, got)
			}
			return nil
		})
	}
	_ = trying.Wait() // errors are answers
	l.take(answers)
	return nil
}

// podFixture is a pod of a fixture's.
type podFixture struct {
	fixture string
	level   lab.Level // of the namespace that claims make it in
	object  lab.Object
}

// pods are those in all fixtures, and those that claims which have something to observe make themselves, by claim and name.
func (l *looking) pods() ([]podFixture, error) {
	out, err := podFixtures()
	if err != nil {
		return nil, err
	}
	for _, g := range l.groups {
		for _, c := range g.Claims {
			if c.Makes == nil || !slices.Contains(l.Claims, c.ID) {
				continue
			}
			made, err := c.Makes(l.Lane.Version)
			if err != nil {
				return nil, err
			}
			for _, m := range made {
				level, err := m.Level()
				if err != nil {
					return nil, err
				}
				out = append(out, podFixture{madeBy(c) + m.GetName(), level, m.Object})
			}
		}
	}
	return out, nil
}

// madeBy begins what stands for a fixture's name with pods that a claim makes itself.
func madeBy(c claim.Claim) string { return c.ID + "/" }

// podFixtures are the pods in all fixtures, the page's first.
func podFixtures() ([]podFixture, error) {
	names := slices.DeleteFunc(fixtures.Names(), func(n string) bool { return n == fixtures.PageManifest })
	var out []podFixture
	for _, name := range append([]string{fixtures.PageManifest}, names...) {
		objects, err := lab.Objects(name)
		if err != nil {
			return nil, err
		}
		level, err := lab.LevelOf(name)
		if err != nil {
			return nil, err
		}
		for _, o := range objects {
			if o.GetKind() == "Pod" {
				out = append(out, podFixture{name, level, o})
			}
		}
	}
	return out, nil
}

// take makes rows of the answers: one a reason of refusal, one a kind of change.
func (l *looking) take(answers []answer) {
	all, untried := map[string]bool{}, map[string]bool{} // fixtures
	reasons, changed := map[words][]string{}, map[change][]string{}
	var whyUntried string
	for _, a := range answers {
		all[a.fixture] = true
		if a.err == nil {
			for _, c := range a.changes {
				changed[c] = append(changed[c], a.fixture)
			}
			continue
		}
		switch why := refusal(a.err); {
		case why.cause == invalid && (a.fixture != fixtures.PageManifest || l.Expect.Field == lane.Refused):
			// Some fixtures are there to be refused; whether they are is the claims' matter.
		case why.cause == noDryRun, why.cause == reports.CauseAPIServer:
			untried[a.fixture], whyUntried = true, why.text
		default:
			reasons[why] = append(reasons[why], a.fixture)
			l.said[why] = true
		}
	}
	if len(untried) > 0 {
		l.row(Row{What: "admission", Found: fmt.Sprintf("%s cannot be tried without being created: %s", some(slices.Sorted(maps.Keys(untried)), len(all)), whyUntried),
			Costs: "not known beforehand; a claim whose pod is refused is not observed", Remedy: "a webhook without side effects says so: sideEffects: None"})
	}
	for _, why := range slices.SortedFunc(maps.Keys(reasons), func(a, b words) int { return cmp.Compare(a.text, b.text) }) {
		l.row(l.refusedRow(why, slices.Compact(reasons[why]), len(all)))
	}
	rows := l.changedRows(changed, len(all))
	if len(reasons)+len(rows)+len(untried) == 0 {
		rows = []Row{{What: "admission", Found: fmt.Sprintf("takes the pods of all %d manifests as they are sent", len(all))}}
	}
	l.Rows = append(l.Rows, rows...)
}

// refusedRow says which manifests are refused for one reason, and what that costs.
func (l *looking) refusedRow(why words, refused []string, all int) Row {
	which := strings.Join(refused, ", ")
	if len(refused) == all {
		which = some(refused, all)
	}
	row := Row{What: "admission", Found: fmt.Sprintf("refused: %s; of %s", why.text, which)}
	if why.cause == invalid {
		row.Costs = "the claims judge that: the API's own validation refuses the page's manifest"
		return row
	}
	row.Costs = "claims that need these pods are not observed"
	if lost := l.lose(why.cause.Words()+": "+why.text, refused...); len(lost) > 0 {
		row.Costs = claims(len(lost)) + " cannot be observed: " + strings.Join(lost, ", ")
	}
	row.Remedy = "an exception for namespaces labelled gateproof.run"
	if why.cause == reports.CauseQuota {
		row.Remedy = "no quota and no limits for namespaces labelled gateproof.run"
	}
	return row
}

// meaning is what a kind of change costs, and what to do about it.
var meaning = map[kind]Row{
	theField:   {Costs: "none by itself: whether it should be so is what the claims judge"},
	containers: {Costs: "none: claims look at their own containers, and what others run is shown beside", Remedy: "the injector's own word for leaving namespaces labelled gateproof.run alone"},
	commands:   {Costs: "what these containers run is not the claims' own: those that look for it may not be observed", Remedy: "an exception for namespaces labelled gateproof.run"},
	imagesOf:   {Costs: "none, where it is the same image by another name"},
	security:   {Costs: "containers that may not be root, write or signal cannot do what some claims ask of them: these are not observed", Remedy: "an exception for namespaces labelled gateproof.run"},
	resources:  {Costs: "none as long as nodes have room for it; a small limit makes every wait longer"},
	scheduling: {Costs: "none: the verdicts are about the nodes and the runtime that these choose"},
	variables:  {Costs: "none"},
	volumes:    {Costs: "none"},
}

var kinds = []kind{theField, containers, commands, imagesOf, security, resources, scheduling, variables, volumes}

// changedRows are one a kind of change, with what was changed and in which manifests.
func (l *looking) changedRows(changed map[change][]string, all int) []Row {
	var rows []Row
	for _, k := range kinds {
		where := map[string][]string{} // what, by the manifests that it was done to
		for _, c := range slices.SortedFunc(maps.Keys(changed), func(a, b change) int { return cmp.Compare(a.words, b.words) }) {
			if c.kind == k {
				manifests := some(slices.Compact(changed[c]), all)
				where[manifests] = append(where[manifests], c.words)
			}
		}
		var parts []string
		for _, manifests := range slices.Sorted(maps.Keys(where)) {
			parts = append(parts, manifests+": "+strings.Join(where[manifests], ", "))
		}
		if len(parts) > 0 {
			row := meaning[k]
			row.What, row.Found = "admission: "+string(k), strings.Join(parts, "; ")
			if k == theField && l.Expect.Field == lane.Dropped {
				row.Costs = "none: it is expected"
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// fewManifests are named one by one.
const fewManifests = 4

// some names the manifests, or says how many of all they are.
func some(names []string, all int) string {
	switch {
	case len(names) == all:
		return fmt.Sprintf("all %d manifests", all)
	case len(names) <= fewManifests:
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%d of %d manifests", len(names), all)
}
