package main

import (
	"context"
	"errors"
	"fmt"
)

// interrupted is what to say of a command that was: what it left behind, where an error beside the interrupt says so.
func interrupted(err error) error {
	if rest := beside(err); rest != nil {
		return fmt.Errorf("interrupted; %w", rest)
	}
	return errors.New("interrupted; what had been made is removed")
}

// beside are the errors that were joined with those of the interrupt.
func beside(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var rest []error
		for _, one := range joined.Unwrap() {
			rest = append(rest, beside(one))
		}
		return errors.Join(rest...)
	}
	if !errors.Is(err, context.Canceled) {
		return err
	}
	if inner := errors.Unwrap(err); inner != nil {
		return beside(inner)
	}
	return nil
}
