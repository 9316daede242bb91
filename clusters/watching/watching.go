// Package watching waits for one API object by list and watch, on API servers of any age.
package watching

import (
	"context"

	"github.com/go-logr/logr"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/tools/cache"
	watchtools "k8s.io/client-go/tools/watch"
	"k8s.io/klog/v2"
)

// Client lists and watches one kind of object, as client-go's typed clients do.
type Client[L runtime.Object] interface {
	List(ctx context.Context, opts metav1.ListOptions) (L, error)
	Watch(ctx context.Context, opts metav1.ListOptions) (watch.Interface, error)
}

// Until returns when seen, which is given the object at first and after each change, says true.
// The error is seen's, or ctx's; deleted objects are not shown.
func Until[T, L runtime.Object](ctx context.Context, client Client[L], name string, zero T, seen func(T) (bool, error)) error {
	// Errors of a watch are tried again, or end with ctx, whose end the reflector reports as one.
	ctx = klog.NewContext(ctx, logr.Discard())
	only := fields.OneTermEqualSelector("metadata.name", name).String()
	lw := plainListWatch{&cache.ListWatch{
		ListWithContextFunc: func(ctx context.Context, o metav1.ListOptions) (runtime.Object, error) {
			o.FieldSelector = only
			return client.List(ctx, o)
		},
		WatchFuncWithContext: func(ctx context.Context, o metav1.ListOptions) (watch.Interface, error) {
			o.FieldSelector = only
			return client.Watch(ctx, o)
		},
	}}
	_, err := watchtools.UntilWithSync(ctx, lw, zero, nil, func(e watch.Event) (bool, error) {
		object, ok := e.Object.(T)
		if !ok || e.Type == watch.Deleted {
			return false, nil
		}
		return seen(object)
	})
	return err
}

// plainListWatch lists and then watches. A list streamed by a watch is never ended by a server below 1.27, which
// ignores the request for it.
type plainListWatch struct{ *cache.ListWatch }

// IsWatchListSemanticsUnSupported is client-go's name for the question.
func (plainListWatch) IsWatchListSemanticsUnSupported() bool { return true }
