package up

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/docker/cli/cli/connhelper/commandconn"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/progress"
)

// kind has the engine publish each API server at 127.0.0.1, which is the engine's machine. Where that is another than this one (a remote
// engine, a service beside a CI job, a socket in a container), the same address is made here, and leads through the engine.

// relayScript joins its standard input and output with the API server, on the node. 6443 is kind's.
const relayScript = `exec 3<>/dev/tcp/127.0.0.1/6443
cat <&3 &
cat >&3
kill $! 2>/dev/null`

// answersAtOnce is how long an API server that is reached may take; a connection through an engine far away is not tried here.
const answersAtOnce = 5 * time.Second

// reach leaves the cluster as it is where its API server, which runs by now, answers. Elsewhere it relays connections for as long as this
// process lives, and has the cluster's kubeconfig, a copy in dir, say so.
func reach(ctx context.Context, c *clusters.Cluster, dir string) error {
	if answers(*c) {
		return nil
	}
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
	direct := c.Kubeconfig
	c.Kubeconfig = filepath.Join(dir, c.Lane.Name+".relayed.kubeconfig")
	if err := clientcmd.WriteToFile(*config, c.Kubeconfig); err != nil {
		return err
	}
	go relay(context.WithoutCancel(ctx), listener, c.Node.Container)
	progress.Start(ctx, "reach the API server of lane "+c.Lane.Name+" through the engine").Done("")
	if !answers(*c) {
		return fmt.Errorf("the API server of lane %s answers neither at the address in %s nor through docker exec %s", c.Lane.Name, direct, c.Node.Container)
	}
	return nil
}

// answers tells whether it is this cluster's API server, by its certificate, that answers.
func answers(c clusters.Cluster) bool {
	cfg, err := c.RESTConfig()
	if err != nil {
		return false
	}
	cfg.Timeout = answersAtOnce
	client, err := clusters.ClientFor(cfg)
	if err != nil {
		return false
	}
	_, err = client.Discovery().ServerVersion()
	return err == nil
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
			ended := make(chan struct{}, 2)
			for _, way := range [][2]net.Conn{{conn, far}, {far, conn}} {
				go func() {
					_, _ = io.Copy(way[0], way[1])
					ended <- struct{}{}
				}()
			}
			<-ended // TLS is over with its first half
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
