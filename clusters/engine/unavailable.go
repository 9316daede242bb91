package engine

import "strings"

// Unavailable says why there is no Docker engine to be had and what to do about it.
type Unavailable struct {
	Reason string
	Remedy string
	Log    string // the engine's log, "" where there is none of ours
	Tail   string // its last lines
	Err    error  // what was run and what it printed, may be nil
}

func (u *Unavailable) Error() string {
	s := u.Reason
	if u.Remedy != "" {
		s += "; " + u.Remedy
	}
	if u.Log != "" {
		s += "\n  its log is " + u.Log
	}
	if u.Tail != "" {
		s += ", which ends:\n    " + strings.ReplaceAll(u.Tail, "\n", "\n    ")
	}
	if u.Err != nil {
		s += "\n  " + u.Err.Error()
	}
	return s
}

func (u *Unavailable) Unwrap() error { return u.Err }
