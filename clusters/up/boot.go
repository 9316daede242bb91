package up

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"sigs.k8s.io/kind/pkg/cluster"
	kindexec "sigs.k8s.io/kind/pkg/exec"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/ociruntime"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// boot creates the lane's cluster in the network named by kindNetworkEnv and waits until its node takes pods and the
// gate's value is known. On failure the error carries what the node's journal says.
func boot(ctx context.Context, l lane.Lane, name string, images map[string]nodeimage.Image, have brought, dir, cgroup string) (c clusters.Cluster, err error) {
	step := progress.Start(ctx, "boot lane "+l.Name+" ("+l.Version+")")
	defer step.End(&err)
	defer func() {
		if err != nil {
			err = &LaneError{Lane: l.Name, Err: err}
		}
	}()
	start, image := time.Now(), images[l.Version]
	c = clusters.Cluster{
		Lane: l, Name: name, Image: image,
		Kubeconfig: filepath.Join(dir, l.Name+".kubeconfig"),
		Node:       &clusters.Node{Name: name + "-control-plane", Container: name + "-control-plane"},
	}
	if c.Members = members(l, name); c.Members != nil {
		c.Node = c.Members[0].Node
	}
	cfg, err := kindConfig(l, images, cgroup)
	if err != nil {
		return c, err
	}
	for _, r := range l.Runtimes() {
		have.runtimes[r].use(cfg)
	}
	if len(l.Containerds()) > 0 {
		cfg.ContainerdConfigPatches = append(cfg.ContainerdConfigPatches, ociruntime.OwnCgroups)
		cfg.KubeadmConfigPatches = append(cfg.KubeadmConfigPatches, ociruntime.KubeletPatch)
	}
	creating, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	hooks := atEach(withoutMetadata(ctx, c.AllNodes()), bringRuntimes(creating, c, have.runtimes, fail), otherReleases(ctx, step, c), otherContainerds(ctx, step, c, have.runtimes),
		beforeKubelets(creating, step, c, l.ContainerRuntime != "", "starting Docker in the node", startDocker(have.docker), fail),
		beforeKubelets(creating, step, c, l.AppArmor, "having the node use AppArmor", confine(have.apparmor), fail))
	provider := cluster.NewProvider(cluster.ProviderWithDocker(), cluster.ProviderWithLogger(kindLog{step, hooks}))
	err = inTries(creating, step, name, func() error {
		return provider.Create(name,
			cluster.CreateWithV1Alpha4Config(cfg),
			cluster.CreateWithKubeconfigPath(c.Kubeconfig),
			cluster.CreateWithRetain(true), // the journal is the only evidence of a failed boot
			cluster.CreateWithDisplayUsage(false),
			cluster.CreateWithDisplaySalutation(false))
	})
	if err != nil {
		return c, fmt.Errorf("kind could not create the cluster: %w%s", withOutput(err), journal(ctx, c.Node))
	}
	if err := reach(ctx, &c, dir); err != nil {
		return c, fmt.Errorf("%w%s", err, journal(ctx, c.Node))
	}
	step.Note("waiting for the node to be Ready")
	if err := c.WaitReady(ctx); err != nil {
		return c, fmt.Errorf("%w%s", err, journal(ctx, c.Node))
	}
	if err := c.WaitUntainted(ctx); err != nil {
		return c, err
	}
	if err := c.WaitMembers(ctx); err != nil {
		return c, fmt.Errorf("%w%s", err, journal(ctx, c.Node))
	}
	if err := sureOfContainerds(ctx, &c); err != nil {
		return c, err
	}
	for _, r := range l.Runtimes() {
		if err := offer(ctx, &c, have.runtimes[r]); err != nil {
			return c, err
		}
	}
	c.Boot = time.Since(start)
	c.NoteHost(ctx)
	if note := nodeimage.OnCgroup(l.Version, cgroup, image.Mirrors); note != "" {
		c.Facts["kubelet and cgroups"] = note
	}
	for _, n := range c.AllNodes() {
		if n.Started, err = n.StartTime(ctx); err != nil {
			return c, err
		}
	}
	step.Note("reading the gate back")
	return c, c.ReadBack(ctx)
}

// untilCancelled runs create, which cannot be cancelled itself: when ctx ends, its node is taken away until it gives up.
func untilCancelled(ctx context.Context, name string, create func() error) error {
	done := make(chan error, 1)
	go func() { done <- create() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	cleanup, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	for {
		_ = removeNodes(cleanup, name)
		select {
		case <-done:
			_ = removeNodes(cleanup, name) // one that was made in between
			return context.Cause(ctx)
		case <-cleanup.Done():
			return context.Cause(ctx)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// withOutput adds what kind's failed command printed, which its own message leaves out.
func withOutput(err error) error {
	var re *kindexec.RunError
	if errors.As(err, &re) {
		return fmt.Errorf("%w\n  it printed:\n%s", err, run.Tail(string(re.Output), 3000))
	}
	return err
}

// journal is the end of what kubelet, containerd and Docker logged on the node, as text to append to an error; it
// explains every failed boot that has been seen.
func journal(ctx context.Context, n *clusters.Node) string {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	out, err := n.Exec(ctx, "journalctl", "--no-pager", "--output=cat", "--lines=40", "--unit=kubelet", "--unit=containerd", "--unit=docker")
	if err != nil {
		return "\n  (the node's journal cannot be read: " + err.Error() + ")"
	}
	return "\n  the node's journal (kubelet, containerd, Docker) ends:\n" + run.Tail(out, 6000)
}
