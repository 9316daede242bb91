package claims

import (
	"context"

	. "github.com/onsi/gomega"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

// Two pods of two containers each: the field absent, and false.
const (
	unsetManifest = "unset-and-false-isolate-unset.yaml"
	falseManifest = "unset-and-false-isolate-false.yaml"
)

var unsetAndFalseIsolate = claim.Claim{
	ID:       "unset-and-false-isolate",
	Title:    "a pod with the field absent, and one with false, do not share",
	Page:     []string{"configure.field"},
	Promise:  claim.Promise{From: "API, PodSpec.shareProcessNamespace", Text: "Default to false"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{unsetManifest, falseManifest},
	Shared: claim.Side{
		Observe: "in both pods no container sees a process of the other one; absent reads back absent, false reads back false",
		Check:   unsetAndFalse,
	},
	Isolated: claim.Side{
		Observe: "the same; false is dropped, refused or kept as the lane declares",
		Check:   unsetAndFalse,
	},
}

func unsetAndFalse(ctx context.Context, b *lab.Bench) {
	unset := must(b.SharedPod(ctx, unsetManifest))
	Expect(value(must(unset.Get(ctx)).Spec.ShareProcessNamespace)).To(Equal("absent"), "the field was not set and should read back absent")
	for _, viewer := range unset.Containers() {
		seesItselfAlone(ctx, viewer, "the pod without the field")
	}

	if b.Expect.Field == lane.Refused {
		ns, o := must(b.Namespace(ctx, "false", falseManifest)), must(lab.Objects(falseManifest))[0]
		_, err := b.Create(ctx, ns, o)
		expectRefused(ctx, b, ns, o, err)
		return
	}
	want := map[lane.Field]string{lane.Kept: "false", lane.Dropped: "absent"}[b.Expect.Field]
	no := must(b.SharedPod(ctx, falseManifest))
	got := value(must(no.Get(ctx)).Spec.ShareProcessNamespace)
	Expect(got).To(Equal(want), "%s: false should be %s, as the lane declares; it reads back %s", shareField, b.Expect.Field, got)
	for _, viewer := range no.Containers() {
		seesItselfAlone(ctx, viewer, "the pod with false")
	}
}

var hostPIDExclusive = claim.Claim{
	ID:       "hostpid-exclusive",
	Title:    "HostPID and ShareProcessNamespace cannot both be set",
	Promise:  claim.Promise{From: "API, PodSpec.shareProcessNamespace", Text: "HostPID and ShareProcessNamespace cannot both be set"},
	Kind:     claim.Conformance,
	Nodes:    claim.OneNode,
	Fixtures: []string{"hostpid-exclusive.yaml"},
	Shared: claim.Side{
		Observe: "create is refused, 422 Invalid, the field named as the cause; each of the two alone is accepted",
		Check:   bothFields,
	},
	Isolated: claim.Side{
		Observe: "where the field is dropped, it is dropped before validation: accepted, reads back hostPID alone",
		Check:   bothFields,
	},
}

func bothFields(ctx context.Context, b *lab.Bench) {
	ns, objects := must(b.Namespace(ctx, "hostpid", "hostpid-exclusive.yaml")), must(lab.Objects("hostpid-exclusive.yaml"))
	both, hostPID, share := objects[0], objects[1], objects[2]
	_, err := b.Create(ctx, ns, both)
	evidence("the API server's answer to both", answerWords(err))
	if b.Expect.Field == lane.Dropped {
		accepted(ctx, b, ns, both, err, "with the field dropped, hostPID is all that is left and should be accepted")
		got := must(b.ReadBack(ctx, ns, both))
		Expect(field(got)).To(Equal("absent"), "%s should be dropped where hostPID is set as well", shareField)
		Expect(must(got.PodField("hostPID"))).To(Equal("true"), "hostPID should be kept where %s is dropped", shareField)
	} else {
		expectRefused(ctx, b, ns, both, err)
	}

	answer, err := b.Create(ctx, ns, hostPID)
	done(err, "control: hostPID alone should be accepted")
	Control(must(answer.PodField("hostPID"))).To(Equal("true"), "control: hostPID alone should be kept")
	answer, err = b.Create(ctx, ns, share)
	if b.Expect.Field == lane.Refused {
		Control(apierrors.IsInvalid(err) || apierrors.IsForbidden(err)).To(BeTrue(), "%s alone should be refused too, as the lane declares; the answer: %v", shareField, err)
		return
	}
	done(err, "control: %s alone should be accepted", shareField)
	Control(field(answer)).To(Equal(declared(b)), "control: %s alone should be %s", shareField, b.Expect.Field)
}
