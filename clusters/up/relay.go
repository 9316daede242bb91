package up

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/docker/cli/cli/connhelper/commandconn"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/image/mirror/served"
	"github.com/gateproof/gateproof/clusters/progress"
)

// kind has the engine publish each API server at 127.0.0.1, which is the engine's machine. Where that is another than this one (a remote
// engine, a service beside a CI job, a socket in a container), the same address is made here, and leads through the engine.

// relayScript joins its standard input and output with the API server, on the node, until either ends. 6443 is kind's.
const relayScript = `exec 3<>/dev/tcp/127.0.0.1/6443 4<&0
cat <&3 &
cat <&4 >&3 &
wait -n
kill $(jobs -p) 2>/dev/null`

// How long an API server's address is tried: at first one that may be of another machine, whose firewall may swallow what comes; then
// one that leads through the engine, which may be far away.
const (
	triedWithin   = 5 * time.Second
	relayedWithin = time.Minute
)

// reach leaves the cluster as it is where its API server, which runs by now, is at the address in its kubeconfig. Elsewhere it relays
// connections for as long as this process lives, and has a copy of the kubeconfig, in dir, say so.
func reach(ctx context.Context, c *clusters.Cluster, dir string) error {
	away, err := elsewhere(ctx, *c)
	if err != nil || away == nil {
		return err
	}
	step := progress.Start(ctx, "reach the API server of lane "+c.Lane.Name+" through the engine")
	defer step.End(&err)
	config, err := clientcmd.LoadFromFile(c.Kubeconfig)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0") // an address that the API server's certificate has
	if err != nil {
		return err
	}
	for _, cluster := range config.Clusters {
		cluster.Server = "https://" + listener.Addr().String()
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	c.Relayed = filepath.Join(dir, c.Lane.Name+".relayed.kubeconfig")
	if err := clientcmd.WriteToFile(*config, c.Relayed); err != nil {
		return err
	}
	go relay(context.WithoutCancel(ctx), listener, c.Node.Container)
	if err = answers(ctx, *c); err != nil {
		err = fmt.Errorf("the API server of lane %s is neither at the address in %s (%w) nor reached through docker exec %s: %w",
			c.Lane.Name, c.Kubeconfig, away, c.Node.Container, err)
	}
	return err
}

// answers waits until the API server answers through the relay.
func answers(ctx context.Context, c clusters.Cluster) error {
	ctx, cancel := context.WithTimeout(ctx, relayedWithin)
	defer cancel()
	client, err := c.Client()
	if err != nil {
		return err
	}
	for {
		err := client.Discovery().RESTClient().Get().AbsPath("/version").Do(ctx).Error()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// elsewhere says why it is not this cluster's API server that is at the address in the kubeconfig; nil where it is, if only slow.
func elsewhere(ctx context.Context, c clusters.Cluster) (away, err error) {
	config, err := c.RESTConfig()
	if err != nil {
		return nil, err
	}
	server, err := url.Parse(config.Host)
	if err != nil {
		return nil, err
	}
	trusted, err := rest.TLSConfigFor(config)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, triedWithin)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", server.Host)
	if err != nil {
		return err, nil
	}
	defer conn.Close()
	trusted.ServerName = server.Hostname()
	err = tls.Client(conn, trusted).HandshakeContext(ctx)
	var stranger *tls.CertificateVerificationError
	var other tls.RecordHeaderError
	if errors.As(err, &stranger) || errors.As(err, &other) {
		return err, nil
	}
	return nil, nil
}

func relay(ctx context.Context, listener net.Listener, node string) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			far, err := commandconn.New(ctx, "docker", "exec", "--interactive", node, "bash", "-c", relayScript)
			if err != nil {
				return // the client sees its connection closed, and tries again or says so
			}
			defer far.Close()
			served.Join(conn, far)
		}()
	}
}

// Reach makes sure that the set's API servers are reached from this process; dir is for its files.
func (s *Set) Reach(ctx context.Context, dir string) error {
	for i := range s.Clusters {
		if err := reach(ctx, &s.Clusters[i], dir); err != nil {
			return &LaneError{Lane: s.Clusters[i].Lane.Name, Err: err}
		}
	}
	return nil
}
