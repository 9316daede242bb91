package lab

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

type answering int // with that status

func (code answering) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: int(code)}, nil
}

func guarding(code int) guardedTripper {
	return guardedTripper{&guard{prefix: prefixOf("0a1b"), pods: map[string]int{}}, answering(code)}
}

const (
	ours     = "/api/v1/namespaces/gateproof-0a1b-api-x7k2p"
	execPath = "/pods/nginx/exec?command=sh"
)

func TestARunWritesInItsOwnNamespacesAlone(t *testing.T) {
	for _, c := range []struct {
		method, path, body string
		sent               bool
	}{
		{http.MethodPost, "/api/v1/namespaces", `{"apiVersion":"v1","kind":"Namespace","metadata":{"generateName":"gateproof-0a1b-api-"}}`, true},
		{http.MethodPost, "/api/v1/namespaces", `{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"gateproof-0a1b-visible"}}`, true},
		{http.MethodPost, "/api/v1/namespaces", `{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}`, false},
		{http.MethodPost, "/api/v1/namespaces", `{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"gateproof-other"}}`, false},
		{http.MethodPost, "/api/v1/namespaces", "", false},
		{http.MethodDelete, "/api/v1/namespaces", "", false},
		{http.MethodDelete, ours, "", true},
		{http.MethodDelete, "/api/v1/namespaces/default", "", false},
		{http.MethodDelete, "/api/v1/namespaces/gateproof-another", "", false},
		{http.MethodPost, ours + "/pods", "", true},
		{http.MethodPost, "/k8s/clusters/c-1" + ours + execPath, "", true},
		{http.MethodGet, ours + execPath, "", true},
		{http.MethodGet, "/api/v1/namespaces/kube-system" + execPath, "", false},
		{http.MethodGet, "/api/v1/namespaces/kube-system/pods/dns/log", "", true},
		{http.MethodGet, "/proxy/api/v1/namespaces/kube-system/pods", "", true},
		{http.MethodPost, "/api/v1/namespaces/default/pods", "", false},
		{http.MethodPatch, "/apis/apps/v1/namespaces/kube-system/daemonsets/kube-proxy", "", false},
		{http.MethodPost, "/apis/rbac.authorization.k8s.io/v1/clusterroles", "", false},
		{http.MethodPut, "/api/v1/nodes/worker", "", false},
		{http.MethodPost, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "", true},
	} {
		_, err := guarding(http.StatusOK).RoundTrip(httptest.NewRequest(c.method, c.path, strings.NewReader(c.body)))
		if (err == nil) != c.sent {
			t.Errorf("%s %s %s: %v, want sent: %t", c.method, c.path, c.body, err, c.sent)
		}
	}
}

// The namespace's manifest is read, and sent all the same.
func TestWhatIsReadIsSent(t *testing.T) {
	g := NewWithT(t)
	req := httptest.NewRequest(http.MethodPost, "/api/v1/namespaces", strings.NewReader(`{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"gateproof-0a1b-x"}}`))
	_, err := guarding(http.StatusCreated).RoundTrip(req)
	g.Expect(err).NotTo(HaveOccurred())
	body, err := io.ReadAll(req.Body)
	g.Expect(string(body), err).To(ContainSubstring("gateproof-0a1b-x"))
}

func TestARunMakesSoManyPods(t *testing.T) {
	g := NewWithT(t)
	all := guarding(http.StatusOK)
	send := func(code int, method, path string) error {
		req := httptest.NewRequest(method, path, nil)
		if method == http.MethodPatch {
			req.Header.Set("Content-Type", string(types.ApplyPatchType))
		}
		_, err := guardedTripper{all.guard, answering(code)}.RoundTrip(req)
		return err
	}
	const pods = ours + "/pods"
	g.Expect(send(http.StatusForbidden, http.MethodPost, pods)).To(Succeed())
	g.Expect(send(http.StatusCreated, http.MethodPost, pods+"?dryRun=All")).To(Succeed())
	for range mostPods - 1 {
		g.Expect(send(http.StatusCreated, http.MethodPost, pods)).To(Succeed())
	}
	g.Expect(send(http.StatusCreated, http.MethodPatch, pods+"/applied")).To(Succeed())
	for _, method := range []string{http.MethodPost, http.MethodPost} {
		g.Expect(send(http.StatusCreated, method, pods)).To(MatchError(ContainSubstring("12 pods")))
	}
	g.Expect(send(http.StatusOK, http.MethodDelete, pods+"/nginx")).To(Succeed())
	g.Expect(send(http.StatusCreated, http.MethodPost, pods)).NotTo(Succeed(), "one that is going is there until it has gone")
	g.Expect(send(http.StatusOK, http.MethodPost, pods+"/nginx/exec")).To(Succeed())
	g.Expect(send(http.StatusCreated, http.MethodPost, "/api/v1/namespaces/gateproof-0a1b-other/pods")).To(Succeed())
}

// The clients of a run send protobuf where the server has it.
func TestANamespaceIsReadAsClientsSendIt(t *testing.T) {
	for _, format := range []string{"", runtime.ContentTypeProtobuf, runtime.ContentTypeJSON} {
		made := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			made++
			w.Header().Set("Content-Type", runtime.ContentTypeJSON)
			_, _ = io.WriteString(w, `{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"gateproof-0a1b-x"}}`)
		}))
		defer server.Close()
		cfg := &rest.Config{Host: server.URL, ContentConfig: rest.ContentConfig{ContentType: format}}
		guarded(cfg, "0a1b")
		namespaces := kubernetes.NewForConfigOrDie(cfg).CoreV1().Namespaces()
		g := NewWithT(t)
		for name, sent := range map[string]bool{"gateproof-0a1b-x": true, "shop": false} {
			_, err := namespaces.Create(t.Context(), &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}, metav1.CreateOptions{})
			g.Expect(err == nil).To(Equal(sent), "%s as %q: %v", name, format, err)
		}
		g.Expect(made).To(Equal(1))
	}
}
