package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// Status is what the pod's status says of the container.
func (c *Container) Status(ctx context.Context) (corev1.ContainerStatus, error) {
	pod, err := c.Pod.Get(ctx)
	if err != nil {
		return corev1.ContainerStatus{}, err
	}
	for _, s := range pod.Status.ContainerStatuses {
		if s.Name == c.Name {
			return s, nil
		}
	}
	return corev1.ContainerStatus{}, fmt.Errorf("the status of pod %s does not name %s: %s", pod.Name, c, Describe(pod))
}

// Restart is a container's end and the start of its successor.
type Restart struct {
	End *corev1.ContainerStateTerminated // of the container before
	Now corev1.ContainerStatus           // of the successor, which runs
}

// Restarted waits until the container of before has a successor that runs. The pod is one of NewPod's. The error wraps
// ErrEndUntold where it has, but nothing is known of the end.
func (c *Container) Restarted(ctx context.Context, before corev1.ContainerStatus) (Restart, error) {
	var now corev1.ContainerStatus
	err := poll(ctx, Timeouts.Restart, fmt.Sprintf("%s to run again", c), func() (bool, string, error) {
		var err error
		if now, err = c.Status(ctx); err != nil {
			return false, "", notYet{err}
		}
		return now.State.Running != nil && now.ContainerID != before.ContainerID, containerState(now), err
	})
	c.forgetProbe() // the new one's files are the image's
	if err != nil {
		return Restart{Now: now}, err
	}
	end, err := c.end(ctx, before.ContainerID)
	return Restart{End: end, Now: now}, err
}

// Renewed waits until the pod is Ready and every container of before has a successor that runs, all at once.
func (p *Pod) Renewed(ctx context.Context, before *corev1.Pod) (*corev1.Pod, error) {
	old := map[string]string{}
	for _, s := range p.Statuses(before) {
		old[s.Name] = s.ContainerID
	}
	var now *corev1.Pod
	err := poll(ctx, Timeouts.Restart, fmt.Sprintf("all containers of pod %s to run again", p.Name), func() (bool, string, error) {
		var err error
		if now, err = p.Get(ctx); err != nil {
			return false, "", notYet{err}
		}
		statuses := p.Statuses(now)
		all := len(statuses) == len(old) && ready(now)
		for _, s := range statuses {
			all = all && s.State.Running != nil && s.ContainerID != old[s.Name]
		}
		return all, Describe(now), nil
	})
	for name := range old {
		p.Container(name).forgetProbe()
	}
	return now, err
}

// Replace has the kubelet stop the container and start it anew: its image gets another name of the same image.
func (c *Container) Replace(ctx context.Context) error {
	image := ""
	for _, spec := range c.Pod.Created.Spec.Containers {
		if spec.Name == c.Name {
			image = spec.Image
		}
	}
	if image == "" || strings.ContainsAny(image[strings.LastIndex(image, "/")+1:], ":@") {
		return fmt.Errorf("the image of %s is %q: it needs one without a tag to be stopped by giving it one", c, image)
	}
	patch, err := json.Marshal(map[string]any{"spec": map[string]any{
		"containers": []any{map[string]any{"name": c.Name, "image": image + ":latest"}},
	}})
	if err != nil {
		return err
	}
	_, err = c.Pod.bench.Client.CoreV1().Pods(c.Pod.Namespace).Patch(ctx, c.Pod.Name, types.StrategicMergePatchType, patch, metav1.PatchOptions{})
	return err
}
