package lab

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"k8s.io/client-go/rest"
)

// namespacePrefix begins the names of all namespaces that a run makes.
const namespacePrefix = "gateproof-"

// mostPods is how many pods of a run's there are at once in a namespace of its own, which is how many a claim has; those of controllers, of
// which a claim has one at most, are not counted.
const mostPods = 12

// guarded keeps a run to what it says that it touches on somebody's cluster (FOOTPRINT.md): what it writes goes to namespaces of its own. A
// claim that tries otherwise, by a slip, is stopped before the request leaves.
func guarded(cfg *rest.Config) {
	g := &guard{pods: map[string]int{}}
	cfg.Wrap(func(next http.RoundTripper) http.RoundTripper { return guardedTripper{g, next} })
}

// guard knows what one process of a run has there; each claim is proved by one.
type guard struct {
	mu   sync.Mutex
	pods map[string]int // by namespace
}

type guardedTripper struct {
	*guard
	next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (g guardedTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	method, path := req.Method, req.URL.Path
	if reads(method) {
		return g.next.RoundTrip(req)
	}
	if !ownPath(method, path) {
		return nil, fmt.Errorf("%s %s: not sent: a run writes in its own namespaces alone", method, path)
	}
	namespace, of, name := podPath(path)
	made := method == http.MethodPost && of && name == "" && !req.URL.Query().Has("dryRun")
	if made && !g.add(namespace, 1) {
		return nil, fmt.Errorf("%s %s: not sent: a run has %d pods at once in a namespace, and no more", method, path, mostPods)
	}
	answer, err := g.next.RoundTrip(req)
	ok := err == nil && answer.StatusCode < http.StatusMultipleChoices
	if made && !ok || method == http.MethodDelete && of && name != "" && ok {
		g.add(namespace, -1)
	}
	return answer, err
}

// add counts pods that have come or gone, and says whether there may be so many.
func (g *guard) add(namespace string, n int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pods[namespace]+n > mostPods {
		return false
	}
	g.pods[namespace] = max(0, g.pods[namespace]+n)
	return true
}

func reads(method string) bool {
	return method == "" || method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// behindNamespaces are the words of a path behind that one: a namespace, and what is in it. The server's address may have a path of its own in front.
func behindNamespaces(path string) (words []string, ok bool) {
	_, behind, ok := strings.Cut(path+"/", "/namespaces/")
	return strings.FieldsFunc(behind, func(r rune) bool { return r == '/' }), ok
}

// ownPath says whether a path that is written to is a namespace of a run's, something in one, or a question about rights.
func ownPath(method, path string) bool {
	words, ok := behindNamespaces(path)
	switch {
	case !ok:
		return slices.Contains(strings.Split(path, "/"), "authorization.k8s.io")
	case len(words) == 0:
		return method == http.MethodPost // a new one
	}
	return strings.HasPrefix(words[0], namespacePrefix)
}

// podPath reads .../namespaces/NAMESPACE/pods and .../pods/NAME; of says whether it is one of them.
func podPath(path string) (namespace string, of bool, name string) {
	words, _ := behindNamespaces(path)
	switch {
	case len(words) < 2 || len(words) > 3 || words[1] != "pods":
		return "", false, ""
	case len(words) == 3:
		name = words[2]
	}
	return words[0], true, name
}
