package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gateproof/gateproof/clusters/procstat"
)

// state is what a later process must know to stop the engine and put the machine back. It is written before
// dockerd starts, so that a run killed at any moment leaves enough behind.
type state struct {
	Boot   string // the machine's boot id: /run is on a disk on some machines
	PID    int    // 0: not known yet, dockerd's pid file has it
	Unit   bool   // systemd runs it, since the package was installed
	Kept   bool
	Log    string // where dockerd writes; this tells our dockerd from any other
	Before machine
}

func (c Config) statePath() string { return filepath.Join(c.StateDir, "engine.json") }

// load returns the state of an engine of ours, nil where there is none since the machine booted.
func (c Config) load() *state {
	b, err := os.ReadFile(c.statePath())
	if err != nil {
		return nil
	}
	var st state
	if json.Unmarshal(b, &st) != nil || st.Boot != procstat.BootID() {
		return nil
	}
	return &st
}

func (c Config) save(st *state) error {
	if err := os.MkdirAll(c.StateDir, 0o755); err != nil {
		return fmt.Errorf("state of the Docker engine: %w", err)
	}
	b, err := json.MarshalIndent(st, "", "  ")
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

// pid is the process id of the dockerd that st describes, 0 when it is not running. A dockerd that someone else
// started since is not it.
func (c Config) pid(st *state) int {
	if st == nil {
		return 0
	}
	pid := st.PID
	if pid == 0 { // the starter died before it could write the number down
		pid = readPID(c.PIDFile)
	}
	if !runs(pid, "dockerd") {
		return 0
	}
	out, _ := os.Readlink(fmt.Sprintf("/proc/%d/fd/1", pid))
	if st.Log == "" || strings.TrimSuffix(out, " (deleted)") != realPath(st.Log) {
		return 0
	}
	return pid
}

// ours tells whether the engine that st describes is there.
func (c Config) ours(ctx context.Context, st *state) bool {
	return st != nil && (c.pid(st) != 0 || st.Unit && unitActive(ctx, "docker.service"))
}

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

func readPID(path string) int {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(b)))
	return pid
}

// runs tells whether the process lives and is that program. kill(pid, 0) would take a zombie, or a stranger
// who got the number, for it.
func runs(pid int, program string) bool {
	if pid <= 0 {
		return false
	}
	stat, err := procstat.Read(pid)
	return err == nil && stat.Name == program && stat.Alive()
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
