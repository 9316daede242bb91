package mirror

import (
	"bufio"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/hashicorp/yamux"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/image/mirror/served"
)

func TestTunnelPassesConnectionsOn(t *testing.T) {
	g := NewWithT(t)
	near, far := net.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- served.Tunnel(far, far) }()
	in := bufio.NewReader(near)
	line, err := in.ReadString('\n')
	g.Expect(err).NotTo(HaveOccurred())
	session, err := yamux.Server(struct {
		io.Reader
		io.WriteCloser
	}{in, near}, served.Quiet())
	g.Expect(err).NotTo(HaveOccurred())
	go func() {
		for {
			conn, err := session.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				text, _ := bufio.NewReader(conn).ReadString('\n')
				_, _ = io.WriteString(conn, strings.ToUpper(text))
			}()
		}
	}()
	for range 3 {
		conn, err := net.Dial("tcp", strings.TrimSpace(line))
		g.Expect(err).NotTo(HaveOccurred())
		_, err = io.WriteString(conn, "hello\n")
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(io.ReadAll(conn)).To(BeEquivalentTo("HELLO\n"))
	}
	g.Expect(session.Close()).To(Succeed())
	g.Eventually(ended).Should(Receive(BeNil()))
}
