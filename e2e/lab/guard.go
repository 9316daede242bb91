package lab

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
)

// prefixOf begins the names of all namespaces that a run makes.
func prefixOf(runID string) string { return "gateproof-" + runID + "-" }

// mostPods is how many pods a run makes in a namespace of its own, which is how many a claim needs; those of controllers, of which a claim has
// one at most, are not counted.
const mostPods = 12

// guarded keeps a run to what it says that it touches on somebody's cluster (FOOTPRINT.md): what it writes, and what it runs, is in namespaces of
// its own. A claim that tries otherwise, by a slip, is stopped before the request leaves.
func guarded(cfg *rest.Config, runID string) {
	g := &guard{prefix: prefixOf(runID), pods: map[string]int{}}
	cfg.Wrap(func(next http.RoundTripper) http.RoundTripper { return guardedTripper{g, next} })
}

// guard knows what one process of a run has made there; each claim is proved by one.
type guard struct {
	prefix string // of the run's namespaces
	mu     sync.Mutex
	pods   map[string]int // by namespace
}

type guardedTripper struct {
	*guard
	next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (g guardedTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	method, path := req.Method, req.URL.Path
	if reads(method, path) {
		return g.next.RoundTrip(req)
	}
	own := g.ownPath(path)
	if makesNamespace(method, path) {
		name, err := nameInBody(req)
		if err != nil {
			return nil, err
		}
		own = strings.HasPrefix(name, g.prefix)
	}
	if !own {
		return nil, fmt.Errorf("%s %s: not sent: a run writes in its own namespaces alone", method, path)
	}
	namespace, made := podMade(req)
	made = made && !req.URL.Query().Has("dryRun")
	if made && !g.add(namespace, 1) {
		return nil, fmt.Errorf("%s %s: not sent: a run makes %d pods in a namespace, and no more", method, path, mostPods)
	}
	answer, err := g.next.RoundTrip(req)
	if made && err == nil && answer.StatusCode >= http.StatusMultipleChoices { // an answer that was lost may have been of one that was made
		g.add(namespace, -1)
	}
	return answer, err
}

// add counts pods, and says whether there may be so many.
func (g *guard) add(namespace string, n int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pods[namespace]+n > mostPods {
		return false
	}
	g.pods[namespace] += n
	return true
}

// into are the parts of objects in namespaces that a GET can do something with: a WebSocket begins as one.
var into = []string{"exec", "attach", "portforward", "proxy"}

func reads(method, path string) bool {
	if words, _ := behindNamespaces(path); len(words) > 3 && slices.Contains(into, words[3]) {
		return false
	}
	return method == "" || method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// behindNamespaces are the words of a path behind that one: a namespace, and what is in it. The server's address may have a path of its own in front.
func behindNamespaces(path string) (words []string, ok bool) {
	_, behind, ok := strings.Cut(path+"/", "/namespaces/")
	return strings.FieldsFunc(behind, func(r rune) bool { return r == '/' }), ok
}

func makesNamespace(method, path string) bool {
	words, ok := behindNamespaces(path)
	return ok && len(words) == 0 && method == http.MethodPost
}

// ownPath says whether a path that is written to is a namespace of the run's, something in one, or a question about rights.
func (g *guard) ownPath(path string) bool {
	words, ok := behindNamespaces(path)
	if !ok {
		return slices.Contains(strings.Split(path, "/"), "authorization.k8s.io")
	}
	return len(words) > 0 && strings.HasPrefix(words[0], g.prefix)
}

// nameInBody is the name that a new object is sent with, or the beginning of one that the server shall choose. The body is left as it was.
func nameInBody(req *http.Request) (string, error) {
	if req.Body == nil {
		return "", nil
	}
	body, err := io.ReadAll(req.Body)
	if err := errors.Join(err, req.Body.Close()); err != nil {
		return "", err
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	made, _, err := scheme.Codecs.UniversalDeserializer().Decode(body, nil, nil) // JSON, or protobuf, which clients prefer
	if err != nil {
		return "", fmt.Errorf("%s %s: not sent: what it would make cannot be read: %w", req.Method, req.URL.Path, err)
	}
	sent, err := meta.Accessor(made)
	if err != nil {
		return "", err
	}
	return cmp.Or(sent.GetName(), sent.GetGenerateName()), nil
}

// podMade says in which namespace a request makes a pod: by POST, or by server-side apply.
func podMade(req *http.Request) (namespace string, ok bool) {
	words, _ := behindNamespaces(req.URL.Path)
	if len(words) < 2 || words[1] != "pods" {
		return "", false
	}
	applied := len(words) == 3 && req.Method == http.MethodPatch && req.Header.Get("Content-Type") == string(types.ApplyPatchType)
	return words[0], applied || len(words) == 2 && req.Method == http.MethodPost
}
