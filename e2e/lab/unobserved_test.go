package lab

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/gateproof/gateproof/reports"
)

func TestCauseOf(t *testing.T) {
	pods := schema.GroupResource{Resource: "pods"}
	refused := func(words string) error { return apierrors.NewForbidden(pods, "nginx", errors.New(words)) }
	for name, c := range map[string]struct {
		err  error
		want reports.Cause
	}{
		"told already":    {fmt.Errorf("creating: %w", unobserved(reports.CauseImage, "no such image")), reports.CauseImage},
		"quota":           {refused("exceeded quota: team, requested: pods=1"), reports.CauseQuota},
		"quota of limits": {refused("failed quota: team: must specify requests.cpu"), reports.CauseQuota},
		"policy":          {refused("violates PodSecurity"), reports.CauseAdmission},
		"webhook down":    {apierrors.NewInternalError(errors.New(`failed calling webhook "x"`)), reports.CauseAdmission},
		"busy":            {apierrors.NewTooManyRequests("later", 1), reports.CauseAPIServer},
		"out of reach":    {&url.Error{Op: "Get", URL: "https://x", Err: errors.New("connection refused")}, reports.CauseAPIServer},
		"time":            {fmt.Errorf("waiting: %w", context.DeadlineExceeded), reports.CauseTime},
		"any other":       {errors.New("exit code 1"), reports.CauseOther},
	} {
		t.Run(name, func(t *testing.T) { NewWithT(t).Expect(CauseOf(c.err)).To(Equal(c.want)) })
	}
}

func TestPollTellsWhyItWasInVain(t *testing.T) {
	g := NewWithT(t)
	none := func(err error) error {
		return poll(t.Context(), time.Nanosecond, "an answer", func() (bool, string, error) { return false, "nothing", err })
	}
	g.Expect(CauseOf(none(nil))).To(Equal(reports.CauseTime))
	exec := none(notYet{unobserved(reports.CauseExec, "no stream")})
	g.Expect(exec).To(MatchError(ContainSubstring("waited 1ns for an answer; last seen: no stream")))
	g.Expect(CauseOf(exec)).To(Equal(reports.CauseExec))
	g.Expect(none(errors.New("exit code 2"))).To(MatchError("waiting for an answer: exit code 2"), "what is no matter of time ends the wait")
}
