package up

import "errors"

// LaneError says which lane did not come up, and why.
type LaneError struct {
	Lane string
	Err  error
}

func (e *LaneError) Error() string { return "lane " + e.Lane + ": " + e.Err.Error() }
func (e *LaneError) Unwrap() error { return e.Err }

// LaneErrors finds all lanes' errors in err, joined ones too.
func LaneErrors(err error) []*LaneError {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var out []*LaneError
		for _, e := range joined.Unwrap() {
			out = append(out, LaneErrors(e)...)
		}
		return out
	}
	var one *LaneError
	if errors.As(err, &one) {
		return []*LaneError{one}
	}
	return nil
}
