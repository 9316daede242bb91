package clusters

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	nodev1 "k8s.io/api/node/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/kind/pkg/apis/config/v1alpha4"

	"github.com/gateproof/gateproof/clusters/ociruntime"
)

// runtimeFolders makes the runtimes of the lanes, each once, and returns their folders by name.
func runtimeFolders(ctx context.Context, lanes []Lane) (map[string]string, error) {
	folders := map[string]string{}
	for _, lane := range lanes {
		name := lane.RuntimeClass
		if _, ok := folders[name]; ok || name == "" {
			continue
		}
		runtime, err := ociruntime.For(name)
		if err == nil {
			folders[name], err = runtime.Ensure(ctx)
		}
		if err != nil {
			return nil, &LaneError{Lane: lane.Name, Err: err}
		}
	}
	return folders, nil
}

// useRuntime adds the lane's runtime, which is in that folder, to kind's configuration of its cluster.
func useRuntime(cfg *v1alpha4.Cluster, lane Lane, folder string) error {
	if lane.RuntimeClass == "" {
		return nil
	}
	runtime, err := ociruntime.For(lane.RuntimeClass)
	if err != nil {
		return err
	}
	cfg.ContainerdConfigPatches = append(cfg.ContainerdConfigPatches, runtime.Patch())
	cfg.KubeadmConfigPatches = append(cfg.KubeadmConfigPatches, ociruntime.KubeletPatch)
	for i := range cfg.Nodes {
		cfg.Nodes[i].ExtraMounts = append(cfg.Nodes[i].ExtraMounts,
			v1alpha4.Mount{HostPath: folder, ContainerPath: ociruntime.InNode, Readonly: true})
	}
	return nil
}

// offerRuntime makes the lane's RuntimeClass, and notes what runs its pods.
func (c *Cluster) offerRuntime(ctx context.Context, folder string) error {
	name := c.Lane.RuntimeClass
	if name == "" {
		return nil
	}
	client, err := c.Client()
	if err != nil {
		return err
	}
	class := &nodev1.RuntimeClass{ObjectMeta: metav1.ObjectMeta{Name: name}, Handler: name}
	if _, err := client.NodeV1().RuntimeClasses().Create(ctx, class, metav1.CreateOptions{}); err != nil {
		return fmt.Errorf("RuntimeClass %s: %w", name, err)
	}
	runtime, err := ociruntime.For(name)
	if err != nil {
		return err
	}
	version := runtime.ModuleVersion
	if len(runtime.Asked) > 0 {
		words, err := c.Node.Exec(ctx, append([]string{filepath.Join(ociruntime.InNode, runtime.Asked[0])}, runtime.Asked[1:]...)...)
		if err != nil {
			return fmt.Errorf("runtime %s in %s: %w", name, folder, err)
		}
		version, _, _ = strings.Cut(strings.TrimPrefix(words, name+" version "), "\n")
	}
	c.Facts["runtime of the suite's pods"] = strings.TrimSpace(name + " " + version)
	if changes := runtime.Changes(); len(changes) > 0 {
		c.Facts["changed in that runtime"] = strings.Join(changes, "; ")
	}
	return nil
}
