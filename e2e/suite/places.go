package suite

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/fixtures/program"
)

// at is a place: a lane, and one of its nodes as reports call it; "" for the cluster as a whole.
type at struct{ lane, node string }

// placed are the benches of the places where claims are proved, in each Ginkgo process.
var placed = map[at]*lab.Bench{}

// spots are the cluster's nodes by their names in reports, where the claims are proved node by node.
func spots(asked settings.Settings, c clusters.Cluster, probe string) map[string]lab.Spot {
	out := map[string]lab.Spot{}
	for _, m := range c.Members {
		out[m.Declared.Name] = lab.Spot{Node: m.Node.Name, Of: m.Node, Lane: c.Lane.On(m.Declared), Gate: m.Gate, Probe: probe}
	}
	if asked.Existing != nil {
		for _, n := range asked.Plan.Reachable() {
			out[n.Name] = lab.Spot{Node: n.Name, Lane: c.Lane, Probe: probeFor(probe, n.Kind.Arch, c.Arch)}
		}
	}
	return out
}

// settle makes the benches of the lane's places out of the one for the whole cluster. home is the node for a cluster that is one place, "" for the
// scheduler's choice.
func settle(asked settings.Settings, h handed, c clusters.Cluster, whole *lab.Bench) {
	spots := spots(asked, c, h.Probe)
	var all []*lab.Bench
	for _, p := range asked.Places(c.Lane) {
		b := whole
		if spot, ok := spots[cmp.Or(p.Node, h.Home)]; ok {
			b = whole.On(spot)
			all = append(all, b)
		}
		placed[at{c.Lane.Name, p.Node}] = b
	}
	lab.Introduce(all)
}

// probeFor is the path of the probe for nodes of an architecture, where that for the cluster's usual ones is at path.
func probeFor(path, arch, usual string) string {
	if arch == "" || arch == usual {
		return path
	}
	return path + "-" + arch
}

// layProbes lays the probe ready for each architecture of the nodes, and returns the path of the usual one. Where there is none for some of the nodes,
// the claims say so there.
func layProbes(asked settings.Settings, c clusters.Cluster) (path string, err error) {
	path = filepath.Join(asked.Dir, "probe")
	usual := cmp.Or(c.Arch, runtime.GOARCH)
	files := map[string]string{path: usual}
	for _, n := range asked.Plan.Reachable() {
		if arch := n.Kind.Arch; slices.Contains(program.Architectures(), arch) {
			files[probeFor(path, arch, usual)] = arch
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		text, err := program.Probe(files[file])
		if err != nil {
			return path, err
		}
		if err := os.WriteFile(file, text, 0o755); err != nil {
			return path, err
		}
	}
	return path, nil
}
