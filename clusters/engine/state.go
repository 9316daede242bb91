package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/owner"
)

// state is what a later process must know to stop the engine. It is written before dockerd begins, so that a run killed at any
// moment leaves enough behind.
type state struct {
	Process string  // the first of the engine's PID namespace, as owner.Process writes itself
	Shared  *string // the controllers that the root cgroup shared out before its processes were moved; nil where they were not
	Kept    bool
}

func (st *state) process() owner.Process {
	p, _ := owner.ParseProcess(st.Process) // of a damaged one: none, which does not run
	return p
}

func (c Config) statePath() string { return filepath.Join(c.StateDir, "engine.json") }

// load returns the state of an engine of ours, nil where there is none.
func (c Config) load() *state {
	b, err := os.ReadFile(c.statePath())
	if err != nil {
		return nil
	}
	var st state
	if json.Unmarshal(b, &st) != nil {
		return nil
	}
	return &st
}

func (c Config) save(st *state) error {
	if err := os.MkdirAll(c.StateDir, 0o755); err != nil {
		return fmt.Errorf("state of the Docker engine: %w", err)
	}
	b, err := json.Marshal(st)
	if err != nil {
		return err
	}
	// Renamed into place: a reader never sees half of it.
	tmp := c.statePath() + ".new"
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		return fmt.Errorf("state of the Docker engine: %w", err)
	}
	return os.Rename(tmp, c.statePath())
}

// ours tells whether the engine that answers is the one of the state.
func ours(st *state) bool { return st != nil && st.process().Runs() }

// forget removes our files; with the folder goes the last trace on the machine. The caller is alone.
func (c Config) forget() error {
	for _, path := range []string{c.statePath(), c.turnLock(), c.useLock()} {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	_ = os.Remove(c.StateDir) // others may keep files there
	return nil
}

// Keep marks an engine that gateproof started as one that must outlive its users (true), or takes the mark back
// (false). Nothing happens to any other engine.
func (e *Engine) Keep(keep bool) error {
	if !e.managed {
		return nil
	}
	return e.cfg.Keep(keep)
}

// Unkeep takes the mark of Keep back without holding the engine; Sweep can then stop it.
func Unkeep() error { return Default().Keep(false) }

// Keep is like Engine.Keep for whatever engine of ours has these paths.
func (c Config) Keep(keep bool) error {
	if c.load() == nil {
		return nil
	}
	turn, err := c.turn(context.Background())
	if err != nil {
		return err
	}
	defer turn.Release()
	st := c.load()
	if st == nil || st.Kept == keep {
		return nil
	}
	st.Kept = keep
	err = c.save(st)
	if errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("only root can keep the Docker engine that root started: %w", err)
	}
	return err
}
