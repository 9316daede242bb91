package debian

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestBusyMirrorIsAskedAgain(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t, pkg("a", nil))
	f.fails["dists/bookworm/InRelease"] = attempts - 1
	g.Expect(f.resolve("a")).To(Equal([]string{"a 1"}))
	f.fails["dists/bookworm/InRelease"] = 100
	_, err := f.resolve("a")
	g.Expect(err).To(MatchError(And(ContainSubstring("/debian/dists/bookworm/InRelease"), ContainSubstring("503 Service Unavailable"),
		ContainSubstring(MirrorEnv))))
	g.Expect(f.asked["dists/bookworm/InRelease"]).To(Equal(2 * attempts))
}

func TestAbsentFileIsNotAskedForAgain(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t)
	_, err := f.get(context.Background(), "x", 1)
	var status *StatusError
	g.Expect(errors.As(err, &status)).To(BeTrue())
	g.Expect(status.Code).To(Equal(http.StatusNotFound))
	g.Expect(f.asked["x"]).To(Equal(1))
}

func TestUnreachableMirrorNamesTheRemedy(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	a := Archive{Mirror: server.URL, patience: &patience{stall: time.Second, pause: time.Millisecond}}
	_, err := a.get(context.Background(), "x", 1)
	NewWithT(t).Expect(err).To(MatchError(And(ContainSubstring(server.URL+"/x"), ContainSubstring("refused"),
		ContainSubstring("HTTP_PROXY"), ContainSubstring(MirrorEnv))))
}

// A mirror that sends a byte now and then is slow; one that sends no more is given up.
func TestStalledMirrorIsGivenUp(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for range 10 {
			_, _ = w.Write([]byte("x"))
			_ = http.NewResponseController(w).Flush()
			if r.URL.Path == "/stalls" {
				<-r.Context().Done()
				return
			}
			time.Sleep(60 * time.Millisecond)
		}
	}))
	defer server.Close()
	a := Archive{Mirror: server.URL, patience: &patience{stall: 500 * time.Millisecond, pause: time.Millisecond}}
	g.Expect(a.get(context.Background(), "slow", 10)).To(HaveLen(10))
	a.patience.stall = 50 * time.Millisecond
	_, err := a.get(context.Background(), "stalls", 10)
	g.Expect(err).To(MatchError(ContainSubstring("nothing came for 50ms")))
}

func TestStoppedFetchSaysSo(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t)
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("enough"))
	_, err := f.get(ctx, "x", 1)
	g.Expect(err).To(MatchError(ContainSubstring("enough")))
	g.Expect(f.asked["x"]).To(BeZero())
}

func TestLongerAnswerIsRefused(t *testing.T) {
	f := newFakeArchive(t)
	f.files["x"] = []byte("12345")
	_, err := f.get(context.Background(), "x", 4)
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring("more than the 4 bytes")))
}
