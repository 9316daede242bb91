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

// API is what the API server does with the field.
var API = claim.Group{Name: "api", About: "the field and the API server", Claims: []claim.Claim{
	fieldPersists, fieldInTemplates, fieldDocumented, unsetAndFalseIsolate, hostPIDExclusive, fieldImmutable, criMode,
}}

// shareField is the field that the suite is about.
const shareField = "shareProcessNamespace"

var fieldPersists = claim.Claim{
	ID:       "field-persists",
	Title:    "the ShareProcessNamespace field of v1.PodSpec reads back as it was set",
	Page:     []string{"configure.field"},
	Kind:     claim.Conformance,
	Nodes:    claim.OneNode,
	Fixtures: []string{"field-persists.yaml", fixtures.PageManifest},
	Shared: claim.Side{
		Observe: "true reads back true: in the answers to create and to server-side apply, to a second client after each, and of the page's pod while it runs",
		Check:   fieldAsDeclared,
	},
	Isolated: claim.Side{
		Observe: "what the lane declares for its version: dropped silently (1.10, 1.11, 1.14 to 1.16), refused (1.12, 1.13), or kept where the API server alone has the gate",
		Check:   fieldAsDeclared,
	},
}

// fieldAsDeclared compares the field's fate with the lane's declaration.
func fieldAsDeclared(ctx context.Context, b *lab.Bench) {
	ns, objects := must(b.Namespace(ctx, "persists", "field-persists.yaml")), must(lab.Objects("field-persists.yaml"))
	posted, applied := objects[0], objects[1]
	answer, err := b.Create(ctx, ns, posted)
	if b.Expect.Field == lane.Refused {
		evidence("the API server's answer to create", answerWords(err))
		expectRefused(ctx, b, ns, posted, err)
		return
	}
	accepted(ctx, b, ns, posted, err, "a pod with %s: true should be accepted", shareField)
	running, _, _ := pagePod(ctx, b)
	seen := map[string]string{
		"answer to create":                    field(answer),
		"posted pod, read by a second client": field(must(b.ReadBack(ctx, ns, posted))),
		"page's running pod":                  field(must(b.ReadBack(ctx, running.Namespace, must(lab.Objects(fixtures.PageManifest))[0]))),
	}
	answer, supported, err := b.Apply(ctx, ns, applied)
	if supported {
		accepted(ctx, b, ns, applied, err, "a server-side apply with %s: true should be accepted", shareField)
		seen["answer to server-side apply"] = field(answer)
		seen["applied pod, read by a second client"] = field(must(b.ReadBack(ctx, ns, applied)))
	} else {
		evidence("server-side apply", "left out: this server has none")
	}
	evidence("the field", seen)
	for where, got := range seen {
		Expect(got).To(Equal(declared(b)), "%s: true should be %s, as the lane declares; in the %s it is %s", shareField, b.Expect.Field, where, got)
	}
}

// declared is what `true` reads back as, by the lane's declaration.
func declared(b *lab.Bench) string {
	if b.Expect.Field == lane.Kept {
		return "true"
	}
	return "absent"
}

// field is shareProcessNamespace as an object has it: true, false or absent.
func field(o lab.Object) string {
	ginkgo.GinkgoHelper()
	return must(o.PodField(shareField))
}

// expectRefused expects the answer to a create to be a refusal that names the field, and the object not to be there.
func expectRefused(ctx context.Context, b *lab.Bench, namespace string, o lab.Object, err error) {
	ginkgo.GinkgoHelper()
	Expect(err).To(HaveOccurred(), "%s was accepted and should be refused", o)
	// What validation forbids comes as Invalid. Where the field is refused altogether it may be Forbidden; elsewhere a policy says so, and
	// comes first.
	if !apierrors.IsInvalid(err) && !(b.Expect.Field == lane.Refused && apierrors.IsForbidden(err)) {
		done(err, "%s should be refused as Invalid", o)
	}
	Expect(causes(err)).To(ContainElement(MatchRegexp(`(^|\.)`+shareField+`: `)), "the refusal of %s should name the field that causes it; the answer: %v", o, err)
	_, err = b.ReadBack(ctx, namespace, o)
	Expect(err).To(HaveOccurred(), "%s was refused and should not be there", o)
	if !apierrors.IsNotFound(err) {
		done(err, "%s was refused and should not be there", o)
	}
}

// accepted ends the claim where an object was refused. It is a contradiction where validation refuses the object with the field, and not
// without; all else is a policy's, a quota's or the network's doing.
func accepted(ctx context.Context, b *lab.Bench, namespace string, o lab.Object, err error, words ...any) {
	ginkgo.GinkgoHelper()
	if apierrors.IsInvalid(err) && b.AdmitsWithout(ctx, namespace, o, shareField) {
		Fail(saying(words) + err.Error() + "; without the field it would be")
	}
	done(err, words...)
}

// answerWords is the answer to a write in words.
func answerWords(err error) string {
	if err != nil {
		return err.Error()
	}
	return "accepted"
}

// causes are the reasons of a refusal as "field: message".
func causes(err error) []string {
	status, ok := err.(apierrors.APIStatus)
	if !ok || status.Status().Details == nil {
		return nil
	}
	var out []string
	for _, c := range status.Status().Details.Causes {
		out = append(out, c.Field+": "+c.Message)
	}
	return out
}

var fieldDocumented = claim.Claim{
	ID:       "field-documented",
	Title:    "the API's own description names the field, a boolean of PodSpec",
	Page:     []string{"configure.field"},
	Promise:  claim.Promise{From: "API, PodSpec.shareProcessNamespace", Text: "Share a single process namespace between all of the containers in a pod"},
	Kind:     claim.Conformance,
	Nodes:    claim.OneNode,
	Shared:   claim.Side{Observe: "OpenAPI has shareProcessNamespace, type boolean, on PodSpec, and PodTemplateSpec carries a PodSpec", Check: documented},
	Isolated: claim.Side{Observe: "the same: the schema does not depend on the gate", Check: documented},
}

// documented reads every OpenAPI description that the server has.
func documented(ctx context.Context, b *lab.Bench) {
	pod, template := must(b.Properties(ctx, "PodSpec")), must(b.Properties(ctx, "PodTemplateSpec"))
	Expect(pod).NotTo(BeEmpty(), "the server should describe itself at /openapi/v2 or /openapi/v3")
	for where, fields := range pod {
		evidence(where, fmt.Sprintf("%s %s: %q", shareField, fields[shareField].Type, fields[shareField].Description))
		Control(fields).To(HaveKeyWithValue("hostPID", HaveField("Type", "boolean")), "control: PodSpec in %s should have hostPID", where)
		Expect(fields).To(HaveKey(shareField), "PodSpec in %s should have the field", where)
		Expect(fields[shareField].Type).To(Equal("boolean"), "the field's type in %s", where)
		Expect(strings.ToLower(fields[shareField].Description)).To(ContainSubstring("process namespace"), "the field's description in %s should say what it does", where)
		Expect(template[where]["spec"].Ref).To(HaveSuffix("/io.k8s.api.core.v1.PodSpec"), "what PodTemplateSpec carries in %s", where)
	}
}
