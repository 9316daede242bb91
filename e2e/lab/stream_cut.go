package lab

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/transport/spdy"
	"k8s.io/streaming/pkg/httpstream"
	httpspdy "k8s.io/streaming/pkg/httpstream/spdy"
)

// A server says how a command ended, of a success too, on a stream for that alone. Where the runtime ends meanwhile, or the way to it, that stream ends
// without a word, and client-go takes that for a success: a command that never ran would have succeeded.

// errCut is the end of such a stream.
var errCut = errors.New("the stream was cut off: nothing said how the command ended")

// Cut says that nothing told how an exec ended. A long one is cut now and then on a healthy cluster: the client's pings meet a connection that the
// server has just closed, whose reset takes the last words with it. What the command has done may still be seen otherwise.
func Cut(err error) bool { return errors.Is(err, errCut) }

// pingPeriod is remotecommand's own.
const pingPeriod = 5 * time.Second

// newSPDYExecutor is remotecommand.NewSPDYExecutor, but for streams that are cut off.
func newSPDYExecutor(config *rest.Config, u *url.URL) (remotecommand.Executor, error) {
	tls, err := rest.TLSConfigFor(config)
	if err != nil {
		return nil, err
	}
	proxy := http.ProxyFromEnvironment
	if config.Proxy != nil {
		proxy = config.Proxy
	}
	upgrades, err := httpspdy.NewRoundTripperWithConfig(httpspdy.RoundTripperConfig{TLS: tls, Proxier: proxy, PingPeriod: pingPeriod})
	if err != nil {
		return nil, err
	}
	transport, err := rest.HTTPWrappersForConfig(config, upgrades)
	if err != nil {
		return nil, err
	}
	return remotecommand.NewSPDYExecutorForTransports(transport, spdy.NewUpgraderForStreaming(wordyUpgrader{upgrades}), http.MethodPost, u)
}

type wordyUpgrader struct{ httpstream.UpgradeRoundTripper }

func (u wordyUpgrader) NewConnection(resp *http.Response) (httpstream.Connection, error) {
	c, err := u.UpgradeRoundTripper.NewConnection(resp)
	if err != nil {
		return nil, err
	}
	return wordyConnection{c}, nil
}

type wordyConnection struct{ httpstream.Connection }

func (c wordyConnection) CreateStream(headers http.Header) (httpstream.Stream, error) {
	s, err := c.Connection.CreateStream(headers)
	if err != nil || headers.Get(corev1.StreamType) != corev1.StreamTypeError {
		return s, err
	}
	return &wordyStream{Stream: s}, nil
}

// wordyStream is one that must not end without a word.
type wordyStream struct {
	httpstream.Stream
	said bool
}

func (s *wordyStream) Read(p []byte) (int, error) {
	n, err := s.Stream.Read(p)
	s.said = s.said || n > 0
	if errors.Is(err, io.EOF) && !s.said {
		return n, errCut
	}
	return n, err
}
