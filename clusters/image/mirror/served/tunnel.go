package served

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"github.com/hashicorp/yamux"
)

// Tunnel listens at a free port of this machine's address, says it in a line, and then passes each connection on over out and in, as one of
// yamux's streams. It ends with them.
func Tunnel(in io.ReadCloser, out io.WriteCloser) error {
	listener, err := net.Listen("tcp", ":0")
	if err != nil {
		return err
	}
	defer listener.Close()
	address, err := outward()
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, net.JoinHostPort(address, fmt.Sprint(listener.Addr().(*net.TCPAddr).Port))); err != nil {
		return err
	}
	session, err := yamux.Client(struct {
		io.Reader
		io.Writer
		io.Closer
	}{in, out, closers{in, out}}, quiet())
	if err != nil {
		return err
	}
	go func() {
		<-session.CloseChan()
		_ = listener.Close()
	}()
	for {
		conn, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		go pass(conn, session)
	}
}

// Far is the listener of which a tunnel is the address: what it takes there is accepted here. Conn is to the tunnel's standard streams, and is
// closed with the listener.
func Far(conn io.ReadWriteCloser) (net.Listener, string, error) {
	in := bufio.NewReader(conn)
	address, err := in.ReadString('\n')
	if err != nil {
		_ = conn.Close()
		return nil, "", err
	}
	session, err := yamux.Server(struct {
		io.Reader
		io.WriteCloser
	}{in, conn}, quiet())
	return far{session}, strings.TrimSpace(address), err
}

type far struct{ *yamux.Session }

func (f far) Accept() (net.Conn, error) {
	conn, err := f.Session.Accept()
	return stream{conn}, err
}

// stream says in the standard library's words that a deadline has passed: TLS takes yamux's for the connection's end, and net/http, which has
// its reads end so after each request, would close what a client keeps for its next.
type stream struct{ net.Conn }

func (s stream) Read(b []byte) (int, error) {
	n, err := s.Conn.Read(b)
	if errors.Is(err, yamux.ErrTimeout) {
		err = os.ErrDeadlineExceeded
	}
	return n, err
}

// quiet is what both ends of a tunnel expect of it: a busy machine may take its time.
func quiet() *yamux.Config {
	config := yamux.DefaultConfig()
	config.EnableKeepAlive, config.ConnectionWriteTimeout, config.LogOutput = false, time.Minute, io.Discard
	return config
}

// pass joins a connection with a stream of its own. Without one it closes it: whoever asked sees that nobody answers.
func pass(conn net.Conn, session *yamux.Session) {
	defer conn.Close()
	stream, err := session.Open()
	if err != nil {
		return
	}
	defer stream.Close()
	Join(conn, stream)
}

// Join passes on what comes from either of two connections until one half has ended, with which TLS is over. Closing them is the caller's.
func Join(a, b net.Conn) {
	ended := make(chan struct{}, 2)
	for _, way := range [][2]net.Conn{{a, b}, {b, a}} {
		go func() {
			_, _ = io.Copy(way[0], way[1])
			ended <- struct{}{}
		}()
	}
	<-ended
}

// outward is the machine's first address that is not its own loop.
func outward() (string, error) {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return "", err
	}
	for _, one := range all {
		if ip, ok := one.(*net.IPNet); ok && ip.IP.IsGlobalUnicast() {
			return ip.IP.String(), nil
		}
	}
	return "", errors.New("this machine has no address")
}

type closers []io.Closer

func (c closers) Close() error {
	var errs []error
	for _, one := range c {
		errs = append(errs, one.Close())
	}
	return errors.Join(errs...)
}
