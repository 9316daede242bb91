package lab

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/streaming/pkg/httpstream"
	"k8s.io/streaming/pkg/httpstream/spdy"

	"github.com/gateproof/gateproof/reports"
)

// runtimes answers exec by SPDY, as kubelets do, with this last word; "" is a runtime that ended meanwhile.
func runtimes(word string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, err := httpstream.Handshake(r, w, []string{"v4.channel.k8s.io"}); err != nil {
			return
		}
		made := make(chan httpstream.Stream, 8)
		conn := spdy.NewResponseUpgrader().UpgradeResponse(w, r, func(s httpstream.Stream, replySent <-chan struct{}) error {
			made <- s
			return nil
		})
		if conn == nil {
			return
		}
		defer conn.Close()
		var streams []httpstream.Stream
		for range 3 { // error, stdout, stderr
			streams = append(streams, <-made)
		}
		for _, s := range streams {
			if s.Headers().Get(corev1.StreamType) == corev1.StreamTypeError {
				_, _ = io.WriteString(s, word)
			}
			_ = s.Close()
		}
		<-conn.CloseChan()
	}
}

func TestACommandThatWasCutOffHasNotSucceeded(t *testing.T) {
	for word, want := range map[string]string{
		`{"metadata":{},"status":"Success"}`: "",
		"":                                   "nothing said how the command ended",
	} {
		server := httptest.NewServer(runtimes(word))
		defer server.Close()
		u, err := url.Parse(server.URL)
		g := NewWithT(t)
		g.Expect(err).NotTo(HaveOccurred())
		e, err := newSPDYExecutor(&rest.Config{Host: server.URL}, u)
		g.Expect(err).NotTo(HaveOccurred())
		err = e.StreamWithContext(t.Context(), remotecommand.StreamOptions{Stdout: io.Discard, Stderr: io.Discard})
		if want == "" {
			g.Expect(err).NotTo(HaveOccurred())
		} else {
			g.Expect(err).To(MatchError(ContainSubstring(want)))
		}
		g.Expect(Cut(unobserved(reports.CauseExec, "exec of true: %w", err))).To(Equal(want != ""))
	}
}
