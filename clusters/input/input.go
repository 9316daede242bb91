// Package input marks what the caller can mend.
package input

import (
	"errors"
	"fmt"
)

// Err marks errors that the caller can mend: a lane file, a lane's name, an option.
var Err = errors.New("bad input")

// inputError is a message of its own that is Err too, without saying "bad input" in front.
type inputError struct{ error }

func (e inputError) Is(target error) bool { return target == Err }
func (e inputError) Unwrap() error        { return e.error }

// Errorf makes an Err.
func Errorf(format string, args ...any) error { return inputError{fmt.Errorf(format, args...)} }
