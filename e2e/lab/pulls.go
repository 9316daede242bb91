package lab

import (
	"context"
	"errors"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/gateproof/gateproof/clusters/watching"
	"github.com/gateproof/gateproof/fixtures/images"
)

// NotPulled is the error of a node that cannot pull the suite's images.
type NotPulled struct {
	Node    string
	Err     error  // the kubelet's words, or what was seen last
	Archive string // that the node should have been given
}

func (e *NotPulled) Error() string {
	if e.Archive != "" {
		return fmt.Sprintf("node %s has not been given the images of %s: %s; give them to each node: `kind load image-archive %[2]s`, `minikube image load %[2]s`, "+
			"or on the node `ctr --namespace k8s.io images import %[2]s`", e.Node, e.Archive, e.Err)
	}
	return fmt.Sprintf("node %s cannot pull the images: %s; `gateproof images push --image-registry=HOST/PATH` pushes them to a registry "+
		"that the nodes can pull from, and the same option belongs to the run, with --image-pull-secret where the registry wants credentials; or "+
		"`gateproof images archive` writes them to a file that the nodes can be given, for --image-archive", e.Node, e.Err)
}

func (e *NotPulled) Unwrap() error { return e.Err }

// CanPull makes a pod in the namespace that needs all images of the suite, and returns the name of its node when that has them. The
// error of one that no node took is an *Unscheduled, of one without an image a *NotPulled; another one is the API server's. tell is
// told what the wait is for.
func (b *Bench) CanPull(ctx context.Context, namespace string, tell func(string)) (node string, err error) {
	ctx, cancel := context.WithTimeout(ctx, Timeouts.FirstPod)
	defer cancel()
	pods := b.Client.CoreV1().Pods(namespace)
	pod, err := pods.Create(ctx, b.podOfAllImages(), metav1.CreateOptions{})
	if err != nil {
		return "", fmt.Errorf("a first pod, to see whether the images can be pulled, cannot be made: %w", err)
	}
	causes := map[string]string{} // by image: once the kubelet backs off, the status no longer says why
	err = watching.Until(ctx, pods, pod.Name, &corev1.Pod{}, func(seen *corev1.Pod) (bool, error) {
		pod = seen
		tell(Describe(pod))
		return pulled(pod, causes)
	})
	switch words, waits := unscheduled(pod); {
	case err == nil:
		return pod.Spec.NodeName, pods.Delete(ctx, pod.Name, *metav1.NewDeleteOptions(0))
	case errors.Is(ctx.Err(), context.Canceled):
		return "", err
	case ctx.Err() != nil && waits:
		return "", &Unscheduled{Pod: pod.Name, Within: Timeouts.FirstPod, Words: words}
	case ctx.Err() != nil:
		err = fmt.Errorf("not pulled within %s, last seen: %s", Timeouts.FirstPod, Describe(pod))
	}
	return pod.Spec.NodeName, &NotPulled{Node: pod.Spec.NodeName, Err: err, Archive: b.Images.Archive}
}

// podOfAllImages has a container of each. Whether these run is no matter.
func (b *Bench) podOfAllImages() *corev1.Pod {
	none := false
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "images"},
		Spec:       corev1.PodSpec{RestartPolicy: corev1.RestartPolicyNever, AutomountServiceAccountToken: &none},
	}
	if class := b.Lane.RuntimeClass; class != "" {
		pod.Spec.RuntimeClassName = &class
	}
	if b.pullSecret != nil {
		pod.Spec.ImagePullSecrets = []corev1.LocalObjectReference{{Name: pullSecretName}}
	}
	if b.Placed != "" {
		bindTo(&pod.Spec, b.Placed)
	}
	policy := corev1.PullAlways
	if b.Images.Archive != "" {
		policy = corev1.PullNever
	}
	for _, name := range images.Names() {
		pod.Spec.Containers = append(pod.Spec.Containers, corev1.Container{Name: name, Image: b.Image(name), ImagePullPolicy: policy})
	}
	return pod
}

// errPull is the kubelet's word for a pull that has failed once, and that it will try again.
const errPull = "ErrImagePull"

// noImage are the kubelet's words for an image that will not be there.
var noImage = []string{"ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"}

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
		case w != nil && slices.Contains(noImage, w.Reason):
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
