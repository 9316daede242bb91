package lab

import (
	"maps"
	"net/http"
	"sync"

	"k8s.io/client-go/rest"
)

// counter counts requests by what they ask for: what a claim takes of a cluster is mostly pods and execs.
type counter struct {
	mu    sync.Mutex
	calls map[string]int
}

func newCounter() *counter { return &counter{calls: map[string]int{}} }

// see lets the counter see each request.
func (c *counter) see(cfg *rest.Config) {
	cfg.Wrap(func(next http.RoundTripper) http.RoundTripper { return countingTripper{c, next} })
}

type countingTripper struct {
	*counter
	next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (t countingTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	t.mu.Lock()
	t.calls[kindOfCall(req.Method, req.URL.Path)]++
	t.mu.Unlock()
	return t.next.RoundTrip(req)
}

// begin counts anew.
func (c *counter) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.calls)
}

// Calls are how many requests of each kind the claim under way has sent so far.
func (b *Bench) Calls() map[string]int {
	b.counter.mu.Lock()
	defer b.counter.mu.Unlock()
	return maps.Clone(b.counter.calls)
}

// kindOfCall names what a request asks for.
func kindOfCall(method, path string) string {
	words, _ := behindNamespaces(path)
	switch n := len(words); {
	case n > 3 && (words[3] == "exec" || words[3] == "attach"):
		return words[3]
	case n == 2 && words[1] == "pods" && method == http.MethodPost:
		return "pods made"
	case n >= 2 && words[1] == "pods" && method == http.MethodDelete:
		return "pods deleted"
	case makesNamespace(method, path):
		return "namespaces made"
	}
	return "other"
}
