package mirror

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/image/mirror/served"
)

// As webhooks are served: a client that keeps its connection asks once more by it, and is answered.
func TestTunnelPassesConnectionsOn(t *testing.T) {
	g := NewWithT(t)
	near, far := net.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- served.Tunnel(far, far) }()
	listener, address, err := served.Far(near)
	g.Expect(err).NotTo(HaveOccurred())
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		_, _ = io.WriteString(w, strings.ToUpper(string(text)))
	}))
	g.Expect(server.Listener.Close()).To(Succeed())
	server.Listener = listener
	var accepted int
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			accepted++
		}
	}
	server.StartTLS()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	for range 20 {
		answer, err := client.Post("https://"+address, "text/plain", strings.NewReader("hello"))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(io.ReadAll(answer.Body)).To(BeEquivalentTo("HELLO"))
		g.Expect(answer.Body.Close()).To(Succeed())
	}
	g.Expect(accepted).To(Equal(1))
	client.CloseIdleConnections()
	server.Close()
	g.Eventually(ended).Should(Receive(BeNil()))
}
