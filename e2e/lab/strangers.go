package lab

import (
	"context"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
)

// Strangers are containers that the suite did not ask for and admission has added: a mesh's proxy, an agent. They are accounted for
// and never counted.

// own are the names of the containers that the pod was asked for with, ephemeral ones by their later order.
func (p *Pod) own(name string) bool {
	named := func(c corev1.Container) bool { return c.Name == name }
	return slices.ContainsFunc(p.sent.Spec.Containers, named) || slices.ContainsFunc(p.sent.Spec.InitContainers, named)
}

// Strangers are the names of the containers, of whichever kind, that admission has added.
func (p *Pod) Strangers() []string {
	if p.Created == nil {
		return nil
	}
	var out []string
	for _, c := range slices.Concat(p.Created.Spec.InitContainers, p.Created.Spec.Containers) {
		if !p.own(c.Name) {
			out = append(out, c.Name)
		}
	}
	return out
}

// Statuses are those of the pod's own containers, in the manifest's order, by a state of the pod.
func (p *Pod) Statuses(pod *corev1.Pod) []corev1.ContainerStatus {
	var out []corev1.ContainerStatus
	for _, c := range p.Containers() {
		if s := Status(pod, c.Name); s.Name != "" {
			out = append(out, s)
		}
	}
	return out
}

// strangerIDs are the ids of the strangers' containers as they are now.
func (p *Pod) strangerIDs(ctx context.Context) ([]string, error) {
	names := p.Strangers()
	if len(names) == 0 {
		return nil, nil
	}
	pod, err := p.Get(ctx)
	if err != nil {
		return nil, fmt.Errorf("which containers admission has added: %w", err)
	}
	var ids []string
	for _, name := range names {
		if id := CRIID(Status(pod, name).ContainerID); id != "" {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// markStrangers notes which of the processes are in containers that admission has added.
func (p *Pod) markStrangers(ctx context.Context, t Table) error {
	ids, err := p.strangerIDs(ctx)
	if err != nil {
		return err
	}
	for i := range t {
		t[i].Stranger = slices.ContainsFunc(t[i].Containers, func(id string) bool { return slices.Contains(ids, id) })
	}
	return nil
}

// WithoutStrangers leaves out the processes of containers that admission has added.
func (p *Pod) WithoutStrangers(ctx context.Context, t NodeTable) (NodeTable, error) {
	ids, err := p.strangerIDs(ctx)
	if err != nil {
		return nil, err
	}
	return t.Without(t.In(ids...)), nil
}
