package look

import (
	"context"
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

// makeNamespaces makes the look's own, one for each level of Pod Security that claims' pods need, and sees whether they are labelled as
// asked. A cluster that takes none without a level's limits costs the claims whose pods exceed them.
func (l *looking) makeNamespaces(ctx context.Context) error {
	l.tell("making namespaces")
	l.namespaces = map[lab.Level]string{}
	var changed []string
	for _, level := range []lab.Level{lab.Baseline, lab.Privileged} {
		name, err := l.NamespaceAt(ctx, level, "look")
		if name != "" {
			l.namespaces[level] = name
		}
		switch answer := apiError(err); {
		case err == nil:
		case level == lab.Privileged && answer != nil:
			if err := l.noPrivileged(answer); err != nil {
				return err
			}
			continue
		default:
			return &end{"namespace", err, "a run works in namespaces of its own, which it must be able to create"}
		}
		unlike, err := l.NamespaceChanges(ctx, name, level)
		if err != nil {
			l.row(Row{What: "namespace", Found: err.Error(), Costs: "not known"})
			return nil
		}
		changed = append(changed, unlike...)
	}
	row := Row{What: "namespace", Found: "made, and labelled as asked: Pod Security baseline, privileged where pods need it, injection opted out"}
	switch {
	case len(changed) > 0:
		row.Found = strings.Join(changed, "; ")
		row.Costs = "what these would keep away, a level of Pod Security or an injector, acts on the claims' pods"
		row.Remedy = "let namespaces labelled gateproof.run keep their labels"
	case l.namespaces[lab.Privileged] == "":
		row.Found = "made, and labelled as asked: Pod Security baseline, injection opted out"
	}
	l.row(row)
	return nil
}

// noPrivileged notes that the server refuses namespaces where Pod Security lets every pod in.
func (l *looking) noPrivileged(answer error) error {
	pods, err := l.pods()
	if err != nil {
		return err
	}
	var need []string
	for _, p := range pods {
		if p.level == lab.Privileged {
			need = append(need, p.fixture)
		}
	}
	why := refusal(answer)
	row := Row{
		What: "namespace", Found: "refused, with Pod Security privileged: " + why.text,
		Costs: "claims whose pods need it are not observed", Remedy: "an exception for namespaces labelled gateproof.run",
	}
	if lost := l.lose(reports.CauseAdmission.Words()+": "+why.text, need...); len(lost) > 0 {
		row.Costs = fmt.Sprintf("%s cannot be observed: %s", claims(len(lost)), strings.Join(lost, ", "))
	}
	l.row(row)
	return nil
}
