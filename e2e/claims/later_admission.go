package claims

import (
	"context"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var baselineAdmits = claim.Claim{
	ID:       "baseline-admits",
	Title:    "Pod Security admits the field under baseline and restricted; the page's SYS_PTRACE it does not",
	Promise:  claim.Promise{From: "Pod Security Standards", Text: "Host Namespaces: Sharing the host namespaces must be disallowed (hostNetwork, hostPID, hostIPC); Capabilities: Adding additional capabilities beyond those listed must be disallowed"},
	Kind:     claim.Conformance,
	Nodes:    claim.OneNode,
	Fixtures: []string{"baseline-admits.yaml"},
	Where:    claim.Since("v1.25.0"),
	Shared: claim.Side{
		Observe: "under baseline and under restricted: a pod that meets the level and has the field is admitted and reads back true; the same with SYS_PTRACE added, and with hostPID in the field's place, is refused, Forbidden, in words that name it; under baseline so is the page's own",
		Check: func(ctx context.Context, b *lab.Bench) {
			objects := must(lab.Objects("baseline-admits.yaml"))
			page := must(lab.Objects("share-process-namespace.yaml"))[0]
			for level, pods := range map[lab.Level][]lab.Object{
				"baseline":   {objects[0], objects[1], objects[2], page},
				"restricted": {objects[3], objects[4], objects[5]},
			} {
				ns := must(b.NamespaceAt(ctx, level, string(level)))
				answer, err := b.Create(ctx, ns, pods[0])
				admitted(ctx, b, ns, pods[0], err, string(level))
				Expect(field(answer)).To(Equal("true"), "%s should be kept under %s", shareField, level)
				for i, names := range []string{"SYS_PTRACE", "hostPID", "SYS_PTRACE"}[:len(pods)-1] {
					refused := pods[i+1]
					_, err := b.Create(ctx, ns, refused)
					evidence(fmt.Sprintf("%s: the answer to %s", level, refused), answerWords(err))
					Expect(apierrors.IsForbidden(err)).To(BeTrue(), "%s should be refused under %s; the answer: %v", refused, level, err)
					Expect(err.Error()).To(And(ContainSubstring(names), ContainSubstring(string(level))), "the refusal of %s under %s should name what it is for", refused, level)
					Expect(strings.ToLower(err.Error())).NotTo(ContainSubstring(strings.ToLower(shareField)), "the refusal of %s under %s should not be for the field", refused, level)
				}
			}
		},
	},
	Isolated: cannotIsolate,
}

// admitted ends the claim where a pod with the field was refused: it is a contradiction where the level admits the same pod without.
func admitted(ctx context.Context, b *lab.Bench, ns string, o lab.Object, err error, level string) {
	ginkgo.GinkgoHelper()
	if err != nil && b.AdmitsWithout(ctx, ns, o, shareField) {
		Fail(shareField + " alone should be admitted under " + level + ": " + err.Error() + "; without the field it would be")
	}
	done(err, "%s alone should be admitted under %s", shareField, level)
}

var windowsForbidden = claim.Claim{
	ID:       "windows-forbidden",
	Title:    "a pod for Windows cannot have the field",
	Promise:  claim.Promise{From: "API, PodSpec.os", Text: "If the OS field is set to windows, following fields must be unset: spec.hostPID, [...] spec.shareProcessNamespace"},
	Kind:     claim.Conformance,
	Nodes:    claim.OneNode,
	Fixtures: []string{"windows-forbidden.yaml"},
	Where:    claim.Since("v1.25.0"),
	Shared: claim.Side{
		Observe: "os.name windows with true, and with false, is refused, 422 Invalid, the field named as the cause; os.name windows without the field, and linux with it, are accepted",
		Check: func(ctx context.Context, b *lab.Bench) {
			ns, objects := must(b.Namespace(ctx, "windows", "windows-forbidden.yaml")), must(lab.Objects("windows-forbidden.yaml"))
			for _, o := range objects[:2] {
				_, err := b.Create(ctx, ns, o)
				evidence("the API server's answer to "+o.String(), answerWords(err))
				expectRefused(ctx, b, ns, o, err)
			}
			for _, o := range objects[2:] {
				_, err := b.Create(ctx, ns, o)
				done(err, "control: %s should be accepted", o)
			}
		},
	},
	Isolated: cannotIsolate,
}
