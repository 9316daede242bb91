// Package lab is what claims are made of: a bench (one lane's cluster), its pods, their process tables, exec and
// attach, and CRI's answers from the node. Helpers return errors; claims decide what to expect.
package lab

import (
	"context"
	"fmt"
	"sync"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/lane"
)

// Bench is where claims are proved: one lane's cluster.
type Bench struct {
	Client *kubernetes.Clientset
	Config *rest.Config
	Lane   lane.Lane                 // what was declared
	Expect lane.Expectation          // declared by the lane, never asked of the cluster
	Gates  map[lane.Component]string // what the components were found to be started with; nil for an existing cluster
	RunID  string
	Node   *clusters.Node // nil on somebody's cluster
	ByPod  bool           // a run may look at somebody's nodes, by a privileged pod on each
	Placed string         // the node, by its name in Kubernetes, that pods are made for; "" for the scheduler's choice
	Probe  string         // path of the probe program
	Images clusters.Images

	whole  *Bench   // the cluster's as a whole, where this one is for one of its nodes
	beside []*Bench // of the cluster's nodes, all

	counter    *counter       // of requests
	transport  *transport     // of exec and attach
	pullSecret *corev1.Secret // that the pods' images are pulled with; nil for none

	mu        sync.Mutex
	shared    map[string]*Pod  // pods that claims only read, by fixture
	sharedErr map[string]error // why one did not come up

	lookoutMu  sync.Mutex
	lookoutPod *lookout
	lookoutErr error // why there is none

	kernelMu    sync.Mutex
	kernelAsked bool
	ownKernel   string // what tells that pods have one; "" for the node's

	usedMu   sync.Mutex
	used     []*Pod         // by the claim under way
	own      []string       // namespaces that it alone uses
	looks    map[string]int // at the node, by what was looked at
	declared []string       // its fixtures; nil while no claim is under way
}

// NewBench connects to a cluster; to one of ours as the service account to which Grant has given rights.
func NewBench(c clusters.Cluster, runID, probe string) (*Bench, error) {
	cfg, err := c.RESTConfig()
	if err != nil {
		return nil, err
	}
	cfg.QPS, cfg.Burst = 50, 100 // the defaults are for controllers
	cfg.WarningHandler = rest.NoWarnings{}
	if c.Node != nil {
		cfg.Impersonate = account
	} else {
		guarded(cfg, runID)
	}
	count := newCounter()
	count.see(cfg)
	client, err := kubernetes.NewForConfig(cfg)
	if err != nil {
		return nil, err
	}
	return &Bench{
		Client: client, Config: cfg, Lane: c.Lane, Expect: c.Lane.Expect, Gates: c.Gates, RunID: runID, Node: c.Node, Probe: probe, Images: c.Images,
		counter: count, transport: &transport{}, shared: map[string]*Pod{}, sharedErr: map[string]error{},
	}, nil
}

// Namespace makes a namespace of the run's own for the pods of the fixtures: Pod Security is to enforce there the strictest level
// that admits them, whatever the cluster's default is. It returns when pods can be created in it.
func (b *Bench) Namespace(ctx context.Context, hint string, fixtures ...string) (string, error) {
	level, err := LevelOf(fixtures...)
	if err != nil {
		return "", err
	}
	return b.namespaceAt(ctx, level, "", hint)
}

// NamespaceAt makes a namespace of the run's own where Pod Security enforces a level.
func (b *Bench) NamespaceAt(ctx context.Context, level Level, hint string) (string, error) {
	return b.namespaceAt(ctx, level, "", hint)
}

// sharedNamespace is Namespace for the fixture's pod that claims only read: one that another process of the run has made is taken
// as it is.
func (b *Bench) sharedNamespace(ctx context.Context, fixture string) (string, error) {
	level, err := LevelOf(fixture)
	if err != nil {
		return "", err
	}
	return b.namespaceAt(ctx, level, b.sharedName(fixture), "")
}

// namespaceAt lets the server choose a name by the hint where none is given.
func (b *Bench) namespaceAt(ctx context.Context, level Level, name, hint string) (string, error) {
	ns := &corev1.Namespace{ObjectMeta: b.namespaceMeta(level)}
	ns.Name = name
	if name == "" {
		ns.GenerateName = prefixOf(b.RunID) + hint + "-"
	}
	made, err := b.Client.CoreV1().Namespaces().Create(ctx, ns, metav1.CreateOptions{})
	switch {
	case err == nil:
		if name == "" {
			b.owns(made.Name)
		}
		name = made.Name
	case !alreadyExists(err):
		return "", fmt.Errorf("creating a namespace: %w", err)
	}
	if err := b.bringPullSecret(ctx, name); err != nil {
		return name, err
	}
	return name, b.serviceAccount(ctx, name)
}

// serviceAccount waits for the namespace's default service account: before it, pods are refused.
func (b *Bench) serviceAccount(ctx context.Context, namespace string) error {
	return poll(ctx, Timeouts.ServiceAccount, "service account default in namespace "+namespace, func() (bool, string, error) {
		sa, err := b.Client.CoreV1().ServiceAccounts(namespace).Get(ctx, "default", metav1.GetOptions{})
		if notFound(err) {
			return false, "none yet", nil
		}
		if err != nil {
			return false, "", err
		}
		return sa.Name != "", "there", nil
	})
}

// RemoveNamespace has the namespace deleted, and its pods at once, and does not wait for that. In this order: in a namespace that is going no
// controller makes pods anew.
func (b *Bench) RemoveNamespace(ctx context.Context, name string) error {
	err := b.Client.CoreV1().Namespaces().Delete(ctx, name, metav1.DeleteOptions{})
	if notFound(err) {
		return nil
	}
	if err != nil && !apierrors.IsConflict(err) { // a conflict: it is going already
		return err
	}
	err = b.Client.CoreV1().Pods(name).DeleteCollection(ctx, *metav1.NewDeleteOptions(0), metav1.ListOptions{})
	if notFound(err) {
		return nil
	}
	return err
}
