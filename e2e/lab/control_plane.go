package lab

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/run"
)

// Older is the bench of another node of the cluster, of which the same is expected and whose kubelet is of an earlier release than this node's, and that
// release; nil where there is none.
func (b *Bench) Older(ctx context.Context) (*Bench, string, error) {
	own, err := b.kubeletRelease(ctx)
	if err != nil {
		return nil, "", err
	}
	for _, o := range b.beside {
		release, err := o.kubeletRelease(ctx)
		if err != nil {
			return nil, "", err
		}
		if semver.Compare(release, own) < 0 && o.Expect == b.Expect {
			return o, release, nil
		}
	}
	return nil, "", nil
}

// kubeletRelease is that of the program on the node, v1.16.15.
func (b *Bench) kubeletRelease(ctx context.Context) (string, error) {
	out, err := b.Node.Exec(ctx, "kubelet", "--version")
	release := strings.TrimPrefix(strings.TrimSpace(out), "Kubernetes ")
	if err == nil && !semver.IsValid(release) {
		err = fmt.Errorf("kubelet --version on node %s: %q", b.Node.Name, out)
	}
	return release, err
}

// Where the manifests of the lane's own release are kept while another one is in place.
const ownManifests = "/run/gateproof-control-plane"

// earlierScript puts release $0 of the control plane's components in place, with the gate $1 off where they name it.
const earlierScript = `set -e
mkdir -p ` + ownManifests + `
cd /etc/kubernetes/manifests
for c in kube-apiserver kube-controller-manager kube-scheduler; do
  cp $c.yaml ` + ownManifests + `/
  sed "s|\\(image: .*/$c\\):.*|\\1:$0|; s/$1=true/$1=false/" $c.yaml >/run/$c.yaml
  grep -q "/$c:$0" /run/$c.yaml
  mv /run/$c.yaml .
done`

const ownScript = `cd ` + ownManifests + ` && for f in *.yaml; do mv $f /etc/kubernetes/manifests/; done`

// EarlierControlPlane puts another node's release in the control plane's place, with the gate off, and waits until it serves. The node's image has the
// components' images. etcd stays: it is another project's release.
func (b *Bench) EarlierControlPlane(ctx context.Context, from *Bench, release string) error {
	if err := copyImages(ctx, from, b, release); err != nil {
		return fmt.Errorf("bringing the control plane's images of %s from node %s: %w", release, from.Node.Name, err)
	}
	if _, err := b.Node.Exec(ctx, "sh", "-c", earlierScript, release, lane.Gate); err != nil {
		return err
	}
	return b.controlPlaneServes(ctx, release, "false")
}

// UpgradeControlPlane puts the lane's own release in its place again, as it was started at first. Where it is in place, nothing is done.
func (b *Bench) UpgradeControlPlane(ctx context.Context) error {
	if _, err := b.Node.Exec(ctx, "sh", "-c", "ls "+ownManifests+"/*.yaml"); err != nil {
		return nil
	}
	if _, err := b.Node.Exec(ctx, "sh", "-c", ownScript); err != nil {
		return err
	}
	return b.controlPlaneServes(ctx, b.Lane.Version, "true")
}

// controlPlaneScript prints the images of those components of the control plane that run, as the kubelet tells the API server.
const controlPlaneScript = `kubectl --kubeconfig=/etc/kubernetes/admin.conf --namespace=kube-system get pods --selector=tier=control-plane --output=jsonpath=` +
	`'{range .items[*]}{.spec.containers[0].image} {.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}'`

// controlPlaneServes waits for the API server to serve as a release with the gate's value, and for the other components of it to run.
func (b *Bench) controlPlaneServes(ctx context.Context, release, gate string) error {
	want := fmt.Sprintf("%s=%s", lane.Gate, gate)
	return poll(ctx, Timeouts.NodeBack, fmt.Sprintf("the control plane to be %s with %s", release, want), func() (bool, string, error) {
		version, err := b.Client.Discovery().ServerVersion()
		if err != nil {
			return false, "", notYet{err}
		}
		if is, seen := b.apiServerIs(ctx, want); !is || version.GitVersion != release {
			return false, version.GitVersion + " by " + seen, nil
		}
		pods, err := b.Node.Exec(ctx, "sh", "-c", controlPlaneScript)
		if err != nil {
			return false, "", notYet{err}
		}
		return strings.Count(pods, ":"+release+" True") == 3, pods, nil
	})
}

// copyImages gives one node the control plane's images that another has.
func copyImages(ctx context.Context, from, to *Bench, release string) error {
	list, err := from.Node.Exec(ctx, "ctr", "--namespace=k8s.io", "images", "list", "--quiet")
	if err != nil {
		return err
	}
	export := []string{"docker", "exec", from.Node.Container, "ctr", "--namespace=k8s.io", "images", "export", "-"}
	for _, c := range []lane.Component{lane.APIServer, lane.ControllerManager, lane.Scheduler} {
		names := strings.Fields(list)
		i := slices.IndexFunc(names, func(name string) bool { return strings.HasSuffix(name, "/"+string(c)+":"+release) })
		if i < 0 {
			return fmt.Errorf("it has no image of %s %s; it has:\n%s", c, release, list)
		}
		export = append(export, names[i])
	}
	return errors.Join(run.Pipe(ctx, run.Cmd{Argv: export},
		run.Cmd{Argv: []string{"docker", "exec", "--interactive", to.Node.Container, "ctr", "--namespace=k8s.io", "images", "import", "-"}}))
}
