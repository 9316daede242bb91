package lab

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// AdmitsWithout says that the server would accept the object without a field of the pod spec that it is or carries. Nothing is made.
func (b *Bench) AdmitsWithout(ctx context.Context, namespace string, o Object, field string) bool {
	served, client, err := b.served(ctx, namespace, o)
	if err != nil {
		return false
	}
	unstructured.RemoveNestedField(served.Object, append(served.template(), "spec", field)...)
	_, err = client.Create(ctx, served.Unstructured, metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}})
	return err == nil || alreadyExists(err)
}
