// Package existing sends a run to a cluster of somebody's own.
package existing

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
)

// Cluster is one of somebody's own that a run was explicitly sent to.
type Cluster struct {
	Kubeconfig string    // one path, or several as kubectl takes them
	Context    string    // "" for the kubeconfig's current one
	Lane       lane.Lane // as ParseExpect makes it; its RuntimeClass is one of the cluster's
	Images     Images
}

// ParseExpect reads EXPECT: what is expected of processes, or the name of a declared lane that has the whole expectation, and
// the claims that are informative. The result is the cluster as a lane, but for the version, which is the cluster's to say;
// the field's fate is "" for what that version does by its release notes. The error is input.Err.
func ParseExpect(text string) (lane.Lane, error) {
	asked := lane.Lane{Name: Lane, Cluster: true, File: "KUBECONFIG, EXPECT"}
	switch p := lane.Processes(text); p {
	case lane.Shared, lane.Isolated:
		asked.Expect.Processes = p
		return asked, nil
	}
	declared, err := lane.All()
	if err != nil {
		return asked, err
	}
	for _, l := range declared {
		if l.Name == text {
			asked.Expect, asked.Informative = l.Expect, l.Informative
			return asked, nil
		}
	}
	return asked, input.Errorf("%s=%s: allowed: %s, %s, or a declared lane, whose expectation it then is: %s",
		input.Name("EXPECT"), text, lane.Shared, lane.Isolated, strings.Join(lane.Names(declared), ", "))
}

// hasRuntimeClass refuses a cluster without the RuntimeClass that was asked for, before each pod is refused for it.
func (e Cluster) hasRuntimeClass(ctx context.Context, client kubernetes.Interface) error {
	if e.Lane.RuntimeClass == "" {
		return nil
	}
	list, err := client.NodeV1().RuntimeClasses().List(ctx, metav1.ListOptions{})
	if err != nil {
		return input.Errorf("%s=%s: the cluster's RuntimeClasses cannot be listed: %w", input.Name("RUNTIME_CLASS"), e.Lane.RuntimeClass, err)
	}
	var there []string
	for _, c := range list.Items {
		if c.Name == e.Lane.RuntimeClass {
			return nil
		}
		there = append(there, c.Name)
	}
	return input.Errorf("%s=%s: the cluster has no such RuntimeClass; it has: %s", input.Name("RUNTIME_CLASS"), e.Lane.RuntimeClass, cmp.Or(strings.Join(there, ", "), "none"))
}

// ParseField reads FIELD. The error is input.Err.
func ParseField(text string) (lane.Field, error) {
	switch f := lane.Field(text); f {
	case lane.Kept, lane.Dropped, lane.Refused, "":
		return f, nil
	}
	return "", input.Errorf("%s=%s: allowed: %s, %s, %s", input.Name("FIELD"), text, lane.Kept, lane.Dropped, lane.Refused)
}

// Attach connects to the cluster, touching nothing. An unreachable one is an input.Err that names context and server.
func (e Cluster) Attach(ctx context.Context) (clusters.Cluster, error) {
	loader, err := clusters.LoadKubeconfig(e.Kubeconfig, e.Context)
	if err != nil {
		return clusters.Cluster{}, input.Errorf("%s=%s: %w", input.Name("KUBECONFIG"), e.Kubeconfig, err)
	}
	raw, err := loader.RawConfig()
	if err != nil {
		return clusters.Cluster{}, input.Errorf("%s=%s: %w", input.Name("KUBECONFIG"), e.Kubeconfig, err)
	}
	name := e.Context
	if name == "" {
		name = raw.CurrentContext
	}
	cfg, err := loader.ClientConfig()
	if err != nil {
		return clusters.Cluster{}, input.Errorf("%s=%s: context %q: %w", input.Name("KUBECONFIG"), e.Kubeconfig, name, err)
	}
	cfg.Timeout = 15 * time.Second
	c := clusters.Cluster{
		Lane:       e.Lane,
		Name:       name,
		Kubeconfig: e.Kubeconfig,
		Context:    e.Context,
	}
	if c.Images, err = e.Images.of(ctx); err != nil {
		return c, err
	}
	client, err := clusters.ClientFor(cfg)
	if err != nil {
		return c, err
	}
	version, err := client.Discovery().ServerVersion()
	if err != nil {
		return c, input.Errorf("the cluster of context %q at %s does not answer: %w", name, cfg.Host, err)
	}
	c.Lane.Version = release.FindString(version.GitVersion)
	c.Arch = archOf(ctx, client, inPodOf(cfg.Host), version.Platform)
	if err := e.hasRuntimeClass(ctx, client); err != nil {
		return c, err
	}
	if c.Lane.Expect.Field == "" {
		c.Lane.Expect.Field, err = fieldByVersion(c.Lane.Version, e.Lane.Expect.Processes)
	}
	c.Facts = map[string]string{"context": name, "server": cfg.Host, "kube-apiserver": version.GitVersion}
	if commit := clusters.GitCommit(version); commit != "" {
		c.Facts["git commit"] = commit
	}
	return c, err
}

var release = regexp.MustCompile(`^v[0-9]+\.[0-9]+\.[0-9]+`)

// fieldByVersion is the field's fate by release: where processes are isolated because the gate is off, 1.12 and 1.13
// refuse the pod, the other releases that have the gate drop the field.
func fieldByVersion(version string, expect lane.Processes) (lane.Field, error) {
	if expect == lane.Shared {
		return lane.Kept, nil
	}
	var major, minor int
	if _, err := fmt.Sscanf(version, "v%d.%d.", &major, &minor); err != nil {
		return "", fmt.Errorf("the cluster's version %q: %w", version, err)
	}
	switch {
	case minor == 12 || minor == 13:
		return lane.Refused, nil
	case minor >= 17:
		return "", input.Errorf("%s=isolated: from v1.17 on the gate cannot be off, and this cluster is %s; "+
			"if its containers are to be isolated all the same, say what becomes of the field: --field kept, dropped or refused (FIELD)", input.Name("EXPECT"), "v1."+strconv.Itoa(minor))
	}
	return lane.Dropped, nil
}
