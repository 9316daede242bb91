package engine

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// cgroupRoot is where cgroups are mounted.
const cgroupRoot = "/sys/fs/cgroup"

// movedTo is the cgroup that a container's processes move to.
const movedTo = "gateproof-outside"

// leaveRootCgroup moves the processes of a container (a pod of Prow, a job of GitLab) out of the root of its cgroup namespace, and lets
// that share out its controllers. In version 2 a cgroup does not both, except the machine's own root, which has no cgroup.type: runc
// would say "cannot enter cgroupv2 ... with domain controllers". What was before is saved first.
func (c Config) leaveRootCgroup(st *state) error {
	if c.Host != "" || st.Shared != nil { // a test's engine, or done by a run that was killed
		return nil
	}
	shared, moves, err := heldInRoot(cgroupRoot)
	if err != nil || !moves {
		return err
	}
	st.Shared = &shared
	if err := c.save(st); err != nil {
		return err
	}
	return leave(cgroupRoot)
}

// heldInRoot tells whether root is a container's root cgroup with processes in it, and what it shares out.
func heldInRoot(root string) (shared string, held bool, err error) {
	if _, err := os.Stat(filepath.Join(root, "cgroup.type")); err != nil {
		return "", false, nil
	}
	processes, err := os.ReadFile(filepath.Join(root, "cgroup.procs"))
	if err != nil {
		return "", false, cannotShare(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "cgroup.subtree_control"))
	if err != nil {
		return "", false, cannotShare(err)
	}
	return strings.TrimSpace(string(text)), len(strings.Fields(string(processes))) > 0, nil
}

func leave(root string) error {
	inner := filepath.Join(root, movedTo)
	if err := os.Mkdir(inner, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return cannotShare(err)
	}
	if err := moveProcesses(root, inner); err != nil {
		return cannotShare(err)
	}
	controllers, err := os.ReadFile(filepath.Join(root, "cgroup.controllers"))
	if err != nil {
		return cannotShare(err)
	}
	if err := share(root, "+", strings.Fields(string(controllers))); err != nil {
		return cannotShare(err)
	}
	return nil
}

func cannotShare(err error) error {
	return &Unavailable{Reason: "this container's processes cannot leave the root of its cgroups, which dockerd needs for its containers",
		Remedy: "run the container as privileged, with cgroups of its own that can be written to", Err: err}
}

// joinRootCgroup undoes what leaveRootCgroup did; before is what the root shared out before that, nil where it did nothing.
func joinRootCgroup(root string, before *string) error {
	inner := filepath.Join(root, movedTo)
	if _, err := os.Stat(inner); err != nil || before == nil {
		return nil
	}
	now, err := os.ReadFile(filepath.Join(root, "cgroup.subtree_control"))
	if err != nil {
		return err
	}
	added := slices.DeleteFunc(strings.Fields(string(now)), func(name string) bool { return slices.Contains(strings.Fields(*before), name) })
	if err := share(root, "-", added); err != nil {
		return err
	}
	if err := moveProcesses(inner, root); err != nil {
		return err
	}
	return os.Remove(inner)
}

// share adds controllers to, or takes them from, those that the cgroup's children have.
func share(cgroup, sign string, controllers []string) error {
	for _, name := range controllers {
		if err := os.WriteFile(filepath.Join(cgroup, "cgroup.subtree_control"), []byte(sign+name), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// moveTries bounds how often new processes are looked for: what is there may fork.
const moveTries = 100

func moveProcesses(from, to string) error {
	for range moveTries {
		b, err := os.ReadFile(filepath.Join(from, "cgroup.procs"))
		if err != nil {
			return err
		}
		pids := strings.Fields(string(b))
		if len(pids) == 0 {
			return nil
		}
		for _, pid := range pids {
			// One that has ended meanwhile cannot be moved, and need not be.
			err = os.WriteFile(filepath.Join(to, "cgroup.procs"), []byte(pid), 0o644)
			if _, there := os.Stat("/proc/" + pid); err != nil && there == nil {
				return fmt.Errorf("process %s: %w", pid, err)
			}
		}
	}
	return fmt.Errorf("processes keep coming in %s", from)
}
