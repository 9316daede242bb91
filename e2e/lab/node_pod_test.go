package lab

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/reports"
)

// rightOf names the right that a request needs, as RBAC does: verb and resource.
func rightOf(r *http.Request) string {
	words := strings.Split(strings.TrimPrefix(r.URL.Path, "/api/v1/"), "/")
	if words[0] == "namespaces" && len(words) > 2 {
		words = words[2:]
	}
	resource, one := words[0], len(words) > 1
	if len(words) > 2 {
		return map[string]string{http.MethodPost: "create ", http.MethodGet: "get "}[r.Method] + resource + "/" + words[2]
	}
	switch {
	case r.Method == http.MethodPost:
		return "create " + resource
	case r.Method == http.MethodDelete && one:
		return "delete " + resource
	case r.Method == http.MethodDelete:
		return "deletecollection " + resource
	case one:
		return "get " + resource
	case r.URL.Query().Has("watch"):
		return "watch " + resource
	}
	return "list " + resource
}

// oneNode is an API server with one node, which takes what it is sent and whose exec does not answer. used are the rights that it was asked by.
func oneNode(t *testing.T) (b *Bench, used func() []string) {
	g := NewWithT(t)
	var mu sync.Mutex
	rights, gone := map[string]bool{}, false
	meta := func(name string) metav1.ObjectMeta { return metav1.ObjectMeta{Name: name, ResourceVersion: "1"} }
	namespace := corev1.Namespace{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"}, ObjectMeta: meta("gateproof-0a1b-node-access")}
	pod := corev1.Pod{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}, ObjectMeta: meta(lookoutName)}
	up := pod
	up.ResourceVersion, up.Status.Conditions = "2", []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}}
	list := func(kind string) metav1.TypeMeta { return metav1.TypeMeta{APIVersion: "v1", Kind: kind + "List"} }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		right := rightOf(r)
		rights[right] = true
		w.Header().Set("Content-Type", "application/json")
		var answer any
		switch right {
		case "create namespaces":
			answer = namespace
		case "get serviceaccounts":
			answer = corev1.ServiceAccount{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"}, ObjectMeta: meta("default")}
		case "list nodes":
			answer = corev1.NodeList{TypeMeta: list("Node"), Items: []corev1.Node{{ObjectMeta: meta("worker")}}}
		case "create pods":
			answer = pod
		case "list pods":
			answer = corev1.PodList{TypeMeta: list("Pod"), Items: []corev1.Pod{pod}, ListMeta: metav1.ListMeta{ResourceVersion: "1"}}
		case "watch pods":
			answer = map[string]any{"type": "MODIFIED", "object": up}
		case "list namespaces":
			all := corev1.NamespaceList{TypeMeta: list("Namespace")}
			if !gone {
				all.Items = []corev1.Namespace{namespace}
			}
			answer = all
		case "delete namespaces", "deletecollection pods":
			gone = true
			answer = metav1.Status{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Status"}, Status: metav1.StatusSuccess}
		default:
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(server.Close)
	b = benchAt(g, server)
	return b, func() (out []string) {
		mu.Lock()
		defer mu.Unlock()
		for right := range rights {
			out = append(out, right)
		}
		return out
	}
}

// The file that an administrator reads says all that node access uses, and nothing else.
func TestRightsOfNodeAccessAreThoseThatItUses(t *testing.T) {
	g := NewWithT(t)
	b, used := oneNode(t)
	_, err := b.OnNode(t.Context(), "something", "true")
	g.Expect(CauseOf(err)).To(Equal(reports.CauseExec), "%v", err)
	g.Expect(err).To(MatchError(ContainSubstring("the node cannot be looked at by a privileged pod")))
	g.Expect(b.Clean(t.Context(), true)).To(Succeed())
	manifest, err := os.ReadFile("../rights-node-access.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	first, _, _ := strings.Cut(string(manifest), "\n---\n")
	var role rbacv1.ClusterRole
	g.Expect(yaml.UnmarshalStrict([]byte(first), &role)).To(Succeed())
	var named []string
	for _, rule := range role.Rules {
		for _, resource := range rule.Resources {
			for _, verb := range rule.Verbs {
				named = append(named, verb+" "+resource)
			}
		}
	}
	g.Expect(used()).To(ConsistOf(named))
}

func TestANodeOfSomebodysIsNotLookedAtUnasked(t *testing.T) {
	g := NewWithT(t)
	b, used := oneNode(t)
	b.ByPod = false
	g.Expect(b.Access()).To(Equal(NoAccess))
	g.Expect(b.OutOfSight(t.Context())).To(Equal("this run has no access to nodes"))
	_, err := b.OnNode(t.Context(), "something", "true")
	g.Expect(err).To(HaveOccurred())
	g.Expect(used()).To(BeEmpty())
}

func TestTheLookoutIsMadeForItsNodeByItsOwnRuntime(t *testing.T) {
	g := NewWithT(t)
	b, _ := oneNode(t)
	b.Lane.RuntimeClass, b.Placed = "gvisor", "worker"
	spec := b.lookoutOf("worker").Spec
	g.Expect(spec.RuntimeClassName).To(BeNil())
	g.Expect(spec.NodeName).To(BeEmpty(), "the scheduler decides")
	g.Expect(spec.Affinity).NotTo(BeNil())
	g.Expect(spec.Tolerations).To(BeEmpty())
	g.Expect(spec.Containers[0].VolumeMounts[0].ReadOnly).To(BeTrue())
	g.Expect(*spec.ActiveDeadlineSeconds).To(BeNumerically(">", 0), "it ends by itself, where its run was killed")
}

// benchAt is a bench of somebody's cluster, whose nodes a run may look at.
func benchAt(g Gomega, server *httptest.Server) *Bench {
	cfg := &rest.Config{Host: server.URL}
	client, err := kubernetes.NewForConfig(cfg)
	g.Expect(err).NotTo(HaveOccurred())
	return &Bench{Client: client, Config: cfg, RunID: owner.ID(), ByPod: true, transport: &transport{}, counter: newCounter()}
}
