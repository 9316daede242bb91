package alone

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/settings"
)

// asked is what shall be looked at.
type asked struct {
	settings.Settings
	clusters []clusters.Cluster
	assumed  bool // that processes are shared: nobody has said so
}

// target reads the environment, as a run does: KUBECONFIG with EXPECT is a cluster of somebody's own, and as a flag it is one without EXPECT too, since
// nothing is proved; LANES, or neither, are lanes that are kept up. KUBECONFIG alone, which people have set anyway, says nothing.
func target(ctx context.Context) (asked, error) {
	var t asked
	flag := input.Name(settings.KubeconfigEnv) != settings.KubeconfigEnv
	if flag && os.Getenv(settings.LanesEnv) == "" && os.Getenv(settings.ExpectEnv) == "" {
		t.assumed = true
		if err := os.Setenv(settings.ExpectEnv, string(lane.Shared)); err != nil {
			return t, err
		}
	}
	var err error
	if t.Settings, err = settings.FromEnv(); err != nil {
		return t, err
	}
	if t.Existing != nil {
		c, err := t.Existing.Attach(ctx)
		t.clusters = []clusters.Cluster{c}
		return t, err
	}
	kept, err := up.LoadKept()
	if errors.Is(err, fs.ErrNotExist) {
		return t, input.Errorf("no lanes are kept up: name a cluster, as in `gateproof look --kubeconfig path` (or KUBECONFIG and EXPECT), or bring lanes up: `gateproof lanes up`")
	}
	if err != nil {
		return t, err
	}
	if err := kept.Reach(ctx, t.Dir); err != nil {
		return t, err
	}
	for _, c := range kept.Clusters {
		named := slices.ContainsFunc(t.Lanes, func(l lane.Lane) bool { return l.Name == c.Lane.Name })
		if named || os.Getenv(settings.LanesEnv) == "" {
			t.clusters = append(t.clusters, c)
		}
	}
	if len(t.clusters) == 0 {
		return t, input.Errorf("%s=%s: none of these is kept up; kept are: %s", input.Name(settings.LanesEnv), os.Getenv(settings.LanesEnv), lane.Words(kept.Lanes()))
	}
	return t, nil
}

// greeting says which cluster is about to be used, before anything is made there.
func (t asked) greeting(c clusters.Cluster) string {
	words := []string{fmt.Sprintf("%s: Kubernetes %s", c.Lane.Name, c.Lane.Version)}
	if t.Existing != nil {
		words = append(words, fmt.Sprintf("context %q at %s", c.Name, c.Facts["server"]))
	}
	expect := "processes are expected to be " + string(c.Lane.Expect.Processes)
	if t.assumed {
		expect += ", as nobody has said otherwise (EXPECT)"
	}
	return strings.Join(append(words, expect), "; ")
}
