package engine

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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

//go:embed inner.sh
var inner string

// start installs what is missing and starts dockerd, in namespaces of its own (inner.sh). st is of an engine that was started before,
// nil for none.
func (c Config) start(ctx context.Context, st *state) (err error) {
	if ours(st) {
		// Started by a run that was killed meanwhile, or hanging.
		if err := c.await(ctx, nil); err == nil || ctx.Err() != nil {
			return err
		}
		if err := end(ctx, st.process()); err != nil {
			return err
		}
	}
	if st == nil {
		st = &state{}
	}
	if err := c.free(); err != nil {
		return err
	}
	if err := c.install(ctx); err != nil {
		return err
	}
	step := progress.Start(ctx, "start the Docker engine")
	defer step.End(&err)
	runtime, err := boundedRuntime()
	if err != nil {
		return err
	}
	if err := c.leaveRootCgroup(st); err != nil {
		return err
	}
	settings, err := c.writeSettings(runtime)
	if err != nil {
		return err
	}
	cmd, proceed, err := c.spawn(settings)
	if err != nil {
		return err
	}
	defer proceed.Close()
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }() // also reaps it, should it die under us
	st.Process = owner.ProcessOf(cmd.Process.Pid).String()
	if err := errors.Join(c.save(st), os.WriteFile(c.PIDFile, []byte(strconv.Itoa(cmd.Process.Pid)), 0o644)); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(proceed); err != nil {
		return c.startFailed("dockerd ended before it began", err)
	}
	return c.await(ctx, ended)
}

// free refuses where another dockerd has the data root, as dockerd itself does, whose own look at the file sees no other namespace.
func (c Config) free() error {
	text, err := os.ReadFile(c.PIDFile)
	if err != nil {
		return nil
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	if stat, err := procstat.Read(pid); err == nil && stat.Alive() && stat.Name == "dockerd" {
		return &Unavailable{Reason: fmt.Sprintf("a dockerd runs (process %d, by %s) and does not answer at %s", pid, c.PIDFile, c.Socket),
			Remedy: "name its address (DOCKER_HOST), wait until it is up, or stop it"}
	}
	return nil
}

// spawn starts dockerd in a session of its own, out of reach of the terminal's Ctrl-C, with its output in the log. It begins once a
// line is written to proceed.
func (c Config) spawn(settings string) (cmd *exec.Cmd, proceed io.WriteCloser, err error) {
	if err := os.MkdirAll(filepath.Dir(c.Log), 0o755); err != nil {
		return nil, nil, fmt.Errorf("log of the Docker engine: %w", err)
	}
	_ = os.Rename(c.Log, c.Log+".old") // why the previous one died
	log, err := os.Create(c.Log)
	if err != nil {
		return nil, nil, fmt.Errorf("log of the Docker engine: %w", err)
	}
	defer log.Close()
	_ = os.Remove(c.Socket) // nobody listens there
	cmd = exec.Command("sh", "-c", inner, "gateproof-engine", c.ExecRoot, "--config-file="+settings)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Dir = "/"
	// It outlives the run, so it does not carry the run's marks; mount and modprobe are in the sbin folders.
	cmd.Env = append(slices.DeleteFunc(os.Environ(), owner.Marks),
		"PATH="+os.Getenv("PATH")+":/usr/sbin:/sbin")
	cmd.SysProcAttr = ownNamespaces()
	if proceed, err = cmd.StdinPipe(); err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, &Unavailable{Reason: "no process can be started in PID and mount namespaces of its own, as dockerd is",
			Remedy: "start an engine by hand", Err: err}
	}
	return cmd, proceed, nil
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
