package clusters

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
)

// Existing is a cluster of somebody's own that a run was explicitly sent to.
type Existing struct {
	Kubeconfig string // one path, or several as kubectl takes them
	Context    string // "" for the kubeconfig's current one
	Lane       Lane   // as ParseExpect makes it; its RuntimeClass is one of the cluster's
}

// ParseExpect reads EXPECT: what is expected of processes, or the name of a declared lane that has the whole expectation, and
// the claims that are informative. The result is the cluster as a lane, but for the version, which is the cluster's to say;
// the field's fate is "" for what that version does by its release notes. The error is ErrInput.
func ParseExpect(text string) (Lane, error) {
	lane := Lane{Name: ExistingLane, Existing: true, File: "KUBECONFIG, EXPECT"}
	switch p := Processes(text); p {
	case Shared, Isolated:
		lane.Expect.Processes = p
		return lane, nil
	}
	declared, err := AllLanes()
	if err != nil {
		return lane, err
	}
	for _, l := range declared {
		if l.Name == text {
			lane.Expect, lane.Informative = l.Expect, l.Informative
			return lane, nil
		}
	}
	return lane, Inputf("EXPECT=%s: allowed: %s, %s, or a declared lane, whose expectation it then is: %s",
		text, Shared, Isolated, strings.Join(names(declared), ", "))
}

// hasRuntimeClass refuses a cluster without the RuntimeClass that was asked for, before each pod is refused for it.
func (e Existing) hasRuntimeClass(ctx context.Context, client kubernetes.Interface) error {
	if e.Lane.RuntimeClass == "" {
		return nil
	}
	list, err := client.NodeV1().RuntimeClasses().List(ctx, metav1.ListOptions{})
	if err != nil {
		return Inputf("RUNTIME_CLASS=%s: the cluster's RuntimeClasses cannot be listed: %w", e.Lane.RuntimeClass, err)
	}
	var there []string
	for _, c := range list.Items {
		if c.Name == e.Lane.RuntimeClass {
			return nil
		}
		there = append(there, c.Name)
	}
	return Inputf("RUNTIME_CLASS=%s: the cluster has no such RuntimeClass; it has: %s", e.Lane.RuntimeClass, cmp.Or(strings.Join(there, ", "), "none"))
}

// ParseField reads FIELD. The error is ErrInput.
func ParseField(text string) (Field, error) {
	switch f := Field(text); f {
	case Kept, Dropped, Refused, "":
		return f, nil
	}
	return "", Inputf("FIELD=%s: allowed: %s, %s, %s", text, Kept, Dropped, Refused)
}

// Attach connects to the cluster, touching nothing. An unreachable one is an ErrInput that names context and server.
func (e Existing) Attach(ctx context.Context) (Cluster, error) {
	loader, err := loadKubeconfig(e.Kubeconfig, e.Context)
	if err != nil {
		return Cluster{}, Inputf("KUBECONFIG=%s: %w", e.Kubeconfig, err)
	}
	raw, err := loader.RawConfig()
	if err != nil {
		return Cluster{}, Inputf("KUBECONFIG=%s: %w", e.Kubeconfig, err)
	}
	name := e.Context
	if name == "" {
		name = raw.CurrentContext
	}
	cfg, err := loader.ClientConfig()
	if err != nil {
		return Cluster{}, Inputf("KUBECONFIG=%s: context %q: %w", e.Kubeconfig, name, err)
	}
	cfg.Timeout = 15 * time.Second
	c := Cluster{
		Lane:       e.Lane,
		Name:       name,
		Kubeconfig: e.Kubeconfig,
		Context:    e.Context,
	}
	client, err := clientFor(cfg)
	if err != nil {
		return c, err
	}
	version, err := client.Discovery().ServerVersion()
	if err != nil {
		return c, Inputf("the cluster of context %q at %s does not answer: %w", name, cfg.Host, err)
	}
	c.Lane.Version = release.FindString(version.GitVersion)
	if err := e.hasRuntimeClass(ctx, client); err != nil {
		return c, err
	}
	if c.Lane.Expect.Field == "" {
		c.Lane.Expect.Field, err = fieldByVersion(c.Lane.Version, e.Lane.Expect.Processes)
	}
	c.Facts = map[string]string{"context": name, "server": cfg.Host, "kube-apiserver": version.GitVersion}
	if commit := gitCommit(version); commit != "" {
		c.Facts["git commit"] = commit
	}
	return c, err
}

var release = regexp.MustCompile(`^v[0-9]+\.[0-9]+\.[0-9]+`)

// fieldByVersion is the field's fate by release: where processes are isolated because the gate is off, 1.12 and 1.13
// refuse the pod, the other releases that have the gate drop the field.
func fieldByVersion(version string, expect Processes) (Field, error) {
	if expect == Shared {
		return Kept, nil
	}
	var major, minor int
	if _, err := fmt.Sscanf(version, "v%d.%d.", &major, &minor); err != nil {
		return "", fmt.Errorf("the cluster's version %q: %w", version, err)
	}
	switch {
	case minor == 12 || minor == 13:
		return Refused, nil
	case minor >= 17:
		return "", Inputf("EXPECT=isolated: from v1.17 on the gate cannot be off, and this cluster is %s; "+
			"if its containers are to be isolated all the same, say what becomes of the field: FIELD=kept|dropped|refused", "v1."+strconv.Itoa(minor))
	}
	return Dropped, nil
}
