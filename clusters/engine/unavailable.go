package engine

import (
	"errors"
	"os"
	"strings"

	"github.com/gateproof/gateproof/clusters/run"
)

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

// refuses says that a socket is there and not for this user.
func (c Config) refuses(err error) *Unavailable {
	return &Unavailable{Reason: "the Docker engine's socket " + c.Socket + " refuses this user (" + os.ErrPermission.Error() + ")",
		Remedy: "join the group docker (sudo usermod -aG docker $USER, then log in again) or run as root", Err: err}
}

// unlike says, in the engine's own words, that it and the docker command are of versions that do not speak to each other. nil for any
// other error.
func unlike(err error) *Unavailable {
	var failed *run.Error
	if !errors.As(err, &failed) {
		return nil
	}
	for line := range strings.Lines(failed.Output) {
		if strings.Contains(line, "API version") {
			return &Unavailable{Reason: "the Docker engine answers, but not to this docker command: " + strings.TrimSpace(line),
				Remedy: "update the docker command (unset DOCKER_API_VERSION, if that is set)"}
		}
	}
	return nil
}
