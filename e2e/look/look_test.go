package look

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

func TestRightsOfTheManifest(t *testing.T) {
	g := NewWithT(t)
	manifest, err := os.ReadFile("../rights.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	rights, err := rightsIn(string(manifest))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(rights).To(ContainElements(
		right{"create", "", "namespaces", ""}, right{"get", "", "pods", "exec"}, right{"create", "", "pods", "exec"},
		right{"patch", "batch", "cronjobs", "status"}, right{"list", "node.k8s.io", "runtimeclasses", ""}))
	g.Expect(rights).To(ContainElements(vital))
	g.Expect(right{"patch", "batch", "cronjobs", "status"}.String()).To(Equal("patch cronjobs.batch/status"))
}

func TestRightsRow(t *testing.T) {
	g := NewWithT(t)
	g.Expect(rightsRow(53, nil, nil)).To(Equal(Row{What: "rights", Found: "all 53 of e2e/rights.yaml"}))
	row := rightsRow(53, []right{{"get", "", "pods", "log"}}, nil)
	g.Expect(row.Found).To(Equal("1 of 53 are missing: pods/log (get)"))
	g.Expect(row.Costs).To(ContainSubstring("claims that need one"))
	g.Expect(byObject([]right{{"create", "", "pods", "exec"}, {"get", "batch", "jobs", ""}, {"get", "", "pods", "exec"}})).To(Equal("pods/exec (create, get), jobs.batch (get)"))
	g.Expect(rightsRow(53, []right{{"create", "", "pods", ""}, {"get", "", "pods", "log"}}, nil).Costs).To(Equal("without create pods no claim can be observed"))
	g.Expect(rightsRow(53, nil, errors.New("forbidden: who asks")).Found).To(ContainSubstring("who asks"))
}

// page is the page's pod as it is sent.
func page(g Gomega) *corev1.Pod {
	pods, err := podFixtures()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(pods[0].fixture).To(Equal(fixtures.PageManifest))
	yes := true
	sent := &corev1.Pod{Spec: corev1.PodSpec{ShareProcessNamespace: &yes, Containers: []corev1.Container{
		{Name: "nginx", Image: "nginx"}, {Name: "shell", Image: "busybox", Command: []string{"sh"}, Stdin: true, TTY: true,
			Resources: corev1.ResourceRequirements{Limits: corev1.ResourceList{"cpu": resource.MustParse("100m")}}},
	}}}
	return sent
}

func TestWhatEveryServerAddsIsNoChange(t *testing.T) {
	g := NewWithT(t)
	sent := page(g)
	got := sent.DeepCopy()
	got.Spec.ServiceAccountName, got.Spec.SchedulerName, got.Spec.DNSPolicy = "default", "default-scheduler", corev1.DNSClusterFirst
	got.Spec.SecurityContext = &corev1.PodSecurityContext{}
	got.Spec.Volumes = []corev1.Volume{{Name: "kube-api-access-x2b5l"}}
	got.Spec.Tolerations = []corev1.Toleration{{Key: corev1.TaintNodeNotReady}, {Key: corev1.TaintNodeUnreachable}}
	got.Spec.Containers[0].VolumeMounts = []corev1.VolumeMount{{Name: "kube-api-access-x2b5l", MountPath: tokenPath}}
	got.Spec.Containers[1].Resources.Requests = corev1.ResourceList{"cpu": resource.MustParse("0.1")}
	g.Expect(changes(sent, got)).To(BeEmpty())
}

