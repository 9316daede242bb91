package lab

import (
	"net/http"
	"testing"
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
