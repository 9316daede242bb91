package up

import (
	"context"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/kubeversion"
	"github.com/gateproof/gateproof/clusters/progress"
)

// atEach calls all.
func atEach(all ...func(string)) func(string) {
	return func(what string) {
		for _, f := range all {
			f(what)
		}
	}
}

// joining is kind's step before which the control plane is up and no other node has joined.
const joining = "Joining worker nodes"

// oneKubeletConfig is the first release whose kubeadm has one name for kubelets' configuration, whatever their release.
const oneKubeletConfig = "v1.24.0"

// configsScript gives kubelets of releases "$@" (1.16) the configuration of those of release $0, under the names by which their kubeadm asks for it.
const configsScript = `set -e
k="kubectl --kubeconfig=/etc/kubernetes/admin.conf --namespace=kube-system"
for other; do
  for what in configmap/ role/kubeadm: rolebinding/kubeadm:; do
    $k get "$what"kubelet-config-$0 --output=yaml | sed "s/kubelet-config-$0/kubelet-config-$other/; /^  \\(uid\\|resourceVersion\\|selfLink\\|creationTimestamp\\):/d" | $k create --filename=-
  done
done`

// proxyScript has the node's own kube-proxy run where the cluster names that of release $0: a proxy is of its kubelet's release.
const proxyScript = `for image in $(ctr --namespace=k8s.io images list --quiet | grep /kube-proxy:); do
  ctr --namespace=k8s.io images tag "$image" "${image%:*}:$0"
done`

// otherReleases lets nodes join that are of another release than their control plane. It returns what is to be called at the beginning of each of
// kind's steps. What goes wrong is a note: the join that fails of it is the error.
func otherReleases(ctx context.Context, step *progress.Step, c clusters.Cluster) func(string) {
	return func(what string) {
		if !strings.HasPrefix(what, joining) || len(c.Lane.Versions()) == 1 {
			return
		}
		note := func(err error) {
			if err != nil {
				step.Note("letting nodes of other releases join: " + err.Error())
			}
		}
		if minors := otherMinors(c.Lane.Versions()); len(minors) > 1 && !kubeversion.AtLeast(c.Lane.Version, oneKubeletConfig) {
			_, err := c.Node.Exec(ctx, append([]string{"sh", "-c", configsScript}, minors...)...)
			note(err)
		}
		for _, m := range c.Members {
			if c.Lane.VersionOf(m.Declared) != c.Lane.Version {
				_, err := m.Node.Exec(ctx, "sh", "-c", proxyScript, c.Lane.Version)
				note(err)
			}
		}
	}
}

// otherMinors are releases as kubeadm names configurations by them, 1.16, the control plane's first, each once.
func otherMinors(versions []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, v := range versions {
		if minor := strings.TrimPrefix(semver.MajorMinor(v), "v"); !seen[minor] {
			out = append(out, minor)
			seen[minor] = true
		}
	}
	return out
}
