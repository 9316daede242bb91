package alter

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"github.com/gateproof/gateproof/clusters/owner"
)

// giver puts objects into each namespace of the suite's as soon as it sees it, as policies do.
type giver struct {
	cancel context.CancelFunc
	ended  chan struct{}

	mu    sync.Mutex
	given map[string]bool // namespaces
	errs  []error
}

func give(client kubernetes.Interface, objects []prepared) *giver {
	ctx, cancel := context.WithCancel(context.Background())
	g := &giver{cancel: cancel, ended: make(chan struct{}), given: map[string]bool{}}
	go func() {
		defer close(g.ended)
		for len(objects) > 0 && ctx.Err() == nil {
			if err := g.watch(ctx, client, objects); err != nil {
				select {
				case <-ctx.Done():
				case <-time.After(time.Second):
				}
			}
		}
	}()
	return g
}

// watch looks at all namespaces, and at new ones until the server ends the watch.
func (g *giver) watch(ctx context.Context, client kubernetes.Interface, objects []prepared) error {
	watch, err := client.CoreV1().Namespaces().Watch(ctx, metav1.ListOptions{LabelSelector: owner.Label})
	if err != nil {
		return err
	}
	defer watch.Stop()
	for event := range watch.ResultChan() {
		ns, ok := event.Object.(*corev1.Namespace)
		if ok && ns.DeletionTimestamp == nil {
			g.to(ctx, ns.Name, objects)
		}
	}
	return errors.New("the watch has ended")
}

func (g *giver) to(ctx context.Context, namespace string, objects []prepared) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.given[namespace] {
		return
	}
	g.given[namespace] = true
	for _, o := range objects {
		err := o.create(ctx, namespace)
		gone := apierrors.IsNotFound(err) || apierrors.HasStatusCause(err, corev1.NamespaceTerminatingCause)
		if err != nil && !gone && !apierrors.IsAlreadyExists(err) && ctx.Err() == nil {
			g.errs = append(g.errs, fmt.Errorf("%s %s in namespace %s: %w", o.GetKind(), o.GetName(), namespace, err))
		}
	}
}

func (g *giver) did() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.given) == 0 {
		return ""
	}
	return fmt.Sprintf("%d namespaces were given what policy puts there", len(g.given))
}

func (g *giver) stop() error {
	g.cancel()
	<-g.ended
	return errors.Join(g.errs...)
}
