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
	"github.com/gateproof/gateproof/clusters/owner"
)

// Bench is where claims are proved: one lane's cluster.
type Bench struct {
	Client *kubernetes.Clientset
	Config *rest.Config
	Lane   clusters.Lane                 // what was declared
	Expect clusters.Expectation          // declared by the lane, never asked of the cluster
	Gates  map[clusters.Component]string // what the components were found to be started with; nil for an existing cluster
	RunID  string
	Node   *clusters.Node // nil where a run has no access to nodes
	Probe  string         // path of the probe program
	// Registry is where the manifests' images come from, as HOST/PATH; "" where the nodes know them by the manifests' own names.
	Registry string

	mu        sync.Mutex
	shared    map[string]*Pod  // pods that claims only read, by fixture
	sharedErr map[string]error // why one did not come up

	usedMu   sync.Mutex
	used     []*Pod   // by the claim under way
	declared []string // its fixtures; nil while no claim is under way
}

// NewBench connects to a cluster; to one of ours as the service account to which Grant has given rights.
func NewBench(c clusters.Cluster, runID, probe, registry string) (*Bench, error) {
	cfg, err := c.RESTConfig()
	if err != nil {
		return nil, err
	}
	cfg.QPS, cfg.Burst = 50, 100 // the defaults are for controllers
	cfg.WarningHandler = rest.NoWarnings{}
	if c.Node != nil {
		cfg.Impersonate = account
	}
	client, err := kubernetes.NewForConfig(cfg)
	if err != nil {
		return nil, err
	}
	return &Bench{
		Client: client, Config: cfg, Lane: c.Lane, Expect: c.Lane.Expect, Gates: c.Gates, RunID: runID, Node: c.Node, Probe: probe, Registry: registry,
		shared: map[string]*Pod{}, sharedErr: map[string]error{},
	}, nil
}

// Namespace makes a namespace of the run's own; name "" lets the server choose one. One that exists is taken as it is.
// It returns when pods can be created in it.
func (b *Bench) Namespace(ctx context.Context, name, hint string) (string, error) {
	// Claims ask for capabilities and signals that stricter levels refuse; a cluster's default may be one.
	return b.namespaceAt(ctx, "privileged", name, hint)
}

// NamespaceAt makes a namespace of the run's own where Pod Security enforces a level: privileged, baseline or restricted.
func (b *Bench) NamespaceAt(ctx context.Context, level, hint string) (string, error) {
	return b.namespaceAt(ctx, level, "", hint)
}

func (b *Bench) namespaceAt(ctx context.Context, level, name, hint string) (string, error) {
	ns := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{
		owner.Label:                          b.RunID,
		"pod-security.kubernetes.io/enforce": level,
	}}}
	if name == "" {
		ns.GenerateName = "gateproof-" + hint + "-"
	}
	made, err := b.Client.CoreV1().Namespaces().Create(ctx, ns, metav1.CreateOptions{})
	switch {
	case err == nil:
		name = made.Name
	case !alreadyExists(err):
		return "", fmt.Errorf("creating a namespace: %w", err)
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

// Clean removes the run's namespaces, and with them all that the run created on the cluster. With wait it returns when
// they are gone, without when the cluster has been told. A server that is too busy to answer is told again.
func (b *Bench) Clean(ctx context.Context, wait bool) error {
	told := map[string]bool{}
	return poll(ctx, Timeouts.NamespaceGone, "the run's namespaces to be gone", func() (bool, string, error) {
		left, err := b.removeNamespaces(ctx, told)
		if busy(err) {
			return false, "", notYet{err}
		}
		return err == nil && (left == 0 || !wait), fmt.Sprintf("%d left", left), err
	})
}

// busy says that the server had no time for the request, which may do better later.
func busy(err error) bool {
	return apierrors.IsTimeout(err) || apierrors.IsServerTimeout(err) || apierrors.IsTooManyRequests(err)
}

// removeNamespaces removes those of the run that have not been told, and returns how many there are.
func (b *Bench) removeNamespaces(ctx context.Context, told map[string]bool) (left int, err error) {
	list, err := b.Client.CoreV1().Namespaces().List(ctx, metav1.ListOptions{LabelSelector: owner.Label + "=" + b.RunID})
	if err != nil {
		return 0, err
	}
	for _, ns := range list.Items {
		if told[ns.Name] {
			continue
		}
		if err := b.removeNamespace(ctx, ns.Name); err != nil {
			return len(list.Items), err
		}
		told[ns.Name] = true
	}
	return len(list.Items), nil
}

// removeNamespace has the namespace deleted, and its pods at once. In this order: in a namespace that is going no
// controller makes pods anew.
func (b *Bench) removeNamespace(ctx context.Context, name string) error {
	err := b.Client.CoreV1().Namespaces().Delete(ctx, name, metav1.DeleteOptions{})
	if notFound(err) {
		return nil
	}
	if err != nil && !apierrors.IsConflict(err) { // a conflict: it is going already
		return err
	}
	now := int64(0)
	err = b.Client.CoreV1().Pods(name).DeleteCollection(ctx, metav1.DeleteOptions{GracePeriodSeconds: &now}, metav1.ListOptions{})
	if notFound(err) {
		return nil
	}
	return err
}
