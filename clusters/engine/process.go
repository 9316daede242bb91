package engine

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// stopGrace is how long a program may take to end after SIGTERM before it is killed.
const stopGrace = 10 * time.Second

// stopPoll is how often a process that has been told to end is looked at.
const stopPoll = 20 * time.Millisecond

// endProcess ends the process if it is that program: SIGTERM, then SIGKILL after stopGrace, at the end of ctx or
// when enough, which may be nil, says that it has nothing left to do.
func endProcess(ctx context.Context, pid int, program string, enough func() bool) {
	if !runs(pid, program) {
		return
	}
	_ = syscall.Kill(pid, syscall.SIGTERM)
	for deadline := time.Now().Add(stopGrace); runs(pid, program); time.Sleep(stopPoll) {
		if time.Now().After(deadline) || ctx.Err() != nil || enough != nil && enough() {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// processes lists the running processes that are one of the programs, by the name in /proc/PID/stat (15 bytes at most).
func processes(programs ...string) []int {
	var pids []int
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range dirs {
		pid, _ := strconv.Atoi(filepath.Base(dir))
		for _, p := range programs {
			if runs(pid, p) {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// killShims kills the containerd shims of this engine that outlived it, as they do when dockerd was killed.
func (c Config) killShims() {
	socket := []byte(filepath.Join(c.ExecRoot, "containerd/containerd.sock"))
	for _, pid := range processes("containerd-shim") {
		cmdline, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		if err == nil && containsArg(cmdline, socket) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// containsArg looks for one argument in the text of /proc/PID/cmdline.
func containsArg(cmdline, arg []byte) bool {
	for a := range bytes.SplitSeq(cmdline, []byte{0}) {
		if bytes.Equal(a, arg) {
			return true
		}
	}
	return false
}

// cgroups lists this engine's container cgroups in every hierarchy. Another engine may share the parent, so
// only containers that are in our data root count.
func (c Config) cgroups() []string {
	var dirs []string
	for _, pattern := range []string{"/sys/fs/cgroup/%s/*", "/sys/fs/cgroup/*/%s/*"} {
		found, _ := filepath.Glob(fmt.Sprintf(pattern, c.CgroupParent))
		for _, dir := range found {
			if _, err := os.Stat(filepath.Join(c.DataRoot, "containers", filepath.Base(dir))); err == nil {
				dirs = append(dirs, dir)
			}
		}
	}
	return dirs
}

// clearCgroups kills what still runs in the containers' cgroups and removes them and their parents.
func (c Config) clearCgroups(ctx context.Context) {
	for _, dir := range c.cgroups() {
		for removeTree(dir) != nil && ctx.Err() == nil {
			time.Sleep(stopPoll) // a killed process leaves its cgroup only when it is really gone
		}
	}
	for _, pattern := range []string{"/sys/fs/cgroup/%s", "/sys/fs/cgroup/*/%s"} {
		found, _ := filepath.Glob(fmt.Sprintf(pattern, c.CgroupParent))
		for _, dir := range found {
			_ = syscall.Rmdir(dir) // fails while another engine's containers are in it
		}
	}
}

// removeTree kills the processes of a cgroup and its children, and removes it from the leaves up.
func removeTree(dir string) error {
	children, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	for _, child := range children {
		if child.IsDir() {
			_ = removeTree(filepath.Join(dir, child.Name()))
		}
	}
	procs, _ := os.ReadFile(filepath.Join(dir, "cgroup.procs"))
	for _, field := range bytes.Fields(procs) {
		if pid, _ := strconv.Atoi(string(field)); pid > 1 {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	if err := syscall.Rmdir(dir); err != nil && err != syscall.ENOENT {
		return err
	}
	return nil
}
