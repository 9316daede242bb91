package debian

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// StatusError is a mirror's answer other than 200.
type StatusError struct {
	URL    string
	Code   int
	Status string // as in "404 Not Found"
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("%s: the Debian mirror answered %s; if it stays so set %s to another one", e.URL, e.Status, MirrorEnv)
}

// UnreachableError says that no answer came, or not all of it.
type UnreachableError struct {
	URL string
	Err error
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("%s: cannot read from the Debian mirror: %v; check the network, or set HTTP_PROXY, "+
		"or %s to a mirror that answers", e.URL, e.Err, MirrorEnv)
}

func (e *UnreachableError) Unwrap() error { return e.Err }

// broken explains a request without an answer; ctx knows why it was given up.
func broken(ctx context.Context, where string, err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err // it repeats the address
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return &UnreachableError{URL: where, Err: err}
}

// passing tells what may be over soon.
func passing(err error) bool {
	var lost *UnreachableError
	var status *StatusError
	switch {
	case errors.As(err, &lost):
		return true
	case errors.As(err, &status):
		return status.Code >= http.StatusInternalServerError || status.Code == http.StatusTooManyRequests
	}
	return false
}

// absent tells that a mirror lacks a file.
func absent(err error) bool {
	var status *StatusError
	return errors.As(err, &status) && (status.Code == http.StatusNotFound || status.Code == http.StatusGone)
}
