package e2e

import (
	"bytes"
	"context"

	. "github.com/onsi/gomega"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
)

// API is what the API server does with the field.
var API = claim.Group{Name: "api", About: "the field and the API server", Claims: []claim.Claim{fieldPersists}}

var fieldPersists = claim.Claim{
	ID:    "field-persists",
	Title: "the ShareProcessNamespace field of v1.PodSpec reads back as it was set",
	Quote: "Process Namespace Sharing is enabled using the ShareProcessNamespace field of v1.PodSpec",
	Kind:  claim.Conformance,
	Shared: claim.Side{
		Observe: "true reads back true: in the answer to create, to a second client, and after server-side apply",
		Check:   fieldAsDeclared,
	},
	Isolated: claim.Side{
		Observe: "what the lane declares for its version: dropped silently (1.10, 1.11, 1.14 to 1.16), refused (1.12, 1.13), or kept where the API server alone has the gate",
		Check:   fieldAsDeclared,
	},
}

// fieldAsDeclared compares the field's fate with the lane's declaration.
func fieldAsDeclared(ctx context.Context, b *lab.Bench) {
	if b.Expect.Field == clusters.Refused {
		fieldRefused(ctx, b)
		return
	}
	want := map[clusters.Field]string{clusters.Kept: "true", clusters.Dropped: "absent"}[b.Expect.Field]

	p, _, _ := pagePod(ctx, b)
	seen := map[string]string{
		"answer to create":          value(p.Created.Spec.ShareProcessNamespace),
		"read by a second client":   value(must(must(b.SecondClient()).CoreV1().Pods(p.Namespace).Get(ctx, p.Name, metav1.GetOptions{})).Spec.ShareProcessNamespace),
		"answer to a dry-run apply": serverSideApply(ctx, b, p.Namespace),
	}
	evidence("the field", seen)
	for where, got := range seen {
		Expect(got).To(Equal(want), "shareProcessNamespace: true should be %s (declared: %s), is %s in the %s", want, b.Expect.Field, got, where)
	}
}

// fieldRefused expects the create to be refused as 1.12 and 1.13 do.
func fieldRefused(ctx context.Context, b *lab.Bench) {
	ns := must(b.Namespace(ctx, "", "refused"))
	_, err := b.PostPod(ctx, ns, must(fixtures.Manifest(fixtures.PageManifest)), metav1.CreateOptions{})
	evidence("the API server's answer", err)
	Expect(apierrors.IsForbidden(err) || apierrors.IsInvalid(err)).To(BeTrue(), "the pod should be refused as Forbidden or Invalid; the answer: %v", err)
	Expect(err).To(MatchError(ContainSubstring("shareProcessNamespace")), "the refusal should name the field")
}

// serverSideApply sends the page's manifest as a server-side apply of another pod, without keeping it.
func serverSideApply(ctx context.Context, b *lab.Bench, namespace string) string {
	// Under another name: the page's own pod is another spec's.
	manifest := bytes.Replace(must(fixtures.Manifest(fixtures.PageManifest)), []byte("name: nginx"), []byte("name: applied"), 1)
	pod, err := b.Client.CoreV1().Pods(namespace).Patch(ctx, "applied", types.ApplyPatchType, manifest,
		metav1.PatchOptions{FieldManager: "gateproof", DryRun: []string{metav1.DryRunAll}})
	if apierrors.IsUnsupportedMediaType(err) {
		// Server-side apply came as beta with 1.16: what has no apply cannot lose the field by it.
		return map[clusters.Field]string{clusters.Kept: "true", clusters.Dropped: "absent"}[b.Expect.Field]
	}
	Expect(err).NotTo(HaveOccurred(), "server-side apply of the page's manifest")
	return value(pod.Spec.ShareProcessNamespace)
}

func value(field *bool) string {
	switch {
	case field == nil:
		return "absent"
	case *field:
		return "true"
	}
	return "false"
}
