package up

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	nodev1 "k8s.io/api/node/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/kind/pkg/apis/config/v1alpha4"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/apparmor"
	"github.com/gateproof/gateproof/clusters/dockershim"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/ociruntime"
)

// runtime is an OCI runtime that is ready to be copied into nodes.
type runtime struct {
	ociruntime.Runtime
	folder string
}

// brought is what is copied into nodes.
type brought struct {
	runtimes map[string]runtime // by name
	docker   string             // the folder that has it; "" where no lane wants it
	apparmor string             // the same
}

// ensureRuntimes makes the runtimes of the lanes, each once.
func ensureRuntimes(ctx context.Context, lanes []lane.Lane, arch string) (b brought, err error) {
	b.runtimes = map[string]runtime{}
	for _, l := range lanes {
		if l.ContainerRuntime != "" && b.docker == "" {
			if b.docker, err = dockershim.Folder.Ensure(ctx, arch); err != nil {
				return b, &LaneError{Lane: l.Name, Err: err}
			}
		}
		if l.AppArmor && b.apparmor == "" {
			if b.apparmor, err = apparmor.Folder.Ensure(ctx, arch); err != nil {
				return b, &LaneError{Lane: l.Name, Err: err}
			}
		}
		names := l.Runtimes()
		for _, suite := range l.Containerds() {
			names = append(names, ociruntime.ContainerdOf(suite))
		}
		for _, name := range names {
			if _, ok := b.runtimes[name]; ok {
				continue
			}
			declared, err := ociruntime.For(name)
			if err != nil {
				return b, &LaneError{Lane: l.Name, Err: err}
			}
			folder, err := declared.Ensure(ctx, arch)
			if err != nil {
				return b, &LaneError{Lane: l.Name, Err: err}
			}
			b.runtimes[name] = runtime{declared, folder}
		}
	}
	return b, nil
}

// folders are all of them.
func (b brought) folders() (out []string) {
	for _, r := range b.runtimes {
		out = append(out, r.folder)
	}
	for _, folder := range []string{b.docker, b.apparmor} {
		if folder != "" {
			out = append(out, folder)
		}
	}
	return out
}

// use adds the runtime to kind's configuration of a cluster.
func (r runtime) use(cfg *v1alpha4.Cluster) {
	cfg.ContainerdConfigPatches = append(cfg.ContainerdConfigPatches, r.Patch())
	cfg.KubeadmConfigPatches = append(cfg.KubeadmConfigPatches, ociruntime.KubeletPatch)
}

// writing is kind's step in which it configures containerd and starts it again, which then asks each runtime what it can do.
const writing = "Writing configuration"

// bringRuntimes brings runtimes into the nodes whose pods run by them, before containerd asks for them. It returns what is to be called at the beginning of
// each of kind's steps; fail is told what goes wrong.
func bringRuntimes(ctx context.Context, c clusters.Cluster, runtimes map[string]runtime, fail func(error)) func(string) {
	return func(what string) {
		if !strings.HasPrefix(what, writing) {
			return
		}
		for _, name := range c.Lane.Runtimes() {
			for _, n := range c.With(name) {
				if err := intoNode(ctx, n, runtimes[name].folder, ociruntime.InNode); err != nil {
					fail(fmt.Errorf("runtime %s: %w", name, err))
				}
			}
		}
	}
}

// offer brings the runtime's RuntimeClass into the cluster, and notes what runs the pods.
func offer(ctx context.Context, c *clusters.Cluster, r runtime) error {
	client, err := c.Client()
	if err != nil {
		return err
	}
	class := &nodev1.RuntimeClass{ObjectMeta: metav1.ObjectMeta{Name: r.Name}, Handler: r.Handler()}
	if _, err := client.NodeV1().RuntimeClasses().Create(ctx, class, metav1.CreateOptions{}); err != nil {
		return fmt.Errorf("RuntimeClass %s: %w", r.Name, err)
	}
	version := r.ModuleVersion
	if r.Module == nil {
		words, err := c.With(r.Name)[0].Exec(ctx, append([]string{filepath.Join(ociruntime.InNode, r.Asked[0])}, r.Asked[1:]...)...)
		if err != nil {
			return fmt.Errorf("runtime %s in %s: %w", r.Name, r.folder, err)
		}
		version, _, _ = strings.Cut(strings.TrimPrefix(words, r.Program+" version "), "\n")
	}
	note(c, r, strings.TrimSpace(r.Program+" "+version))
	return nil
}

// note keeps what runs the pods, for the nodes where it does.
func note(c *clusters.Cluster, r runtime, what string) {
	changes := strings.Join(r.Changes(), "; ")
	if c.Lane.RuntimeClass == r.Name {
		c.Facts["runtime of the suite's pods"] = what
		if changes != "" {
			c.Facts["changed in that runtime"] = changes
		}
	}
	for i, m := range c.Members {
		if c.Lane.On(m.Declared).RuntimeClass != r.Name {
			continue
		}
		c.Members[i].Runtime = what
		if changes != "" {
			c.Facts["changed in the runtime of "+m.Declared.Name] = changes
		}
	}
}
