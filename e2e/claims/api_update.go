package claims

import (
	"context"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
)

var fieldImmutable = claim.Claim{
	ID:       "field-immutable",
	Title:    "the field of a pod that is there cannot be changed",
	Promise:  claim.Promise{From: "API, validation of pods' updates", Text: "pod updates may not change fields other than the containers' images, activeDeadlineSeconds and tolerations"},
	Kind:     claim.Conformance,
	Nodes:    claim.OneNode,
	Fixtures: []string{unsetManifest, fixtures.PageManifest},
	Shared: claim.Side{
		Observe: "by update and by both kinds of patch, true to false or absent and absent to true or false are refused, Invalid; a label is changed all the same; the running pods keep every process and container",
		Check:   changeRefused,
	},
	Isolated: claim.Side{
		Observe: "where the field is dropped, update and patch are accepted as no change; the running pods keep every process and container",
		Check:   changeRefused,
	},
}

// changeRefused tries every change of the field in every way on running pods, with the field set and without.
func changeRefused(ctx context.Context, b *lab.Bench) {
	unset := must(b.NewPod(ctx, unsetManifest))
	pods := []*lab.Pod{unset}
	changes := map[*lab.Pod][]any{unset: {true, false}}
	if b.Expect.Field == lane.Kept {
		set, _, _ := ownPagePod(ctx, b)
		pods = append(pods, set)
		changes[set] = []any{false, nil}
	}
	before := seenTwice(func() []string { return residents(ctx, pods) })
	var answers []string
	for _, p := range pods {
		for _, way := range lab.Ways {
			for _, to := range changes[p] {
				answers = append(answers, tryChange(ctx, b, p, way, to))
			}
			word := lab.Word()
			answer, err := p.Change(ctx, way, word, "metadata", "labels", "touched")
			done(err, "control: the %s of a label of pod %s should be accepted", way, p.Name)
			Control(answer.GetLabels()).To(HaveKeyWithValue("touched", word), "control: the %s of a label of pod %s should change it", way, p.Name)
		}
	}
	evidence("the API server's answers", strings.Join(answers, "\n"))
	quietly(ctx, func(g Gomega) {
		g.Expect(residents(ctx, pods)).To(ContainElements(before))
	}, "the running pods should keep every process and every container")
}

// tryChange tries to set the field, expects what the lane declares, and expects the pod to be as before. It returns the answer in words.
func tryChange(ctx context.Context, b *lab.Bench, p *lab.Pod, way lab.Way, to any) string {
	ginkgo.GinkgoHelper()
	before := must(p.Get(ctx))
	target := "absent"
	if to != nil {
		target = fmt.Sprint(to)
	}
	what := fmt.Sprintf("%s of %s from %s to %s in pod %s", way, shareField, value(before.Spec.ShareProcessNamespace), target, p.Name)
	answer, err := p.Change(ctx, way, to, "spec", shareField)
	words, _, _ := strings.Cut(fmt.Sprintf("%s: %v", what, err), "\n") // the rest is a comparison of the whole pods
	if b.Expect.Field == lane.Dropped {
		changed(err, "the %s should be accepted as no change", what)
		Expect(field(answer)).To(Equal("absent"), "the %s should be accepted as no change", what)
		words = what + ": accepted, no change"
	} else {
		Expect(err).To(HaveOccurred(), "the %s was accepted and should be refused", what)
		if !apierrors.IsInvalid(err) {
			done(err, "the %s should be refused as Invalid", what) // a policy's refusal comes first, and says nothing of validation
		}
		Expect(causes(err)).To(ContainElement(HavePrefix("spec")), "the refusal of the %s should be about the pod's spec; the answer: %v", what, err)
	}
	Expect(must(p.Get(ctx)).Spec).To(Equal(before.Spec), "the pod's spec should be as before the %s", what)
	return words
}

// changed ends the claim where a change was refused: by validation it is a contradiction.
func changed(err error, words ...any) {
	ginkgo.GinkgoHelper()
	if apierrors.IsInvalid(err) {
		Fail(saying(words) + err.Error())
	}
	done(err, words...)
}
