package claims

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var fieldInTemplates = claim.Claim{
	ID:       "field-in-templates",
	Title:    "every kind with a pod template carries the field, and so do the pods that are made from it",
	Promise:  claim.Promise{From: "API, PodTemplateSpec", Text: "PodTemplateSpec describes the data a pod should have when created from a template"},
	Kind:     claim.Conformance,
	Nodes:    claim.OneNode,
	Fixtures: []string{"field-in-templates.yaml"},
	Shared: claim.Side{
		Observe: "Deployment, ReplicaSet, DaemonSet, StatefulSet, ReplicationController, Job, CronJob, PodTemplate: true reads back true; the pods that their controllers make have it too, and share",
		Check: func(ctx context.Context, b *lab.Bench) {
			for _, made := range podsFromTemplates(ctx, b) {
				seesAll(ctx, made.pod.Containers()[0], made.by)
			}
		},
	},
	Isolated: claim.Side{
		Observe: "dropped in each (or refused, or kept where the API server alone has the gate); the pods that they make do not share",
		Check: func(ctx context.Context, b *lab.Bench) {
			for _, made := range podsFromTemplates(ctx, b) {
				seesItselfAlone(ctx, made.pod.Containers()[0], made.by)
			}
		},
	},
}

type madePod struct {
	by  string
	pod *lab.Pod
}

// podsFromTemplates creates one object of each kind that carries a pod template, compares what becomes of the field in it
// with the lane's declaration, and returns the pods that the controllers make, compared likewise.
func podsFromTemplates(ctx context.Context, b *lab.Bench) []madePod {
	ns, objects := must(b.Namespace(ctx, "templates", "field-in-templates.yaml")), must(lab.Objects("field-in-templates.yaml"))
	seen := map[string]string{}
	for _, o := range objects {
		_, err := b.Create(ctx, ns, o)
		if b.Expect.Field == lane.Refused {
			expectRefused(ctx, b, ns, o, err)
			continue
		}
		accepted(ctx, b, ns, o, err, "%s with %s: true in its template should be accepted", o.GetKind(), shareField)
		seen[o.GetKind()] = field(must(b.ReadBack(ctx, ns, o)))
	}
	evidence("the field in the templates", seen)
	for kind, got := range seen {
		Expect(got).To(Equal(declared(b)), "the template of a %s: %s: true should be %s, as the lane declares; it reads back %s", kind, shareField, b.Expect.Field, got)
	}
	if b.Expect.Field == lane.Refused {
		return nil
	}

	var out []madePod
	for _, o := range objects {
		if o.GetKind() == "PodTemplate" {
			continue // nobody makes pods from it
		}
		made := madePod{by: "the pod made by a " + o.GetKind(), pod: must(b.PodMadeFrom(ctx, ns, o))}
		got := value(made.pod.Created.Spec.ShareProcessNamespace)
		Expect(got).To(Equal(declared(b)), "%s: %s: true should be %s, as the lane declares; it reads back %s", made.by, shareField, b.Expect.Field, got)
		out = append(out, made)
	}
	return out
}

// value is the field in words.
func value(field *bool) string {
	switch {
	case field == nil:
		return "absent"
	case *field:
		return "true"
	}
	return "false"
}
