package settings

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/nodes"
	"github.com/gateproof/gateproof/e2e/claim"
)

// Place is where claims of a lane are proved.
type Place struct {
	Node string    // its name in reports; "" for the cluster as a whole
	Lane lane.Lane // what was declared of it, and is expected there
	Home bool      // it is the place of what one node is enough for
}

// Has says whether the claim is proved there.
func (p Place) Has(c claim.Claim) bool { return p.Home || c.Nodes == claim.EachNode }

// Places are where the lane's claims are proved: node by node where it declares several, or where several of somebody's cluster were chosen and pods
// can come to them. Else the cluster is one place.
func (s Settings) Places(l lane.Lane) []Place {
	var out []Place
	for _, n := range l.All() {
		out = append(out, Place{Node: n.Name, Lane: l.On(n)})
	}
	if s.Existing != nil && s.Plan.ByNode() {
		for _, n := range s.Plan.Reachable() {
			out = append(out, Place{Node: n.Name, Lane: l})
		}
	}
	if out == nil {
		out = []Place{{Lane: l}}
	}
	out[0].Home = true
	return out
}

// plan reads what the main job has chosen; without a file nothing was.
func plan(file string) (p nodes.Plan, err error) {
	if file == "" {
		return p, nil
	}
	data, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	if err != nil {
		return p, fmt.Errorf("%s: %w", NodesPlanEnv, err)
	}
	return p, nil
}

// SavePlan leaves what was chosen to the processes that this one starts.
func SavePlan(file string, p nodes.Plan) error {
	data, err := json.Marshal(p)
	if err == nil {
		err = os.WriteFile(file, data, 0o644)
	}
	if err != nil {
		return fmt.Errorf("handing the nodes on: %w", err)
	}
	return os.Setenv(NodesPlanEnv, file)
}

// Planned refuses a choice of nodes where nobody has taken the list of them: the specs are made from it, before any process looks at the cluster.
func (s Settings) Planned() error {
	if s.Nodes.Asked != "" && s.Nodes.Asked != nodes.EachKind && s.Nodes.Asked != nodes.Any && s.Plan.Asked == "" {
		return input.Errorf("%s=%s: `gateproof run` takes the list of nodes; the suite alone does not", input.Name(NodesEnv), s.Nodes.Asked)
	}
	return nil
}