func TestWhatAdmissionMakesOfAPod(t *testing.T) {
	yes, no, class, always := true, false, "kata", corev1.ContainerRestartPolicyAlways
	for words, c := range map[string]struct {
		kind   kind
		change func(*corev1.Pod)
	}{
		"container proxy prepended (r/proxy:1)": {containers, func(p *corev1.Pod) {
			p.Spec.Containers = append([]corev1.Container{{Name: "proxy", Image: "r/proxy:1"}}, p.Spec.Containers...)
		}},
		"container agent appended (r/agent)": {containers, func(p *corev1.Pod) {
			p.Spec.Containers = append(p.Spec.Containers, corev1.Container{Name: "agent", Image: "r/agent"})
		}},
		"init container proxy appended (r/p), which restarts: Always": {containers, func(p *corev1.Pod) {
			p.Spec.InitContainers = []corev1.Container{{Name: "proxy", Image: "r/p", RestartPolicy: &always}}
		}},
		"container shell taken away":                     {containers, func(p *corev1.Pod) { p.Spec.Containers = p.Spec.Containers[:1] }},
		`the command of shell has become ["/wrap" "sh"]`: {commands, func(p *corev1.Pod) { p.Spec.Containers[1].Command = []string{"/wrap", "sh"} }},
		"nginx has become mirror/nginx":                  {imagesOf, func(p *corev1.Pod) { p.Spec.Containers[0].Image = "mirror/nginx" }},
		"variable DD_AGENT_HOST added": {variables, func(p *corev1.Pod) {
			p.Spec.Containers[0].Env = []corev1.EnvVar{{Name: "DD_AGENT_HOST", Value: "secret"}}
		}},
		"volume ddsocket added": {volumes, func(p *corev1.Pod) { p.Spec.Volumes = []corev1.Volume{{Name: "ddsocket"}} }},
		"/var/run/datadog mounted": {volumes, func(p *corev1.Pod) {
			p.Spec.Containers[0].VolumeMounts = []corev1.VolumeMount{{MountPath: "/var/run/datadog"}}
		}},
		"limit memory=64Mi": {resources, func(p *corev1.Pod) {
			p.Spec.Containers[0].Resources.Limits = corev1.ResourceList{"memory": resource.MustParse("64Mi")}
		}},
		"RuntimeClass kata":  {scheduling, func(p *corev1.Pod) { p.Spec.RuntimeClassName = &class }},
		"toleration of spot": {scheduling, func(p *corev1.Pod) { p.Spec.Tolerations = []corev1.Toleration{{Key: "spot"}} }},
		"pod's runAsNonRoot=true": {security, func(p *corev1.Pod) {
			p.Spec.SecurityContext = &corev1.PodSecurityContext{RunAsNonRoot: &yes}
		}},
		"container's readOnlyRootFilesystem=true": {security, func(p *corev1.Pod) {
			p.Spec.Containers[0].SecurityContext = &corev1.SecurityContext{ReadOnlyRootFilesystem: &yes}
		}},
		"pod's seccompProfile.type=RuntimeDefault": {security, func(p *corev1.Pod) {
			p.Spec.SecurityContext = &corev1.PodSecurityContext{SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault}}
		}},
		"shareProcessNamespace: true has become false":  {theField, func(p *corev1.Pod) { p.Spec.ShareProcessNamespace = &no }},
		"shareProcessNamespace: true has become absent": {theField, func(p *corev1.Pod) { p.Spec.ShareProcessNamespace = nil }},
	} {
		t.Run(words, func(t *testing.T) {
			g := NewWithT(t)
			sent := page(g)
			got := sent.DeepCopy()
			c.change(got)
			g.Expect(changes(sent, got)).To(Equal([]change{{c.kind, words}}))
			g.Expect(meaning).To(HaveKey(c.kind))
			g.Expect(kinds).To(ContainElement(c.kind))
		})
	}
}

