package lab

import (
	"context"
	"errors"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"

	"github.com/gateproof/gateproof/clusters/watching"
	"github.com/gateproof/gateproof/fixtures/images"
)

// CanPull makes a pod that needs all images of the suite, and returns when its node has them. A cluster where that
// fails can prove nothing; better one clear error than each claim's own.
func (b *Bench) CanPull(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, Timeouts.PodReady)
	defer cancel()
	ns, err := b.Namespace(ctx, "", "images")
	if err != nil {
		return err
	}
	none := false
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "images"},
		Spec:       corev1.PodSpec{RestartPolicy: corev1.RestartPolicyNever, AutomountServiceAccountToken: &none},
	}
	for _, name := range images.Names() {
		pod.Spec.Containers = append(pod.Spec.Containers, corev1.Container{Name: name, Image: b.Image(name), ImagePullPolicy: corev1.PullAlways})
	}
	pods := b.Client.CoreV1().Pods(ns)
	if _, err := pods.Create(ctx, pod, metav1.CreateOptions{}); err != nil {
		return fmt.Errorf("a first pod, to see whether the images can be pulled, cannot be made: %w", err)
	}
	last := "not seen yet"
	causes := map[string]string{} // by image: once the kubelet backs off, the status no longer says why
	err = watching.Until(ctx, pods, pod.Name, &corev1.Pod{}, func(pod *corev1.Pod) (bool, error) {
		last = Describe(pod)
		return pulled(pod, causes)
	})
	if wait.Interrupted(err) {
		err = fmt.Errorf("not pulled within %s, last seen: %s", Timeouts.PodReady, last)
	}
	if err != nil {
		return fmt.Errorf("the cluster cannot pull the images: %w; `make images IMAGE_REGISTRY=HOST/PATH` pushes them to a registry "+
			"that its nodes can pull from, and the same IMAGE_REGISTRY belongs to the run", err)
	}
	return b.removeNamespace(ctx, ns)
}

// errPull is the kubelet's word for a pull that has failed once, and that it will try again.
const errPull = "ErrImagePull"

// pulled says that the pod's node has the images of all its containers; whether these then run is no matter.
func pulled(pod *corev1.Pod, causes map[string]string) (bool, error) {
	if len(pod.Status.ContainerStatuses) < len(pod.Spec.Containers) {
		return false, nil
	}
	all := true
	for _, s := range pod.Status.ContainerStatuses {
		w := s.State.Waiting
		switch {
		case s.State.Running != nil, s.State.Terminated != nil, s.ImageID != "":
		case w != nil && w.Reason == errPull:
			causes[s.Image] = w.Message
			all = false
		case w != nil && (w.Reason == "ImagePullBackOff" || w.Reason == "InvalidImageName"):
			if cause := causes[s.Image]; cause != "" {
				return false, errors.New(cause)
			}
			return false, fmt.Errorf("%s: %s %s", s.Image, w.Reason, w.Message)
		default:
			all = false
		}
	}
	return all, nil
}
