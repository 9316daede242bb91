package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"sync"
	"sync/atomic"

	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/util/exec"
	"k8s.io/streaming/pkg/httpstream"

	"github.com/gateproof/gateproof/clusters/kubeversion"
)

// The protocols that carry exec and attach, in the order in which they are tried, which is kubectl's.
const (
	WebSocket = "WebSocket"
	SPDY      = "SPDY"
)

// webSocketSince is the first release whose API server carries a WebSocket that can end its stdin (v5.channel.k8s.io) without
// being told to: the gate TranslateStreamCloseWebsocketRequests is beta there.
const webSocketSince = "v1.30.0"

// transport is what is known of the way to the cluster.
type transport struct {
	mu   sync.Mutex
	name string // of the protocol that has carried a stream; "" as long as none has

	brief atomic.Bool // a stream that was to last did not come to anything
}

func (t *transport) get() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.name
}

// decide keeps what was found out first.
func (t *transport) decide(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.name == "" {
		t.name = name
	}
}

// Transport is the protocol by which exec and attach reach the cluster: WebSocket or SPDY; "" as long as no stream has.
func (b *Bench) Transport() string { return b.transport.get() }

// executor is for one exec or attach. WebSocket is tried first, and SPDY where the way to the cluster does not carry that. What
// has carried a stream once is used for all others.
func (b *Bench) executor(u *url.URL) (remotecommand.Executor, error) {
	if b.Node != nil && !kubeversion.AtLeast(b.Lane.Version, webSocketSince) {
		b.transport.decide(SPDY) // a cluster of ours, with nothing in between: no need to try
	}
	used := b.transport.get()
	var e either
	var err error
	if used != SPDY {
		// By GET, as kubectl does: a WebSocket begins with one.
		if e.webSocket, err = remotecommand.NewWebSocketExecutor(b.Config, "GET", u.String()); err != nil || used == WebSocket {
			return e.webSocket, err
		}
	}
	if e.spdy, err = newSPDYExecutor(b.Config, u); err != nil || used == SPDY {
		return e.spdy, err
	}
	e.decide = b.transport.decide
	return e, nil
}

// either is the first stream of a bench, or one of several at the same time. It waits for no other one: an attach may last.
type either struct {
	webSocket, spdy remotecommand.Executor
	decide          func(name string)
}

// Stream is StreamWithContext without an end.
func (e either) Stream(o remotecommand.StreamOptions) error {
	return e.StreamWithContext(context.Background(), o)
}

// StreamWithContext tries one protocol, and then the other. Nothing of stdin is read before a connection stands.
func (e either) StreamWithContext(ctx context.Context, o remotecommand.StreamOptions) error {
	err := e.webSocket.StreamWithContext(ctx, e.deciding(o, WebSocket))
	if carried(err) {
		e.decide(WebSocket)
		return err
	}
	if !httpstream.IsUpgradeFailure(err) && !httpstream.IsHTTPSProxyError(err) {
		return err
	}
	second := e.spdy.StreamWithContext(ctx, e.deciding(o, SPDY))
	switch {
	case carried(second):
		e.decide(SPDY)
		return second
	case ctx.Err() != nil, second.Error() == err.Error():
		return second
	}
	return fmt.Errorf("by WebSocket: %w; by SPDY: %w", err, second)
}

// deciding has the first word that comes by a protocol decide: a stream may last as long as its container.
func (e either) deciding(o remotecommand.StreamOptions, name string) remotecommand.StreamOptions {
	if o.Stdout != nil {
		o.Stdout = &decidingWriter{Writer: o.Stdout, decide: sync.OnceFunc(func() { e.decide(name) })}
	}
	return o
}

type decidingWriter struct {
	io.Writer
	decide func()
}

// Write implements io.Writer.
func (w *decidingWriter) Write(p []byte) (int, error) {
	w.decide()
	return w.Writer.Write(p)
}

// carried says that a stream came to its end. Any other error may be the container's own, such as that it does not run: it tells
// nothing of the protocol.
func carried(err error) bool {
	var exit exec.CodeExitError
	return err == nil || errors.As(err, &exit)
}
