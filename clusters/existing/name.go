package existing

import (
	"regexp"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
)

// Lane is the name, in reports, of a cluster that was there before the run, where nothing better is known.
const Lane = "existing"

// notInNames is what a lane's name has no room for.
var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// Called is the cluster by the name that reports shall have for it: asked, or else its context's in the letters of lanes' names.
// A kubeconfig that cannot be read is Attach's to complain of. The error is input.Err.
func (e Cluster) Called(asked string) (Cluster, error) {
	if asked != "" {
		if !lane.NamePattern.MatchString(asked) {
			return e, input.Errorf("CLUSTER=%s: lower-case letters, digits and dashes, as in prod-eu: it becomes a part of files' names", asked)
		}
		e.Lane.Name = asked
		return e, nil
	}
	if name := strings.Trim(notInNames.ReplaceAllString(strings.ToLower(e.contextName()), "-"), "-"); name != "" {
		e.Lane.Name = name
	}
	return e, nil
}

// contextName is the context's that the run uses, "" where the kubeconfig cannot be read. The cluster is not asked.
func (e Cluster) contextName() string {
	if e.Context != "" {
		return e.Context
	}
	config, err := clusters.LoadKubeconfig(e.Kubeconfig, "")
	if err != nil {
		return ""
	}
	raw, err := config.RawConfig()
	if err != nil {
		return ""
	}
	return raw.CurrentContext
}
