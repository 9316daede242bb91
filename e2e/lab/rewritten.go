package lab

import (
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
)

// Rewritten says in words what admission has changed in what the pod's own containers are and do; empty for nothing. What it only
// adds (containers, environment, volumes, limits, tolerations) is none of it; nor is the field, nor the node's namespaces: these are
// the suite's subject.
func (p *Pod) Rewritten() []string {
	if p.Created == nil {
		return nil
	}
	var out []string
	note := func(what string, sent, created any) {
		if !equality.Semantic.DeepEqual(sent, created) {
			out = append(out, what)
		}
	}
	note("the pod's security context", podSecurity(p.sent), podSecurity(p.Created))
	note("the runtime class", p.sent.Spec.RuntimeClassName, p.Created.Spec.RuntimeClassName)
	for _, sent := range slices.Concat(p.sent.Spec.InitContainers, p.sent.Spec.Containers) {
		created, ok := containerOf(p.Created, sent.Name)
		if !ok {
			out = append(out, fmt.Sprintf("container %s is gone", sent.Name))
			continue
		}
		of := func(what string) string { return fmt.Sprintf("the %s of container %s", what, sent.Name) }
		note(of("image"), sent.Image, created.Image)
		note(of("command"), slices.Concat(sent.Command, sent.Args), slices.Concat(created.Command, created.Args))
		note(of("security context"), sent.SecurityContext, created.SecurityContext)
		note(of("terminal"), []bool{sent.Stdin, sent.TTY}, []bool{created.Stdin, created.TTY})
		note(of("hooks and probes"), hooks(sent), hooks(created))
	}
	return out
}

// podSecurity is the pod's security context; the API server gives an empty one to a pod without.
func podSecurity(pod *corev1.Pod) corev1.PodSecurityContext {
	if pod.Spec.SecurityContext == nil {
		return corev1.PodSecurityContext{}
	}
	return *pod.Spec.SecurityContext
}

// hooks says which hooks and probes a container has; what their fields default to is the API server's matter.
func hooks(c corev1.Container) []bool {
	return []bool{
		c.LivenessProbe != nil, c.ReadinessProbe != nil, c.StartupProbe != nil,
		c.Lifecycle != nil && c.Lifecycle.PostStart != nil, c.Lifecycle != nil && c.Lifecycle.PreStop != nil,
	}
}

func containerOf(pod *corev1.Pod, name string) (corev1.Container, bool) {
	for _, c := range slices.Concat(pod.Spec.InitContainers, pod.Spec.Containers) {
		if c.Name == name {
			return c, true
		}
	}
	return corev1.Container{}, false
}
