package lab

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	. "github.com/onsi/gomega"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/remotecommand"

	"github.com/gateproof/gateproof/reports"
)

// channels are one exec's or attach's streams: a message's first byte says which.
func channels(w http.ResponseWriter, r *http.Request) (*websocket.Conn, error) {
	return (&websocket.Upgrader{Subprotocols: []string{"v5.channel.k8s.io"}}).Upgrade(w, r, nil)
}

// say writes to a channel.
func say(conn *websocket.Conn, channel byte, text []byte) {
	_ = conn.WriteMessage(websocket.BinaryMessage, append([]byte{channel}, text...))
}

// end is what is said when all has been.
func end(conn *websocket.Conn) {
	_ = conn.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""))
}

// echo is an exec of cat on a server that carries WebSockets and refuses SPDY, as some proxies do: channel 0 is stdin, 1 stdout,
// 3 the status, and 255 ends the channel that it names. Source: k8s.io/client-go/tools/remotecommand.
func echo(w http.ResponseWriter, r *http.Request) {
	if !websocket.IsWebSocketUpgrade(r) {
		http.Error(w, "no upgrade to SPDY here", http.StatusForbidden)
		return
	}
	conn, err := channels(w, r)
	if err != nil {
		return
	}
	defer conn.Close()
	var in bytes.Buffer
	for {
		_, message, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if bytes.Equal(message, []byte{255, 0}) {
			break
		}
		in.Write(message[1:])
	}
	say(conn, 1, in.Bytes())
	say(conn, 3, []byte(`{"metadata":{},"status":"Success"}`))
	end(conn)
}

func TestAWebSocketCarriesStdinAndItsEnd(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(echo))
	defer server.Close()
	b := &Bench{Config: &rest.Config{Host: server.URL}, transport: &transport{}}
	at, err := url.Parse(server.URL + "/api/v1/namespaces/n/pods/p/exec")
	g.Expect(err).NotTo(HaveOccurred())
	for range 2 { // the second without a choice
		e, err := b.executor(at)
		g.Expect(err).NotTo(HaveOccurred())
		var out bytes.Buffer
		text := strings.Repeat("0123456789", 100_000)
		g.Expect(e.StreamWithContext(context.Background(), remotecommand.StreamOptions{Stdin: strings.NewReader(text), Stdout: &out, Stderr: io.Discard})).To(Succeed())
		g.Expect(out.String() == text).To(BeTrue(), "%d of %d bytes came back", out.Len(), len(text))
		g.Expect(b.Transport()).To(Equal(WebSocket))
	}
}

func TestAServerThatRefusesBothIsQuoted(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "no upgrade to "+r.Header.Get("Upgrade"), http.StatusForbidden)
	}))
	defer server.Close()
	b := &Bench{Config: &rest.Config{Host: server.URL}, transport: &transport{}}
	at, err := url.Parse(server.URL)
	g.Expect(err).NotTo(HaveOccurred())
	e, err := b.executor(at)
	g.Expect(err).NotTo(HaveOccurred())
	err = e.StreamWithContext(context.Background(), remotecommand.StreamOptions{Stdout: io.Discard})
	g.Expect(err).To(MatchError(And(ContainSubstring("by WebSocket: "), ContainSubstring("no upgrade to websocket"),
		ContainSubstring("by SPDY: "), ContainSubstring("no upgrade to SPDY"))))
	g.Expect(b.Transport()).To(BeEmpty())
}

// As a container runtime does whose command ended without reading all of its input.
func TestAStreamThatNeverEndsIsGivenUp(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := channels(w, r)
		if err != nil {
			return
		}
		defer conn.Close()
		for err == nil {
			_, _, err = conn.ReadMessage()
		}
	}))
	defer server.Close()
	was := Timeouts.Exec
	defer func() { Timeouts.Exec = was }()
	Timeouts.Exec = 100 * time.Millisecond
	config := &rest.Config{Host: server.URL}
	pod := &Pod{bench: &Bench{Config: config, Client: kubernetes.NewForConfigOrDie(config), transport: &transport{}}, Namespace: "n", Name: "p"}
	_, err := (&Container{Pod: pod, Name: "shell"}).Run(t.Context(), "true")
	g.Expect(err).To(MatchError(ContainSubstring("no end within 100ms")))
	g.Expect(CauseOf(err)).To(Equal(reports.CauseExec))
}
