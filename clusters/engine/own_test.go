package engine

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// needDockerd skips where no engine can be started.
func needDockerd(t *testing.T) {
	if !startsEngines() || absent("dockerd", "docker") != nil {
		t.Skip("only root starts engines, where dockerd is installed")
	}
}

func TestAnEngineOfOursLeavesNothing(t *testing.T) {
	needDockerd(t)
	t.Setenv(KeepEnv, "")
	had := map[string]bool{}
	for _, folder := range []string{"/run/docker", "/run/containerd"} {
		_, err := os.Stat(folder)
		had[folder] = err == nil
	}
	for name, end := range map[string]func(*testing.T, Config, *Engine){
		"stopped": func(t *testing.T, _ Config, e *Engine) {
			if err := e.Release(t.Context()); err != nil {
				t.Error(err)
			}
		},
		"its first process killed, with the run": func(t *testing.T, c Config, e *Engine) {
			e.use.Release() // as the kernel does for a run that is killed
			if err := signal(c.load().process().PID, os.Kill); err != nil {
				t.Error(err)
			}
			if err := c.Sweep(t.Context()); err != nil {
				t.Error(err)
			}
		},
		"the run killed alone": func(t *testing.T, c Config, e *Engine) {
			e.use.Release()
			if err := c.Sweep(t.Context()); err != nil {
				t.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := inTemp(t)
			e, err := c.Ensure(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			inner := c.load().process()
			if !e.managed || !inner.Runs() {
				t.Errorf("managed %v, process %s", e.managed, inner)
			}
			second, err := c.Ensure(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := second.Release(t.Context()); err != nil || !inner.Runs() {
				t.Errorf("stopped under its other user, %v", err)
			}
			if err := e.Keep(true); err != nil {
				t.Error(err)
			}
			if err := c.Sweep(t.Context()); err != nil || e.Alive(t.Context()) != nil {
				t.Errorf("a kept engine is stopped, %v", err)
			}
			if err := e.Keep(false); err != nil {
				t.Error(err)
			}
			end(t, c, e)
			if inner.Runs() {
				t.Error("it runs")
			}
			left, _ := filepath.Glob(filepath.Join(filepath.Dir(c.Socket), "*"))
			for _, path := range left {
				if path != c.DataRoot && path != c.Log {
					t.Errorf("left: %s", path)
				}
			}
			for folder, there := range had {
				if _, err := os.Stat(folder); err == nil && !there {
					t.Errorf("left: %s", folder)
				}
			}
			mounts, err := os.ReadFile("/proc/self/mountinfo")
			if err != nil || strings.Contains(string(mounts), filepath.Dir(c.Socket)) {
				t.Errorf("a mount is left in %s, %v", mounts, err)
			}
			if out, err := exec.Command("pgrep", "--full", c.ExecRoot).Output(); err == nil {
				t.Errorf("processes %s", out)
			}
		})
	}
}

func TestEnginesOfOursLeaveEachOtherAlone(t *testing.T) {
	needDockerd(t)
	t.Setenv(KeepEnv, "")
	var engines []*Engine
	var configs []Config
	for range 2 {
		c := inTemp(t)
		e, err := c.Ensure(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		engines, configs = append(engines, e), append(configs, c)
	}
	if err := engines[0].Release(t.Context()); err != nil {
		t.Error(err)
	}
	mounts, err := os.ReadFile(fmt.Sprintf("/proc/%d/mountinfo", configs[1].load().process().PID))
	for _, folder := range []string{"/run/docker", "/run/containerd", configs[1].ExecRoot} {
		if err != nil || !strings.Contains(string(mounts), " "+folder+" ") {
			t.Errorf("the other engine has lost what is mounted on %s, %v", folder, err)
		}
	}
	if err := engines[1].Release(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAnEngineThatCannotStartTellsItsLog(t *testing.T) {
	needDockerd(t)
	c := inTemp(t)
	if err := os.WriteFile(c.DataRoot, nil, 0o644); err != nil { // no folder
		t.Fatal(err)
	}
	_, err := c.Ensure(t.Context())
	var u *Unavailable
	if !errors.As(err, &u) || !strings.Contains(u.Tail, c.DataRoot) {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(c.StateDir); err == nil {
		t.Error("our files are left behind")
	}
}
