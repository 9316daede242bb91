package debian

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
)

// fakeArchive is a mirror with one suite, bookworm if nothing else is said, signed with a key of its own.
type fakeArchive struct {
	Archive
	t     *testing.T
	key   *openpgp.Entity
	suite string

	mu    sync.Mutex
	files map[string][]byte
	fails map[string]int // how often a path is answered with 503 before it is answered
	asked map[string]int
}

func newFakeArchive(t *testing.T, packages ...fakePackage) *fakeArchive {
	t.Helper()
	f := &fakeArchive{t: t, key: newKey(t), suite: "bookworm", files: map[string][]byte{}, fails: map[string]int{}, asked: map[string]int{}}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	f.Archive = Archive{Mirror: server.URL + "/debian/", Keys: openpgp.EntityList{f.key},
		patience: &patience{stall: 10 * time.Second, pause: time.Millisecond}}
	f.publish("main/binary-arm64/Packages", f.list(packages))
	return f
}

func (f *fakeArchive) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	name := strings.TrimPrefix(r.URL.Path, "/debian/")
	f.asked[name]++
	data, ok := f.files[name]
	switch {
	case f.asked[name] <= f.fails[name]:
		http.Error(w, "busy", http.StatusServiceUnavailable)
	case !ok:
		http.NotFound(w, r)
	default:
		_, _ = w.Write(data)
	}
}

func (f *fakeArchive) resolve(include ...string) ([]string, error) {
	packages, err := f.Resolve(context.Background(), Root{Suite: "bookworm", Include: include}, "arm64")
	var names []string
	for _, p := range packages {
		names = append(names, p.Name+" "+p.Version)
	}
	return names, err
}
