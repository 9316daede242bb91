// Package clusters is a cluster that a run has: how it is reached, its node, and what its components were started with.
package clusters

import (
	"cmp"
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/watching"
)

// Cluster is a lane that is up.
type Cluster struct {
	Lane       lane.Lane
	Name       string   // of kind's cluster
	Kubeconfig string   // path; of an existing cluster as KUBECONFIG has it
	Relayed    string   // path of a copy that leads through the engine, while the process that relays lives; "" where the first is reached
	Context    string   // in the kubeconfig, "" for the current one
	Arch       string   // of the nodes, as Go names it
	Node       *Node    // of the control plane; nil where a run has no access to nodes
	Members    []Member `json:",omitempty"` // all nodes of a lane that declares several, the control plane first
	Image      nodeimage.Image
	Images     Images
	Boot       time.Duration             // from nothing to a Ready node
	Gates      map[lane.Component]string // as read back: "true", "false" or NotNamed
	Facts      map[string]string         // about versions, runtime and kernel, as the cluster reports them
}

// RESTConfig is how to reach the cluster.
func (c Cluster) RESTConfig() (*rest.Config, error) {
	loader, err := LoadKubeconfig(cmp.Or(c.Relayed, c.Kubeconfig), c.Context)
	if err != nil {
		return nil, fmt.Errorf("kubeconfig of lane %s: %w", c.Lane.Name, err)
	}
	cfg, err := loader.ClientConfig()
	if err != nil {
		return nil, fmt.Errorf("kubeconfig of lane %s: %w", c.Lane.Name, err)
	}
	return cfg, nil
}

// Client returns a client for the cluster.
func (c Cluster) Client() (*kubernetes.Clientset, error) {
	cfg, err := c.RESTConfig()
	if err != nil {
		return nil, err
	}
	return ClientFor(cfg)
}

// ClientFor is quiet about deprecated APIs: the suite speaks to servers of many years.
func ClientFor(cfg *rest.Config) (*kubernetes.Clientset, error) {
	cfg = rest.CopyConfig(cfg)
	cfg.WarningHandler = rest.NoWarnings{}
	return kubernetes.NewForConfig(cfg)
}

// readyWithin bounds the time from kubeadm's end to a Ready node. Measured: 2 to 10 s on two cores.
const readyWithin = 3 * time.Minute

// WaitReady returns when the node's condition Ready is True, and notes what the node says of itself.
func (c *Cluster) WaitReady(ctx context.Context) error {
	client, err := c.Client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	last := "no such node yet"
	err = watching.Until(ctx, client.CoreV1().Nodes(), c.Node.Name, &corev1.Node{}, func(node *corev1.Node) (bool, error) {
		for _, cond := range node.Status.Conditions {
			if cond.Type == corev1.NodeReady {
				last = fmt.Sprintf("Ready=%s (%s: %s)", cond.Status, cond.Reason, cond.Message)
				c.noteFacts(client, node)
				return cond.Status == corev1.ConditionTrue, nil
			}
		}
		return false, nil
	})
	if err != nil {
		return fmt.Errorf("node %s was not Ready within %s, last seen: %s: %w", c.Node.Name, readyWithin, last, err)
	}
	return nil
}

func (c *Cluster) noteFacts(client *kubernetes.Clientset, node *corev1.Node) {
	info := node.Status.NodeInfo
	c.Arch = info.Architecture
	c.Facts = map[string]string{
		"node image":        c.Image.Ref,
		"node image id":     c.Image.ID,
		"node image source": string(c.Image.Source),
		"kubelet":           info.KubeletVersion,
		"container runtime": info.ContainerRuntimeVersion,
		"kernel":            info.KernelVersion,
		"os":                info.OSImage,
	}
	if v, err := client.Discovery().ServerVersion(); err == nil {
		c.Facts["kube-apiserver"] = v.GitVersion
		if commit := GitCommit(v); commit != "" {
			c.Facts["git commit"] = commit
		}
	}
}
