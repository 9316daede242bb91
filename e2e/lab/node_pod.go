package lab

import (
	"context"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/gateproof/gateproof/reports"
)

// lookout is a pod that looks at its node: as `kubectl debug node` makes one, with hostPID and the node's root mounted, but privileged too, and with
// that mount read-only. One for each node, which all processes of a run share; it is in a namespace of the run's, and goes with that.
type lookout struct {
	at   *Container
	node string
}

const (
	lookoutName = "node-access"
	hostRoot    = "/host"
	// lookoutSeconds end a lookout whose run was killed, and could not remove it.
	lookoutSeconds int64 = 6 * 60 * 60
)

// lookoutPath is where programs are looked for on the node: distributions have crictl in different places.
const lookoutPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin"

// needed names the programs that the node lacks of those that looking needs, and asks CRI for its version.
const needed = `for p in crictl cut find grep readlink sed sha256sum; do command -v "$p" >/dev/null || missing="$missing $p"; done
[ -z "$missing" ] || { echo "it lacks$missing" >&2; exit 1; }
` + patientCRI + `crictl version`

func (l *lookout) String() string {
	return fmt.Sprintf("pod %s/%s on node %s: privileged, with hostPID, the node's root at %s, read-only, which commands are run in by chroot", l.at.Pod.Namespace, l.at.Pod.Name, l.node, hostRoot)
}

// lookout is the one of the bench's node, made when it is first asked for. Why there is none is found out once.
func (b *Bench) lookout(ctx context.Context) (*lookout, error) {
	b.lookoutMu.Lock()
	defer b.lookoutMu.Unlock()
	if b.lookoutPod == nil && b.lookoutErr == nil {
		made, err := b.makeLookout(ctx)
		if err != nil {
			err = &Unobserved{CauseOf(err), fmt.Errorf("the node cannot be looked at by a privileged pod, as --node-access debug asks for: %w", err)}
			if ctx.Err() != nil {
				return nil, err
			}
			b.lookoutErr = err
		}
		b.lookoutPod = made
	}
	return b.lookoutPod, b.lookoutErr
}

func (b *Bench) makeLookout(ctx context.Context) (*lookout, error) {
	node, err := b.onlyNode(ctx)
	if err != nil {
		return nil, err
	}
	ns, err := b.namespaceAt(ctx, Privileged, b.sharedName(lookoutName), "")
	if err != nil {
		return nil, err
	}
	sent := b.lookoutOf(node)
	p := b.describe(ns, sent.Name, sent)
	p.all = true
	if _, err := b.Client.CoreV1().Pods(ns).Create(ctx, sent, metav1.CreateOptions{}); err != nil && !alreadyExists(err) {
		return nil, fmt.Errorf("creating it: %w", err)
	}
	if _, err := p.WaitUntil(ctx, Timeouts.PodReady, "to be Ready", ready); err != nil {
		return nil, err
	}
	l := &lookout{at: p.Container(lookoutName), node: node}
	if _, err := l.run(ctx, []string{"sh", "-c", needed}); err != nil {
		return nil, fmt.Errorf("on node %s: %w", node, err)
	}
	return l, nil
}

// onlyNode is the node that the bench's pods are made for, or the only one that the cluster has.
func (b *Bench) onlyNode(ctx context.Context) (string, error) {
	if b.Placed != "" {
		return b.Placed, nil
	}
	list, err := b.Client.CoreV1().Nodes().List(ctx, metav1.ListOptions{Limit: 2})
	if err != nil {
		return "", fmt.Errorf("which node that would be: %w", err)
	}
	if len(list.Items) != 1 {
		return "", unobserved(reports.CauseOther, "the scheduler chooses among several nodes, and which of them is not known beforehand: choose, by --nodes")
	}
	return list.Items[0].Name, nil
}

// lookoutOf is the pod for the node: whatever runs the suite's other pods, the node's own runtime runs this one.
func (b *Bench) lookoutOf(node string) *corev1.Pod {
	yes, no, seconds := true, false, lookoutSeconds
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: lookoutName},
		Spec: corev1.PodSpec{
			HostPID: true, RestartPolicy: corev1.RestartPolicyNever, AutomountServiceAccountToken: &no, ActiveDeadlineSeconds: &seconds,
			Volumes: []corev1.Volume{{Name: "root", VolumeSource: corev1.VolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: "/"}}}},
			Containers: []corev1.Container{{
				Name: lookoutName, Image: b.Image("busybox"), Command: []string{"sleep", fmt.Sprint(seconds)},
				Env:             []corev1.EnvVar{{Name: "PATH", Value: lookoutPath}, {Name: "SYSTEMD_IGNORE_CHROOT", Value: "1"}}, // systemctl is quiet in one
				SecurityContext: &corev1.SecurityContext{Privileged: &yes},
				VolumeMounts:    []corev1.VolumeMount{{Name: "root", MountPath: hostRoot, ReadOnly: true}},
			}},
		},
	}
	if b.pullSecret != nil {
		pod.Spec.ImagePullSecrets = []corev1.LocalObjectReference{{Name: pullSecretName}}
	}
	if b.Placed != "" {
		bindTo(&pod.Spec, node)
	}
	return pod
}

// lookScript runs "$@", and says that its output is whole: the end of a stream that was cut looks like a success.
const lookScript = `mark=$0; "$@"; code=$?; printf %s "$mark"; exit $code`

func (l *lookout) run(ctx context.Context, argv []string) (string, error) {
	mark := Word()
	out, err := l.at.Output(ctx, append([]string{"chroot", hostRoot, "sh", "-c", lookScript, mark}, argv...)...)
	if err != nil {
		return "", err
	}
	whole, ok := strings.CutSuffix(out, mark)
	if !ok {
		return "", unobserved(reports.CauseExec, "what the node was asked was cut off: its answer ends %q", out[max(0, len(out)-100):])
	}
	return whole, nil
}
