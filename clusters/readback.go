package clusters

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/clusters/lane"
)

// NotNamed is the gate's value of a component that was started without naming it.
const NotNamed = "not named"

// componentsWithin bounds how long after the node's Ready all components must be running. Measured: 0 to 4 s.
const componentsWithin = time.Minute

// ReadBack asks the running components for the gate's value and compares it with the lane.
// What a component was given is what its process was started with: its command line, or its configuration.
func (c *Cluster) ReadBack(ctx context.Context) error {
	deadline := time.Now().Add(componentsWithin)
	for {
		gates, err := c.gates(ctx)
		if err == nil {
			c.Gates = gates
			return errors.Join(c.compareGates(), c.readBackMembers(ctx))
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("reading %s back: %w", lane.Gate, err)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func (c *Cluster) compareGates() error {
	var errs []error
	for _, comp := range lane.Components {
		errs = append(errs, compareGate(c.Lane, comp, string(comp), c.Gates[comp]))
	}
	return errors.Join(errs...)
}

// compareGate compares what a component, called who, was found to be started with, and what the lane declares.
func compareGate(l lane.Lane, comp lane.Component, who, got string) error {
	want := NotNamed
	if v, named := l.Gate[comp]; named {
		want = strconv.FormatBool(v)
	}
	if got != want {
		return fmt.Errorf("%s runs with %s %s, the lane (%s) declares %s", who, lane.Gate, got, l.File, want)
	}
	return nil
}

func (c *Cluster) gates(ctx context.Context) (map[lane.Component]string, error) {
	procs, err := c.Node.programs(ctx)
	if err != nil {
		return nil, err
	}
	gates := map[lane.Component]string{}
	for _, comp := range lane.Components {
		if comp == lane.Proxy {
			if gates[comp], err = c.proxyGate(ctx); err != nil {
				return nil, fmt.Errorf("%s: %w", comp, err)
			}
			continue
		}
		if gates[comp], err = c.gateOf(ctx, comp, procs); err != nil {
			return nil, err
		}
	}
	return gates, nil
}

// gateOf is a component's that is one of the node's programs.
func (c *Cluster) gateOf(ctx context.Context, comp lane.Component, procs map[string]process) (string, error) {
	p, ok := procs[string(comp)]
	if !ok {
		return "", fmt.Errorf("no process of %s on node %s", comp, c.Node.Name)
	}
	if value := gateInFlag(p.flag("feature-gates")); value != NotNamed {
		return value, nil // a flag wins over the file
	}
	if comp == lane.Kubelet {
		value, err := c.kubeletGate(ctx) // what is in force, not what some file says
		if err != nil {
			return "", fmt.Errorf("%s on node %s: %w", comp, c.Node.Name, err)
		}
		return value, nil
	}
	return NotNamed, nil
}

// kubeletGate reads the kubelet's configuration in force, as served by the kubelet itself.
func (c *Cluster) kubeletGate(ctx context.Context) (string, error) {
	client, err := c.Client()
	if err != nil {
		return "", err
	}
	raw, err := client.CoreV1().RESTClient().Get().AbsPath("/api/v1/nodes", c.Node.Name, "proxy", "configz").DoRaw(ctx)
	if err != nil {
		return "", fmt.Errorf("configz: %w", err)
	}
	var answer struct {
		KubeletConfig json.RawMessage `json:"kubeletconfig"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil || answer.KubeletConfig == nil {
		return "", fmt.Errorf("configz answered %.200q", raw)
	}
	return gateInConfig(answer.KubeletConfig)
}

// proxyGate reads the configuration that kubeadm has made for the proxy's pods: their process starts some seconds after the node
// is Ready, and no claim waits for it.
func (c *Cluster) proxyGate(ctx context.Context) (string, error) {
	client, err := c.Client()
	if err != nil {
		return "", err
	}
	cm, err := client.CoreV1().ConfigMaps(metav1.NamespaceSystem).Get(ctx, "kube-proxy", metav1.GetOptions{})
	if err != nil {
		return "", err
	}
	return gateInConfig([]byte(cm.Data["config.conf"]))
}

// gateInFlag finds the gate in A=true,B=false.
func gateInFlag(flag string) string {
	for _, pair := range strings.Split(flag, ",") {
		if k, v, ok := strings.Cut(pair, "="); ok && strings.TrimSpace(k) == lane.Gate {
			return strings.TrimSpace(v)
		}
	}
	return NotNamed
}

// gateInConfig finds the gate in a component's configuration, YAML or JSON.
func gateInConfig(text []byte) (string, error) {
	var cfg struct {
		FeatureGates map[string]bool `json:"featureGates"`
	}
	if err := yaml.Unmarshal(text, &cfg); err != nil {
		return "", fmt.Errorf("configuration: %w", err)
	}
	if v, ok := cfg.FeatureGates[lane.Gate]; ok {
		return strconv.FormatBool(v), nil
	}
	return NotNamed, nil
}
