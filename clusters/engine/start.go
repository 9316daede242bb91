package engine

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/procstat"
	"github.com/gateproof/gateproof/clusters/progress"
)

// startTimeout is how long dockerd may take until it answers. It takes about a second; many containers to
// restore after a crash, or a slow disk, make it longer.
const startTimeout = 60 * time.Second

// startPoll is how often the socket is tried meanwhile.
const startPoll = 50 * time.Millisecond

// start installs what is missing and starts dockerd. st is the state that an engine of ours left behind, nil for
// none: what the machine was like before is then in it, and must not be recorded anew.
func (c Config) start(ctx context.Context, st *state) error {
	if pid := c.pid(st); pid != 0 && st != nil {
		// Started by a run that was killed meanwhile, or hanging.
		if err := c.await(ctx, nil); err == nil || ctx.Err() != nil {
			return err
		}
		endProcess(ctx, pid, "dockerd", nil)
	}
	if st == nil {
		st = &state{Boot: procstat.BootID(), Before: c.record()}
	}
	st.Log = c.Log
	if err := c.install(ctx, st); err != nil || st.Unit {
		return err
	}
	return c.launch(ctx, st)
}

func (c Config) launch(ctx context.Context, st *state) (err error) {
	step := progress.Start(ctx, "start the Docker engine")
	defer step.End(&err)
	runtime, err := boundedRuntime(ctx)
	if err != nil {
		return err
	}
	c.dropStalePIDs()
	st.PID = 0
	if err := c.save(st); err != nil {
		return err
	}
	cmd, err := c.spawn(runtime)
	if err != nil {
		return err
	}
	st.PID = cmd.Process.Pid
	if err := c.save(st); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }() // also reaps it, should it die under us
	return c.await(ctx, ended)
}

// spawn starts dockerd in a session of its own, out of reach of the terminal's Ctrl-C, with its output in the log.
func (c Config) spawn(runtime string) (*exec.Cmd, error) {
	if err := os.MkdirAll(filepath.Dir(c.Log), 0o755); err != nil {
		return nil, fmt.Errorf("log of the Docker engine: %w", err)
	}
	_ = os.Rename(c.Log, c.Log+".old") // why the previous one died
	log, err := os.Create(c.Log)
	if err != nil {
		return nil, fmt.Errorf("log of the Docker engine: %w", err)
	}
	defer log.Close()
	cmd := exec.Command("dockerd", c.args(runtime)...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Dir = "/"
	// It outlives the run, so it does not carry the run's marks; iptables and modprobe are in the sbin folders.
	cmd.Env = append(slices.DeleteFunc(os.Environ(), owner.Marks),
		"PATH="+os.Getenv("PATH")+":/usr/sbin:/sbin")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return nil, &Unavailable{Reason: "dockerd does not start", Remedy: "install the package docker.io", Err: err}
	}
	return cmd, nil
}

// await polls until the engine answers, or ended tells that dockerd is gone.
func (c Config) await(ctx context.Context, ended <-chan error) error {
	begun := time.Now()
	for {
		err := c.ping(ctx)
		if err == nil {
			return nil
		}
		if waited := time.Since(begun); waited > startTimeout {
			return c.startFailed(fmt.Sprintf("dockerd did not answer at %s within %.0f s", c.Socket, waited.Seconds()), err)
		}
		select {
		case <-time.After(startPoll):
		case exit := <-ended:
			return c.startFailed(fmt.Sprintf("dockerd ended while starting (%v)", exit), nil)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (c Config) startFailed(reason string, err error) error {
	return &Unavailable{Reason: reason, Remedy: "the end of its log should say why", Log: c.Log, Tail: tail(c.Log), Err: err}
}

// dropStalePIDs removes the pid files of processes that are gone: dockerd takes any process with that number, even
// a zombie, for its predecessor and refuses to start, or waits for a containerd that is none.
func (c Config) dropStalePIDs() {
	for path, program := range map[string]string{
		c.PIDFile: "dockerd",
		filepath.Join(c.ExecRoot, "containerd/containerd.pid"): "containerd",
	} {
		if pid := readPID(path); pid != 0 && !runs(pid, program) {
			_ = os.Remove(path)
		}
	}
}
