package lab

import (
	"fmt"
	"testing"

	. "github.com/onsi/gomega"
)

func TestRequestsAreCountedByWhatTheyAskFor(t *testing.T) {
	g := NewWithT(t)
	for kind, requests := range map[string][]string{
		"pods made":       {"POST /api/v1/namespaces/n/pods", "POST /behind/a/proxy/api/v1/namespaces/n/pods"},
		"pods deleted":    {"DELETE /api/v1/namespaces/n/pods/p", "DELETE /api/v1/namespaces/n/pods"},
		"exec":            {"POST /api/v1/namespaces/n/pods/p/exec", "GET /api/v1/namespaces/n/pods/p/exec"},
		"attach":          {"POST /api/v1/namespaces/n/pods/p/attach"},
		"namespaces made": {"POST /api/v1/namespaces"},
		"other":           {"GET /api/v1/namespaces/n/pods", "GET /version", "DELETE /api/v1/namespaces/n"},
	} {
		for _, r := range requests {
			var method, path string
			_, err := fmt.Sscan(r, &method, &path)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(kindOfCall(method, path)).To(Equal(kind), r)
		}
	}
}
