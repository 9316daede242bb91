package lab

import (
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/fixtures/probe"
	"github.com/gateproof/gateproof/reports"
)

// admitted is a pod of two containers, and what admission makes of it.
func admitted(change func(*corev1.Pod)) *Pod {
	share := true
	sent := &corev1.Pod{Spec: corev1.PodSpec{ShareProcessNamespace: &share, Containers: []corev1.Container{
		{Name: "nginx", Image: "nginx"}, {Name: "shell", Image: "busybox", Stdin: true, TTY: true},
	}}}
	created := sent.DeepCopy()
	created.Spec.SecurityContext = &corev1.PodSecurityContext{} // a default
	change(created)
	return &Pod{sent: sent, Created: created}
}

func TestStrangersAreNotTheSuites(t *testing.T) {
	g := NewWithT(t)
	p := admitted(func(pod *corev1.Pod) {
		pod.Spec.Containers = append([]corev1.Container{{Name: "proxy"}}, pod.Spec.Containers...)
		pod.Spec.Containers[1].Env = []corev1.EnvVar{{Name: "AGENT"}}
		pod.Status.ContainerStatuses = []corev1.ContainerStatus{{Name: "shell"}, {Name: "proxy"}, {Name: "nginx"}}
	})
	g.Expect(p.Strangers()).To(Equal([]string{"proxy"}))
	g.Expect(p.Rewritten()).To(BeEmpty(), "what is only added rewrites nothing")
	g.Expect([]string{p.Containers()[0].Name, p.Containers()[1].Name}).To(Equal([]string{"nginx", "shell"}))
	statuses := p.Statuses(p.Created)
	g.Expect([]string{statuses[0].Name, statuses[1].Name}).To(Equal([]string{"nginx", "shell"}))
}

func TestStrangersAreAccountedForAndNotCounted(t *testing.T) {
	g := NewWithT(t)
	proxy := Process{Process: probe.Process{PID: 30, Start: 200, Argv: []string{"proxy"}}, Stranger: true}
	seen := append(Table{proxy}, table...)
	g.Expect(seen.Unaccounted(pause, master, worker, held)).To(BeEmpty())
	g.Expect(seen.Theirs()).NotTo(ContainElement(proxy))
	g.Expect(proxy.String()).To(HaveSuffix("(of a container that admission added)"))
	proxy.Stranger = false
	g.Expect(append(Table{proxy}, table...).Unaccounted(pause, master, worker, held)).To(HavePrefix("sees 1 that it should not"))
}

func TestRewritten(t *testing.T) {
	yes := true
	for words, change := range map[string]func(*corev1.Pod){
		"the command of container nginx": func(pod *corev1.Pod) { pod.Spec.Containers[0].Command = []string{"wrap", "nginx"} },
		"the image of container nginx":   func(pod *corev1.Pod) { pod.Spec.Containers[0].Image = "mirror/nginx" },
		"the security context of container shell": func(pod *corev1.Pod) {
			pod.Spec.Containers[1].SecurityContext = &corev1.SecurityContext{ReadOnlyRootFilesystem: &yes}
		},
		"the pod's security context":              func(pod *corev1.Pod) { pod.Spec.SecurityContext.RunAsNonRoot = &yes },
		"the terminal of container shell":         func(pod *corev1.Pod) { pod.Spec.Containers[1].TTY = false },
		"the hooks and probes of container nginx": func(pod *corev1.Pod) { pod.Spec.Containers[0].LivenessProbe = &corev1.Probe{} },
		"container shell is gone":                 func(pod *corev1.Pod) { pod.Spec.Containers = pod.Spec.Containers[:1] },
	} {
		t.Run(words, func(t *testing.T) { NewWithT(t).Expect(admitted(change).Rewritten()).To(Equal([]string{words})) })
	}
	g := NewWithT(t)
	g.Expect(admitted(func(pod *corev1.Pod) { pod.Spec.ShareProcessNamespace, pod.Spec.HostPID = nil, true }).Rewritten()).To(BeEmpty(),
		"the field and the node's namespaces are what claims are about: nothing excuses a change of them")
}

func TestCauseOfState(t *testing.T) {
	g := NewWithT(t)
	g.Expect(causeOfState(nil)).To(Equal(reports.CauseAPIServer))
	for want, status := range map[reports.Cause]corev1.PodStatus{
		reports.CauseUnschedulable: {Conditions: []corev1.PodCondition{{Type: corev1.PodScheduled, Status: corev1.ConditionFalse}}},
		reports.CauseImage: {ContainerStatuses: []corev1.ContainerStatus{
			{State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ImagePullBackOff"}}}}},
		reports.CauseTime: {Phase: corev1.PodPending},
	} {
		g.Expect(causeOfState(&corev1.Pod{Status: status})).To(Equal(want))
	}
	rejected := corev1.Pod{Status: corev1.PodStatus{Phase: corev1.PodFailed, Reason: "OutOfpods", Message: "Node didn't have enough resource: pods"}}
	g.Expect(causeOfState(&rejected)).To(Equal(reports.CauseUnschedulable))
	g.Expect(Describe(&rejected)).To(Equal("phase Failed; OutOfpods: Node didn't have enough resource: pods"))
}
