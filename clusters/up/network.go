package up

import (
	"context"
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/run"
)

// kindNetworkEnv is how kind is told to use another network than its own.
const kindNetworkEnv = "KIND_EXPERIMENTAL_DOCKER_NETWORK"

func networkName(runID string) string { return "gateproof-" + runID }

// createNetwork makes the run's own network.
func createNetwork(ctx context.Context, runID string, keep bool) error {
	argv := append([]string{"docker", "network", "create", "--driver=bridge", "--opt=com.docker.network.bridge.enable_ip_masquerade=true",
		"--opt=com.docker.network.bridge.name=" + engine.BridgePrefix + runID}, owner.LabelArgs()...)
	if keep {
		argv = append(argv, "--label="+owner.KeptLabel+"="+keptFile())
	}
	if _, err := run.Output(ctx, append(argv, networkName(runID))...); err != nil {
		return fmt.Errorf("making the clusters' network: %s%w", networkRemedy(err.Error()), err)
	}
	return nil
}

// networkRemedy is what to do about an engine's refusal, where that is known; engines name their pools in several ways.
func networkRemedy(refusal string) string {
	if strings.Contains(refusal, "address pool") {
		return "the engine has no addresses left for another network: docker network prune, or more in default-address-pools of its daemon.json: "
	}
	return ""
}