func TestRefusals(t *testing.T) {
	status := func(code int32, message string) error {
		return &apierrors.StatusError{ErrStatus: metav1.Status{Code: code, Message: message}}
	}
	for text, c := range map[string]struct {
		err   error
		cause reports.Cause
	}{
		`admission webhook "x" denied the request: no hostPID`:              {status(400, `admission webhook "x" denied the request: no hostPID`), reports.CauseAdmission},
		"violates PodSecurity":                                              {status(403, `pods "nginx" is forbidden: violates PodSecurity`), reports.CauseAdmission},
		"ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no": {status(422, `pods "nginx" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no`), reports.CauseAdmission},
		"failed quota: q: must specify requests.cpu":                        {status(403, `pods "nginx" is forbidden: failed quota: q: must specify requests.cpu for: nginx,shell`), reports.CauseQuota},
		"exceeded quota: q, requested: pods=1, used: pods=3":                {status(403, `pods "nginx" is forbidden: exceeded quota: q, requested: pods=1, used: pods=3`), reports.CauseQuota},
		"maximum cpu usage per Container is 1, but limit is 2":              {status(403, `pods "nginx" is forbidden: maximum cpu usage per Container is 1, but limit is 2`), reports.CauseQuota},
		`Internal error occurred: failed calling webhook "x": timeout`:      {status(500, `Internal error occurred: failed calling webhook "x": timeout`), reports.CauseAdmission},
		`admission webhook "x" does not support dry run`:                    {status(400, `admission webhook "x" does not support dry run`), noDryRun},
		`spec.hostPID: Invalid value`:                                       {status(422, `Pod "nginx" is invalid: spec.hostPID: Invalid value`), invalid},
		"connection refused":                                                {errors.New("connection refused"), reports.CauseAPIServer},
	} {
		NewWithT(t).Expect(refusal(c.err)).To(Equal(words{c.cause, text}))
	}
}

func TestRefusalsCostClaims(t *testing.T) {
	g := NewWithT(t)
	l := &looking{said: map[words]bool{}, Bench: &lab.Bench{Lane: lane.Lane{Expect: lane.Expectation{Processes: lane.Shared}}}, Look: Look{
		Claims: []string{"a", "b", "c"}, Lost: map[string]string{}, Scale: 1,
	}, groups: []claim.Group{{Claims: []claim.Claim{{ID: "a", Fixtures: []string{"x.yaml"}}, {ID: "b", Fixtures: []string{"y.yaml", "x.yaml"}}, {ID: "c"}, {ID: "elsewhere", Fixtures: []string{"x.yaml"}}}}}}
	denied := &apierrors.StatusError{ErrStatus: metav1.Status{Code: 403, Message: `pods "x" is forbidden: no privileged pods here`}}
	l.take([]answer{{fixture: "x.yaml", err: denied}, {fixture: "x.yaml", err: denied}, {fixture: "y.yaml", changes: []change{{variables, "variable V added"}}}, {fixture: "z.yaml"}})
	g.Expect(l.Rows).To(HaveLen(2))
	g.Expect(l.Rows[0]).To(Equal(Row{What: "admission", Found: "refused: no privileged pods here; of x.yaml", Costs: "2 claims cannot be observed: a, b", Remedy: "an exception for namespaces labelled gateproof.run"}))
	g.Expect(l.Rows[1]).To(And(HaveField("What", "admission: environment"), HaveField("Found", "y.yaml: variable V added")))
	g.Expect(l.Result()).To(Equal("1 claim can be observed, 2 cannot: a, b"))
}

func TestPodsThatClaimsMakeAreTriedToo(t *testing.T) {
	g := NewWithT(t)
	made, err := lab.MadeOf([]byte("{kind: Pod, metadata: {name: p}, spec: {hostNetwork: true, containers: [{name: a, image: busybox}]}}"))
	g.Expect(err).NotTo(HaveOccurred())
	makes := func(version string) ([]lab.Made, error) {
		g.Expect(version).To(Equal("v1.16.15"))
		return []lab.Made{made}, nil
	}
	l := &looking{Bench: &lab.Bench{Lane: lane.Lane{Version: "v1.16.15"}}, Look: Look{Claims: []string{"a", "ab"}, Lost: map[string]string{}},
		groups: []claim.Group{{Claims: []claim.Claim{{ID: "a", Makes: makes}, {ID: "ab"}, {ID: "elsewhere", Makes: makes}}}}}
	fixed, err := podFixtures()
	g.Expect(err).NotTo(HaveOccurred())
	pods, err := l.pods()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(pods[len(fixed):]).To(Equal([]podFixture{{"a/p", lab.Privileged, made.Object}}))
	g.Expect(l.lose("refused", "a/p")).To(Equal([]string{"a"}))
}

