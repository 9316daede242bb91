package lab

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/gateproof/gateproof/clusters/owner"
)

// SweepGone removes from a cluster of ours the namespaces of runs whose process is gone: on lanes that are kept, a run that was killed
// leaves its pods to all that follow. It does not wait.
func (b *Bench) SweepGone(ctx context.Context) error {
	list, err := b.Client.CoreV1().Namespaces().List(ctx, metav1.ListOptions{LabelSelector: owner.Label})
	if err != nil {
		return err
	}
	for _, ns := range list.Items {
		p, err := owner.ParseProcess(ns.Annotations[owner.ProcessLabel])
		if err != nil || !p.Gone() {
			continue
		}
		if err := b.RemoveNamespace(ctx, ns.Name); err != nil {
			return err
		}
	}
	return nil
}
