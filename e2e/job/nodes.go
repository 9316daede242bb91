package job

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/nodes"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// nodesWithin bounds the list of a cluster's nodes; one of a thousand comes in two pages.
const nodesWithin = time.Minute

// mostSaid is how many nodes a message says something of.
const mostSaid = 20

// chooseNodes takes the list of the cluster's nodes, and hands on which of them the run is about: the suite's processes make their specs from it.
// Chosen nodes of which none can be reached are an input.Err.
func (j *job) chooseNodes(ctx context.Context, c clusters.Cluster) error {
	ctx, cancel := context.WithTimeout(ctx, nodesWithin)
	defer cancel()
	client, err := c.Client()
	if err != nil {
		return err
	}
	plan, err := nodes.Take(ctx, client, c.Lane.Version, j.asked.Nodes, c.Lane.RuntimeClass)
	if err != nil {
		return err
	}
	if plan.ByNode() && len(plan.Reachable()) == 0 {
		var words []string
		for i, n := range plan.Nodes {
			if i == mostSaid {
				words = append(words, fmt.Sprintf("%d more", len(plan.Nodes)-i))
				break
			}
			words = append(words, reports.Node{Name: n.Name, Kubelet: n.Kind.Kubelet}.String()+": "+n.Unreached.Why)
		}
		return input.Errorf("%s: no chosen node is reached", strings.Join(words, "; "))
	}
	if plan.All > 1 || plan.Unknown != "" { // that a cluster has one node needs no word
		fmt.Fprintf(j.renderer, "nodes: %s\n", plan)
	}
	j.asked.Plan = plan
	return settings.SavePlan(filepath.Join(j.temp, "nodes.json"), plan)
}
