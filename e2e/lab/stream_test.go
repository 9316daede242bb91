package lab

import (
	"context"
	"errors"
	"net/url"
	"testing"

	. "github.com/onsi/gomega"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/util/exec"
	"k8s.io/streaming/pkg/httpstream"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/lane"
)

// fakeStream is an executor that ends with an error.
type fakeStream struct{ err error }

func (f fakeStream) Stream(remotecommand.StreamOptions) error { return f.err }
func (f fakeStream) StreamWithContext(context.Context, remotecommand.StreamOptions) error {
	return f.err
}

func TestTheFirstStreamDecidesTheTransport(t *testing.T) {
	refused := &httpstream.UpgradeFailureError{Cause: errors.New("403 Forbidden")}
	exited := exec.CodeExitError{Err: errors.New("exit 3"), Code: 3}
	gone := errors.New("connection reset")
	for name, c := range map[string]struct {
		webSocket, spdy error
		decided         string
		err             string // "" for that it worked
	}{
		"WebSocket carries it":                        {decided: WebSocket},
		"WebSocket carries a command that fails":      {webSocket: exited, decided: WebSocket, err: "exit 3"},
		"a refused WebSocket leads to SPDY":           {webSocket: refused, decided: SPDY},
		"a broken connection decides nothing":         {webSocket: gone, err: "connection reset"},
		"both refused, and both say why":              {webSocket: refused, spdy: errors.New("503"), err: "by WebSocket: unable to upgrade streaming request: 403 Forbidden; by SPDY: 503"},
		"an error of the container's, the same twice": {webSocket: refused, spdy: refused, err: "unable to upgrade streaming request: 403 Forbidden"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			b := Bench{transport: &transport{}}
			err := either{fakeStream{c.webSocket}, fakeStream{c.spdy}, b.transport.decide}.StreamWithContext(context.Background(), remotecommand.StreamOptions{})
			if c.err == "" {
				g.Expect(err).NotTo(HaveOccurred())
			} else {
				g.Expect(err).To(MatchError(c.err))
			}
			g.Expect(b.Transport()).To(Equal(c.decided))
		})
	}
}

func TestOwnLanesOfOldReleasesUseSPDYAtOnce(t *testing.T) {
	g := NewWithT(t)
	u := &url.URL{Scheme: "https", Host: "127.0.0.1:1"}
	bench := func(version string, node *clusters.Node) *Bench {
		return &Bench{Config: &rest.Config{Host: u.Host}, Lane: lane.Lane{Version: version}, Node: node, transport: &transport{}}
	}
	old := bench("v1.16.15", &clusters.Node{})
	_, err := old.executor(u)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(old.Transport()).To(Equal(SPDY))
	for _, b := range []*Bench{bench("v1.16.15", nil), bench("v1.34.0", &clusters.Node{})} {
		e, err := b.executor(u)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(e).To(BeAssignableToTypeOf(either{}))
		g.Expect(b.Transport()).To(BeEmpty())
	}
}
