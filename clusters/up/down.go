package up

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/run"
)

// kindClusterLabel is kind's own mark on its nodes; its value is the cluster's name, which holds the run's id.
const kindClusterLabel = "io.x-k8s.kind.cluster"

// removeNodes removes the containers of one kind cluster with their volumes. None is no error.
func removeNodes(ctx context.Context, cluster string) error {
	return removeContainers(ctx, "label="+kindClusterLabel+"="+cluster)
}

func removeContainers(ctx context.Context, filter string) error {
	return removeListed(ctx, []string{"docker", "ps", "--all", "--quiet", "--no-trunc", "--filter=" + filter}, "docker", "rm", "--force", "--volumes")
}

// removeListed has one command remove what another lists. Nothing listed is no error.
func removeListed(ctx context.Context, list []string, remove ...string) error {
	out, err := run.Output(ctx, list...)
	if err != nil {
		return err
	}
	ids := strings.Fields(out)
	if len(ids) == 0 {
		return nil
	}
	_, err = run.Output(ctx, append(remove, ids...)...)
	return err
}

// Sweep removes everything that the run made on the engine and in temporary files: containers on the run's
// network or with its label, volumes, the network, the run's folder. It is harmless to repeat.
func Sweep(ctx context.Context, runID, dir string) error {
	var errs []error
	for _, filter := range []string{"network=" + networkName(runID), "label=" + owner.Label + "=" + runID} {
		errs = append(errs, removeContainers(ctx, filter))
	}
	errs = append(errs, removeNetworks(ctx, runID))
	if dir != "" {
		errs = append(errs, os.RemoveAll(dir))
	}
	return errors.Join(errs...)
}

func removeNetworks(ctx context.Context, runID string) error {
	return removeListed(ctx, []string{"docker", "network", "ls", "--quiet", "--filter=label=" + owner.Label + "=" + runID}, "docker", "network", "rm")
}
