package lab

import (
	"context"
	"fmt"

	"k8s.io/client-go/rest"

	"github.com/gateproof/gateproof/clusters"
)

// A run on lanes of our own has no more rights in the API than one on somebody's cluster: it acts as the service account
// that rights.yaml describes, so that a claim which needs more fails here, not there.

// account is the service account of rights.yaml, with the groups that the API server would give it.
var account = rest.ImpersonationConfig{
	UserName: "system:serviceaccount:gateproof:gateproof",
	Groups:   []string{"system:serviceaccounts", "system:serviceaccounts:gateproof", "system:authenticated"},
}

// Grant applies the manifest with the service account's rights to a cluster of ours, as its administrator.
func Grant(ctx context.Context, n *clusters.Node, manifest string) error {
	_, err := n.Exec(ctx, "sh", "-ec", `printf '%s' "$0" | kubectl --kubeconfig=/etc/kubernetes/admin.conf apply --filename=-`, manifest)
	if err != nil {
		return fmt.Errorf("granting the rights of a run: %w", err)
	}
	return nil
}
