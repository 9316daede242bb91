package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// stopGrace is how long dockerd may take to end after SIGTERM before its namespaces are ended under it. With nothing running it
// takes a second; what a killed run's containers hold has been collected by now.
const stopGrace = 5 * time.Second

// stopPoll is how often a process that has been told to end is looked at.
const stopPoll = 20 * time.Millisecond

// stop ends the engine and removes what is left of it outside its namespaces. It works as well on what is left of an engine that was killed.
func (c Config) stop(ctx context.Context, st *state) (err error) {
	name := "stop the Docker engine"
	if !ours(st) {
		if c.ping(ctx) == nil {
			return nil // ours died, and someone has started another in its place
		}
		name = "clear up after a Docker engine that has died"
	}
	step := progress.Start(ctx, name)
	defer step.End(&err)
	if err := end(ctx, st.process()); err != nil {
		return err
	}
	for _, path := range []string{c.Socket, c.PIDFile, filepath.Join(c.StateDir, "daemon.json")} {
		_ = os.Remove(path)
	}
	for _, folder := range []string{c.ExecRoot, "/run/docker", "/run/containerd"} {
		if !mountedOn(folder) {
			_ = os.Remove(folder) // empty out here; others may keep files there
		}
	}
	c.clearCgroups()
	if c.Host == "" {
		err = deleteBridges(ctx)
	}
	return errors.Join(err, joinRootCgroup(cgroupRoot, st.Shared))
}

// mountedOn says that something is mounted on a folder in some process's mount namespace, as another engine of ours has it. The kernel lets an empty
// folder be removed all the same, and takes those mounts, with what is in them, away.
func mountedOn(folder string) bool {
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	tables, _ := filepath.Glob("/proc/[0-9]*/mountinfo")
	return slices.ContainsFunc(tables, func(table string) bool {
		text, err := os.ReadFile(table)
		return err == nil && strings.Contains(string(text), " / "+folder+" ")
	})
}

// killedWithin is how long a process may take to go after SIGKILL; one that waits for a disk takes longer than anybody waits for it.
const killedWithin = 10 * time.Second

// end ends the first process of the engine's PID namespace. The kernel ends all others of it before that one is gone.
func end(ctx context.Context, p owner.Process) error {
	if !p.Runs() {
		return nil
	}
	_ = signal(p.PID, syscall.SIGTERM)
	begun := time.Now()
	var killed time.Time
	for ; p.Runs(); time.Sleep(stopPoll) {
		switch {
		case killed.IsZero() && (time.Since(begun) > stopGrace || ctx.Err() != nil):
			_ = signal(p.PID, os.Kill)
			killed = time.Now()
		case !killed.IsZero() && time.Since(killed) > killedWithin:
			return fmt.Errorf("the Docker engine's process %d is killed and does not go: one of its processes hangs in the kernel (ps -eo pid,stat,wchan,args | grep ' D')", p.PID)
		}
	}
	return nil
}

func signal(pid int, s os.Signal) error {
	process, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	return process.Signal(s)
}

// clearCgroups removes the cgroups that containers of this engine have left, from the leaves up. Another engine may share the
// parent, so only those of containers in our data root count.
func (c Config) clearCgroups() {
	for _, pattern := range []string{"/sys/fs/cgroup", "/sys/fs/cgroup/*"} {
		parents, _ := filepath.Glob(filepath.Join(pattern, c.CgroupParent))
		for _, parent := range parents {
			containers, _ := filepath.Glob(parent + "/*")
			for _, dir := range containers {
				if _, err := os.Stat(filepath.Join(c.DataRoot, "containers", filepath.Base(dir))); err == nil {
					removeTree(dir)
				}
			}
			_ = os.Remove(parent) // fails while another engine's containers are in it
		}
	}
}

func removeTree(dir string) {
	children, _ := os.ReadDir(dir)
	for _, child := range children {
		if child.IsDir() {
			removeTree(filepath.Join(dir, child.Name()))
		}
	}
	_ = os.Remove(dir)
}

// BridgePrefix begins the name of the link of a run's network. The networks of a killed run end with their engine; their links do not.
const BridgePrefix = "gp-"

// links is where the kernel tells of the machine's network links.
const links = "/sys/class/net/"

// deleteBridges leaves alone those that a container of another engine is connected to.
func deleteBridges(ctx context.Context) error {
	bridges, _ := filepath.Glob(links + BridgePrefix + "*")
	var errs []error
	for _, path := range bridges {
		if ports, _ := os.ReadDir(path + "/brif"); len(ports) > 0 {
			continue
		}
		_, err := run.Output(ctx, "ip", "link", "delete", strings.TrimPrefix(path, links))
		if _, gone := os.Stat(path); err != nil && gone == nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
