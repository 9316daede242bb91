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
}

// ensureRuntimes makes the runtimes of the lanes, each once.
func ensureRuntimes(ctx context.Context, lanes []lane.Lane, arch string) (b brought, err error) {
	b.runtimes = map[string]runtime{}
	for _, l := range lanes {
		if l.ContainerRuntime != "" && b.docker == "" {
			if b.docker, err = dockershim.Ensure(ctx, arch); err != nil {
				return b, &LaneError{Lane: l.Name, Err: err}
			}
		}
		for _, name := range l.Runtimes() {
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

// use adds the runtime to kind's configuration of a cluster.
func (r runtime) use(cfg *v1alpha4.Cluster) {
	cfg.ContainerdConfigPatches = append(cfg.ContainerdConfigPatches, r.Patch())
	cfg.KubeadmConfigPatches = append(cfg.KubeadmConfigPatches, ociruntime.KubeletPatch)
}

// offer brings the runtime's folder into the nodes whose pods run by it and its RuntimeClass into the cluster, and notes what runs these pods.
func offer(ctx context.Context, c *clusters.Cluster, r runtime) error {
	have := c.With(r.Name)
	for _, n := range have {
		if err := intoNode(ctx, n, r.folder, ociruntime.InNode); err != nil {
			return fmt.Errorf("runtime %s: %w", r.Name, err)
		}
	}
	client, err := c.Client()
	if err != nil {
		return err
	}
	class := &nodev1.RuntimeClass{ObjectMeta: metav1.ObjectMeta{Name: r.Name}, Handler: r.Name}
	if _, err := client.NodeV1().RuntimeClasses().Create(ctx, class, metav1.CreateOptions{}); err != nil {
		return fmt.Errorf("RuntimeClass %s: %w", r.Name, err)
	}
	version := r.ModuleVersion
	if len(r.Asked) > 0 {
		words, err := have[0].Exec(ctx, append([]string{filepath.Join(ociruntime.InNode, r.Asked[0])}, r.Asked[1:]...)...)
		if err != nil {
			return fmt.Errorf("runtime %s in %s: %w", r.Name, r.folder, err)
		}
		version, _, _ = strings.Cut(strings.TrimPrefix(words, r.Name+" version "), "\n")
	}
	c.Facts["runtime of the suite's pods"] = strings.TrimSpace(r.Name + " " + version)
	if changes := r.Changes(); len(changes) > 0 {
		c.Facts["changed in that runtime"] = strings.Join(changes, "; ")
	}
	return nil
}
