package engine

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// stop ends the engine and puts the machine back. It works as well on what is left of an engine that was killed.
func (c Config) stop(ctx context.Context, st *state) (err error) {
	ours := c.ours(ctx, st)
	if !ours && c.ping(ctx) == nil {
		return nil // ours died, and someone has started another in its place
	}
	name := "stop the Docker engine"
	if !ours {
		name = "clear up after a Docker engine that has died"
	}
	step := progress.Start(ctx, name)
	defer step.End(&err)

	c.killContainers(ctx)
	if st.Unit {
		if err := stopUnits(ctx, st.Before.Containerd); err != nil {
			return err
		}
	}
	c.endEngine(ctx, st)
	c.clearCgroups(ctx)
	if err := c.restore(ctx, st.Before); err != nil {
		return fmt.Errorf("the Docker engine is stopped, but its traces are not all removed: %w", err)
	}
	return nil
}

// endEngine ends dockerd and the containerd that it has started for itself. dockerd ends containerd when all else is
// done, and then sits out the second until its next look at it: nothing is lost by killing it there.
func (c Config) endEngine(ctx context.Context, st *state) {
	dockerd := c.pid(st)
	containerd := readPID(filepath.Join(c.ExecRoot, "containerd/containerd.pid"))
	own := dockerd != 0 && runs(containerd, "containerd")
	endProcess(ctx, dockerd, "dockerd", func() bool { return own && !runs(containerd, "containerd") })
	endProcess(ctx, containerd, "containerd", nil)
	c.killShims()
}

// killContainers spares the engine the grace it would grant each container. What they hold has been
// collected by now; an engine that no longer answers is left to the rest of stop.
func (c Config) killContainers(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, stopGrace)
	defer cancel()
	var running []struct{ ID string }
	if c.call(ctx, http.MethodGet, "/containers/json", &running) != nil {
		return
	}
	var all sync.WaitGroup
	for _, container := range running {
		all.Go(func() { _ = c.call(ctx, http.MethodPost, "/containers/"+container.ID+"/kill", nil) })
	}
	all.Wait()
}

// restore removes what the engine left outside its data root and gives the machine its old settings back.
func (c Config) restore(ctx context.Context, before machine) error {
	var errs []error
	if c.Firewall {
		for _, link := range dockerLinks(before.Links, links()) {
			if _, err := run.Output(ctx, "ip", "link", "delete", link); err != nil && slices.Contains(links(), link) {
				errs = append(errs, err)
			}
		}
		errs = append(errs, restoreFirewall(ctx, before.Firewall), before.restoreSysctls())
	}
	errs = append(errs, c.unmount(before.Mounts))
	for _, path := range []string{c.Socket, c.PIDFile} {
		_ = os.Remove(path)
	}
	existed := map[string]bool{}
	for _, dir := range before.Folders {
		existed[dir] = true
	}
	for _, dir := range c.volatileFolders() {
		if !existed[dir] && (dir == c.ExecRoot || len(processes("containerd", "containerd-shim")) == 0) {
			errs = append(errs, c.removeVolatile(dir))
		}
	}
	return errors.Join(errs...)
}

// removeVolatile removes a folder of sockets and process state. Mounts come first: their content is someone else's.
func (c Config) removeVolatile(dir string) error {
	mountinfo, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return err
	}
	if left := mountsUnder(string(mountinfo), realPath(dir)); len(left) > 0 {
		return fmt.Errorf("%s is left in place: still mounted: %q", dir, left)
	}
	return os.RemoveAll(dir)
}

// unmountTries and unmountPause: a container that is just ending may hold a mount for a moment.
const (
	unmountTries = 20
	unmountPause = 50 * time.Millisecond
)

// unmount detaches what has been mounted in the engine's folders since before. dockerd does it itself, unless it was
// killed; its data root is then still mounted on itself.
func (c Config) unmount(before []string) error {
	var left []string
	for range unmountTries {
		now, err := c.mounts()
		if err != nil {
			return err
		}
		if left = mountedSince(before, now); len(left) == 0 {
			return nil
		}
		for _, point := range left {
			_ = detach(point)
		}
		time.Sleep(unmountPause)
	}
	return fmt.Errorf("still mounted: %q", left)
}
