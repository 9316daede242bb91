package up

import (
	"context"
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/run"
)

// kindNetworkEnv is how kind is told to use another network than its own.
const kindNetworkEnv = "KIND_EXPERIMENTAL_DOCKER_NETWORK"

func networkName(runID string) string { return "gateproof-" + runID }

// createNetwork makes the run's own network and returns its gateway, where the nodes reach this machine.
func createNetwork(ctx context.Context, runID string, keep bool) (gateway string, err error) {
	name := networkName(runID)
	argv := append([]string{"docker", "network", "create", "--driver=bridge", "--opt=com.docker.network.bridge.enable_ip_masquerade=true"},
		owner.LabelArgs()...)
	if keep {
		argv = append(argv, "--label="+owner.KeptLabel+"="+keptFile())
	}
	if _, err := run.Output(ctx, append(argv, name)...); err != nil {
		return "", fmt.Errorf("making the clusters' network: %w", err)
	}
	return networkGateway(ctx, name)
}

func networkGateway(ctx context.Context, name string) (string, error) {
	out, err := run.Output(ctx, "docker", "network", "inspect", "--format={{range .IPAM.Config}}{{.Gateway}} {{end}}", name)
	if err != nil {
		return "", err
	}
	for _, g := range strings.Fields(out) {
		if !strings.Contains(g, ":") {
			return g, nil
		}
	}
	return "", fmt.Errorf("network %s has no IPv4 gateway: %q", name, out)
}
