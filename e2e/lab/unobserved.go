package lab

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/gateproof/gateproof/reports"
)

// Unobserved is an error of looking: what a claim promises was neither seen nor contradicted.
type Unobserved struct {
	Cause reports.Cause
	Err   error
}

func (u *Unobserved) Error() string { return u.Err.Error() }
func (u *Unobserved) Unwrap() error { return u.Err }

// unobserved is an Unobserved in words.
func unobserved(cause reports.Cause, format string, args ...any) error {
	return &Unobserved{cause, fmt.Errorf(format, args...)}
}

// Contradiction is what a control has shown: the same thing works without the field, and not with it.
type Contradiction struct{ Err error }

func (c *Contradiction) Error() string { return c.Err.Error() }
func (c *Contradiction) Unwrap() error { return c.Err }

// CauseOf is why an error of this package's kept a claim from looking.
func CauseOf(err error) reports.Cause {
	var u *Unobserved
	var network net.Error
	var unreached *url.Error
	switch {
	case errors.As(err, &u):
		return u.Cause
	case apierrors.IsForbidden(err) && ofQuota(err):
		return reports.CauseQuota
	case apierrors.IsForbidden(err), apierrors.IsInvalid(err), apierrors.IsInternalError(err) && strings.Contains(err.Error(), "webhook"):
		return reports.CauseAdmission
	case errors.As(err, &unreached):
		return reports.CauseAPIServer
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return reports.CauseTime
	case errors.As(err, &network), silent(err), apierrors.IsInternalError(err), apierrors.IsUnauthorized(err):
		return reports.CauseAPIServer
	}
	return reports.CauseOther
}

// ofQuota tells the refusals of ResourceQuota and LimitRange, which have no reason of their own. It names the cause, and decides nothing.
func ofQuota(err error) bool {
	for _, words := range []string{"quota", "must specify", "maximum", "minimum", "limits to requests ratio"} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}