func TestScale(t *testing.T) {
	g := NewWithT(t)
	for took, factor := range map[time.Duration]float64{2 * time.Second: 1, 15 * time.Second: 1, 30 * time.Second: 2, 5 * time.Minute: 6} {
		g.Expect(scale(took)).To(Equal(factor), took.String())
	}
}

func TestLabels(t *testing.T) {
	g := NewWithT(t)
	g.Expect(labelsRow(labels{rest: "seccomp mode 2"}, true)).To(Equal(Row{What: "security modules", Found: "none labels processes; seccomp mode 2"}))
	row := labelsRow(labels{container: "cri-containerd.apparmor.d (enforce)", first: "unconfined", kill: "EACCES", rest: "seccomp mode 2"}, true)
	g.Expect(row.Found).To(Equal("a container's process is labelled cri-containerd.apparmor.d (enforce), PID 1 unconfined; seccomp mode 2; a signal to PID 1 is answered EACCES"))
	g.Expect(row.Costs).To(Equal("claims that signal PID 1 are not observed"))
	g.Expect(labelsRow(labels{container: "a", first: "b", rest: "-"}, true).Costs).To(ContainSubstring("none was seen"))
	g.Expect(labelsRow(labels{container: "a", first: "a", rest: "-", kill: "EACCES"}, false).Costs).To(BeEmpty(), "PID 1 is the container's own")
	row = labelsRow(labels{container: "a", first: "b", rest: "-", kill: "EACCES", hides: true}, true)
	g.Expect(row.Found).To(HaveSuffix("; processes of one container may not look at each other"))
	g.Expect(row.Costs).To(Equal("claims that signal PID 1 are not observed; claims that look at other processes by /proc are not observed"))
	g.Expect(row.Remedy).To(Equal("a profile that lets containers signal the sandbox's process, or none; a profile that lets processes of its label be read and traced, as that of containerd 1.7 and later"))
	g.Expect(labelsRow(labels{rest: "-", yama: "3"}, true).Costs).To(HavePrefix("claims that trace"))
}

func TestThePagesPodIsMadeLessByLess(t *testing.T) {
	g := NewWithT(t)
	for _, a := range attempts {
		manifest, err := a.manifest()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(strings.Contains(string(manifest), "SYS_PTRACE")).To(Equal(a.capability), "%s", manifest)
		g.Expect(strings.Contains(string(manifest), "shareProcessNamespace: true")).To(Equal(a.field), "%s", manifest)
		g.Expect(string(manifest)).To(And(ContainSubstring("name: "+a.name), ContainSubstring("tty: true")))
	}
}

func TestTableStaysInItsWidth(t *testing.T) {
	g := NewWithT(t)
	l := Look{Scale: 2, Claims: []string{"a", "b"}, Lost: map[string]string{"b": "no"}, Rows: []Row{
		{What: "rights", Found: "all 53"},
		{What: "admission: environment", Found: strings.Repeat("wort ", 30) + strings.Repeat("x", 200), Costs: "none", Remedy: "ähnliches tun"},
	}}
	lines := strings.Split(strings.TrimSpace(l.Text(100)), "\n")
	for _, line := range lines {
		g.Expect(utf8.RuneCountInString(line)).To(BeNumerically("<=", 100), line)
	}
	g.Expect(lines[0]).To(MatchRegexp(`^WHAT +FOUND +COSTS +WHAT TO DO$`))
	g.Expect(lines[1]).To(MatchRegexp(`^rights +all 53 +- +-$`))
	g.Expect(lines[len(lines)-1]).To(Equal("1 claim can be observed, 1 cannot: b; waits are 2.0 times as long as usual"))
	g.Expect(l.ForReport()[0]).To(Equal(reports.LookRow{What: "rights", Found: "all 53"}))
}

func TestATableWithoutCostsHasTwoColumns(t *testing.T) {
	l := Look{Scale: 1, Claims: []string{"a"}, Rows: []Row{{What: "rights", Found: "all 53"}}}
	NewWithT(t).Expect(l.Text(80)).To(Equal("WHAT    FOUND\nrights  all 53\n1 claim can be observed\n"))
}
