package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	. "github.com/onsi/gomega"
)

func TestWhatStaysBehindIsSaidAfterAnInterrupt(t *testing.T) {
	g := NewWithT(t)
	for _, err := range []error{context.Canceled, fmt.Errorf("waiting: %w", context.Canceled), errors.Join(context.Canceled, fmt.Errorf("reading: %w", context.Canceled))} {
		g.Expect(interrupted(err)).To(MatchError("interrupted; what had been made is removed"))
	}
	left := errors.New("2 namespaces are left")
	for _, err := range []error{errors.Join(context.Canceled, left), fmt.Errorf("looking: %w", errors.Join(fmt.Errorf("waiting: %w", context.Canceled), left))} {
		g.Expect(interrupted(err)).To(MatchError("interrupted; 2 namespaces are left"))
	}
}
