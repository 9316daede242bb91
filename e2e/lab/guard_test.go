package lab

import (
	"net/http"
	"net/http/httptest"
	"testing"

	. "github.com/onsi/gomega"
)

func TestARunWritesInItsOwnNamespacesAlone(t *testing.T) {
	for _, c := range []struct {
		method, path string
		own          bool
	}{
		{http.MethodPost, "/api/v1/namespaces", true},
		{http.MethodDelete, "/api/v1/namespaces", false},
		{http.MethodDelete, "/api/v1/namespaces/gateproof-api-x7k2p", true},
		{http.MethodDelete, "/api/v1/namespaces/default", false},
		{http.MethodPost, "/api/v1/namespaces/gateproof-api-x7k2p/pods", true},
		{http.MethodPost, "/k8s/clusters/c-1/api/v1/namespaces/gateproof-api-x7k2p/pods/nginx/exec", true},
		{http.MethodPost, "/api/v1/namespaces/default/pods", false},
		{http.MethodPatch, "/apis/apps/v1/namespaces/kube-system/daemonsets/kube-proxy", false},
		{http.MethodPost, "/apis/rbac.authorization.k8s.io/v1/clusterroles", false},
		{http.MethodPut, "/api/v1/nodes/worker", false},
		{http.MethodPost, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", true},
	} {
		if got := ownPath(c.method, c.path); got != c.own {
			t.Errorf("%s %s: own %t, want %t", c.method, c.path, got, c.own)
		}
	}
}

type answering int // with that status

func (code answering) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: int(code)}, nil
}

func TestARunHasSoManyPodsAtOnce(t *testing.T) {
	g := NewWithT(t)
	all := &guard{pods: map[string]int{}}
	send := func(code int, method, path string) error {
		_, err := guardedTripper{all, answering(code)}.RoundTrip(httptest.NewRequest(method, path, nil))
		return err
	}
	const pods = "/api/v1/namespaces/gateproof-api-x7k2p/pods"
	g.Expect(send(http.StatusForbidden, http.MethodPost, pods)).To(Succeed())
	g.Expect(send(http.StatusCreated, http.MethodPost, pods+"?dryRun=All")).To(Succeed())
	for range mostPods {
		g.Expect(send(http.StatusCreated, http.MethodPost, pods)).To(Succeed())
	}
	g.Expect(send(http.StatusCreated, http.MethodPost, pods)).To(MatchError(ContainSubstring("12 pods at once")))
	g.Expect(send(http.StatusOK, http.MethodPost, pods+"/nginx/exec")).To(Succeed())
	g.Expect(send(http.StatusOK, http.MethodDelete, pods+"/nginx")).To(Succeed())
	g.Expect(send(http.StatusCreated, http.MethodPost, pods)).To(Succeed())
	g.Expect(send(http.StatusCreated, http.MethodPost, "/api/v1/namespaces/gateproof-api-other/pods")).To(Succeed())
}
