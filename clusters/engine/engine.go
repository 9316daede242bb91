// Package engine finds a Docker engine that answers, or installs and starts one, and leaves the machine as it was
// when the last user is done. Several processes may use one engine at once: each holds a shared lock, which the
// kernel drops when its holder dies, and whoever finds itself alone at the end stops the engine.
package engine

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"

	"github.com/gateproof/gateproof/clusters/engine/flock"
)

// KeepEnv in the environment ("", "0" and "false" apart) makes Release leave the engine running. It binds the process
// that has it set, not a later one.
const KeepEnv = "KEEP_ENGINE"

// Engine is a Docker engine that answered when Ensure looked.
type Engine struct {
	cfg     Config
	named   string      // what names a remote engine ("DOCKER_HOST=..."), "" for the local socket
	managed bool        // started by gateproof, this process or another
	use     *flock.Lock // marks this process as a user
}

// Ensure returns the engine that the docker command talks to. A named one (DOCKER_HOST, a docker context) must answer by
// itself. Otherwise, where nothing answers at the default socket, root on Debian or Ubuntu gets one: the packages
// are installed where missing and dockerd is started, told by progress steps. Call Release when done.
//
// The error is an *Unavailable with a remedy where there is no engine to be had.
func Ensure(ctx context.Context) (*Engine, error) { return Default().Ensure(ctx) }

// Ensure is like the function Ensure for an engine with these paths.
func (c Config) Ensure(ctx context.Context) (*Engine, error) {
	e := &Engine{cfg: c}
	if c.Host == "" {
		if e.named = named(); e.named != "" {
			if err := haveCommand(ctx); err != nil {
				return nil, err
			}
			if err := answersByCommand(ctx, e.named); err != nil {
				return nil, err
			}
			return e, nil
		}
	}
	use, err := c.hold(ctx)
	if err != nil {
		return nil, err
	}
	e.use = use
	if e.managed, err = c.provide(ctx); err != nil {
		_ = e.Release(ctx) // what has been started half-way
		return nil, err
	}
	return e, nil
}

// provide makes sure that the local socket answers and tells whether the engine behind it is ours.
func (c Config) provide(ctx context.Context) (managed bool, err error) {
	turn, err := c.turn(ctx)
	if err != nil {
		return false, err
	}
	defer turn.Release()

	st := c.load()
	pingErr := c.ping(ctx)
	if pingErr == nil {
		return ours(st), haveCommand(ctx)
	}
	switch {
	case ctx.Err() != nil:
		return false, context.Cause(ctx)
	case errors.Is(pingErr, os.ErrPermission):
		return false, c.refuses(pingErr)
	case errors.Is(pingErr, os.ErrNotExist), errors.Is(pingErr, syscall.ECONNREFUSED), ours(st):
		return true, c.start(ctx, st)
	}
	return false, &Unavailable{Reason: "something listens at " + c.Socket + " and does not answer as a Docker engine", Remedy: "look at it, or restart it", Err: pingErr}
}

// Release gives the engine back. It stops the engine, and undoes what it did to the machine, when gateproof started it, no
// other process of ours uses it, it is not kept (Keep) and KEEP_ENGINE is not set. Images stay: they are
// the cache. It does its work even where ctx has been cancelled, within StopTimeout.
func (e *Engine) Release(ctx context.Context) error {
	if e == nil || e.use == nil {
		return nil
	}
	e.use.Release()
	e.use = nil
	if keepWanted() {
		return nil
	}
	return e.cfg.Sweep(ctx)
}

// Sweep stops an engine that gateproof started with these paths, that nobody uses and that is not kept; otherwise it does nothing.
func (c Config) Sweep(ctx context.Context) error {
	if os.Geteuid() != 0 { // only root starts engines, only root can stop them
		return nil
	}
	if _, err := os.Stat(c.StateDir); err != nil { // nobody has ever been here
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), StopTimeout)
	defer cancel()
	alone, err := flock.Try(c.useLock(), flock.Exclusive)
	if errors.Is(err, flock.ErrHeld) {
		return nil
	}
	if err != nil {
		return err
	}
	defer alone.Release()
	allowServices()
	st := c.load()
	if st != nil && st.Kept {
		return nil
	}
	if st != nil {
		if err := c.stop(ctx, st); err != nil {
			return err // the state stays, for the next sweep
		}
	}
	return c.forget()
}

// StopTimeout bounds how long Release and Sweep take.
const StopTimeout = time.Minute

// docker returns the command line of a docker command for this engine.
func (e *Engine) docker(args ...string) []string {
	argv := []string{"docker"}
	if e.cfg.Host != "" {
		argv = append(argv, "--host", e.cfg.Host)
	}
	return append(argv, args...)
}
