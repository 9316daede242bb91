package alter

import (
	"context"
	"fmt"
	"net"
	"strings"

	"github.com/docker/cli/cli/connhelper/commandconn"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/mirror"
	"github.com/gateproof/gateproof/clusters/image/mirror/served"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/run"
)

// beside takes connections at an address of the node's network: a container there passes them on, wherever the engine is and whatever its
// firewall keeps from this machine. The container goes with the listener.
type beside struct {
	net.Listener
	address string // host:port
}

func listenBeside(ctx context.Context, node *clusters.Node) (*beside, error) {
	info, err := engine.Describe(ctx)
	if err != nil {
		return nil, err
	}
	image, err := mirror.Ensure(ctx, info.Architecture)
	if err != nil {
		return nil, err
	}
	network, err := run.Output(ctx, "docker", "inspect", "--format={{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}", node.Container)
	if err != nil {
		return nil, err
	}
	argv := append([]string{"run", "--pull=never", "--rm", "--interactive", "--network=" + strings.TrimSpace(network), "--entrypoint=/mirror"}, owner.LabelArgs()...)
	conn, err := commandconn.New(ctx, "docker", append(argv, image, "tunnel")...)
	if err != nil {
		return nil, err
	}
	listener, address, err := served.Far(conn)
	if err != nil {
		return nil, fmt.Errorf("a container beside node %s, which passes on what the API server asks: %w", node.Container, err)
	}
	return &beside{listener, address}, nil
}
