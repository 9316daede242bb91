package lab

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"k8s.io/client-go/rest"
)

// namespacePrefix begins the names of all namespaces that a run makes.
const namespacePrefix = "gateproof-"

// guarded keeps a run to what it says that it touches on somebody's cluster (FOOTPRINT.md): what it writes goes to namespaces of its own. A
// claim that tries otherwise, by a slip, is stopped before the request leaves.
func guarded(cfg *rest.Config) {
	cfg.Wrap(func(next http.RoundTripper) http.RoundTripper { return &guard{next} })
}

type guard struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	if reads(req.Method) || ownPath(req.Method, req.URL.Path) {
		return g.next.RoundTrip(req)
	}
	return nil, fmt.Errorf("%s %s: not sent: a run writes in its own namespaces alone", req.Method, req.URL.Path)
}

func reads(method string) bool {
	return method == "" || method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// ownPath says whether a path that is written to is a namespace of a run's, something in one, or a question about rights. The server's
// address may have a path of its own in front.
func ownPath(method, path string) bool {
	words := strings.Split(strings.Trim(path, "/"), "/")
	if at := slices.Index(words, "namespaces"); at > 0 {
		rest := words[at+1:]
		if len(rest) == 0 {
			return method == http.MethodPost // a new one
		}
		return strings.HasPrefix(rest[0], namespacePrefix)
	}
	return slices.Contains(words, "authorization.k8s.io")
}
