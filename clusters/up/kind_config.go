package up

import (
	"fmt"

	"sigs.k8s.io/kind/pkg/apis/config/v1alpha4"
	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/clusters/dockershim"
	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/kubeversion"
	"github.com/gateproof/gateproof/clusters/lane"
)

// kindConfig is the lane as kind's configuration: a control-plane node, and those that the lane declares beside it.
// A foreign node image also needs containerd told where to look (kind restarts it for that). images are the nodes', by release.
func kindConfig(l lane.Lane, images map[string]nodeimage.Image, cgroupVersion string) (*v1alpha4.Cluster, error) {
	cfg := &v1alpha4.Cluster{
		TypeMeta: v1alpha4.TypeMeta{Kind: "Cluster", APIVersion: "kind.x-k8s.io/v1alpha4"},
		Nodes:    []v1alpha4.Node{{Role: v1alpha4.ControlPlaneRole, Image: images[l.Version].Ref}},
	}
	foreign := !images[l.Version].Mirrors
	for _, n := range l.Nodes {
		cfg.Nodes = append(cfg.Nodes, worker(n, images[l.VersionOf(n)].Ref))
		foreign = foreign || !images[l.VersionOf(n)].Mirrors
	}
	listed := kubeversion.AtLeast(l.Version, listsArguments)
	if !foreign && !listed {
		cfg.KubeadmConfigPatches = append(cfg.KubeadmConfigPatches, promptControllers)
	}
	if listed {
		cfg.KubeadmConfigPatches = append(cfg.KubeadmConfigPatches, patience)
	} else if kubeversion.AtLeast(l.Version, readsPatience) {
		cfg.KubeadmConfigPatches = append(cfg.KubeadmConfigPatches, patienceBefore)
	}
	if foreign {
		cfg.ContainerdConfigPatches = []string{fmt.Sprintf(
			"[plugins.\"io.containerd.grpc.v1.cri\".registry]\n  config_path = %q\n", certsInNode)}
	}
	if nodeimage.MustAllow(l.Version, cgroupVersion) {
		cfg.KubeadmConfigPatches = append(cfg.KubeadmConfigPatches, allowCgroup1)
	}
	cfg.FeatureGates = l.Features
	if l.ContainerRuntime != "" {
		cfg.KubeadmConfigPatches = append(cfg.KubeadmConfigPatches, dockershim.KubeadmPatch)
	}
	if value, ok := l.Uniform(); ok {
		cfg.FeatureGates = map[string]bool{lane.Gate: value}
		return cfg, nil
	}
	patches, err := gatePatches(l)
	cfg.KubeadmConfigPatches = append(cfg.KubeadmConfigPatches, patches...)
	return cfg, err
}

// promptControllers let the first pod be made as soon as a node is Ready: before it must come the controller that makes
// service accounts, which is started among thirty others, in an order of chance.
//
// Left out is the one that gives nodes their pod ranges: our nodes' CNI has a fixed one, and up to 1.17 that controller
// sleeps for 10 s before the others may start. And each start asks the API server some five times, which at the
// default of 20 requests a second takes all of them 5 s.
const promptControllers = `kind: ClusterConfiguration
controllerManager:
  extraArgs:
    controllers: "*,bootstrapsigner,tokencleaner,-nodeipam"
    kube-api-qps: "200"
    kube-api-burst: "400"
`

// listsArguments is the first version for which kind writes the configuration of kubeadm in which extraArgs is a list, that
// a patch replaces as a whole. Later controllers are prompt by themselves.
const listsArguments = "v1.36.0"

// patience is how long kubeadm waits for the control plane: its own 4 min are too few for an emulated machine.
const (
	patience = `kind: InitConfiguration
timeouts:
  controlPlaneComponentHealthCheck: 10m0s
`
	patienceBefore = `kind: ClusterConfiguration
apiServer:
  timeoutForControlPlane: 10m0s
`
)

// readsPatience is the first version whose kubeadm is sure to know patienceBefore.
const readsPatience = "v1.15.0"

const allowCgroup1 = `kind: KubeletConfiguration
failCgroupV1: false
`

// certsInNode is where containerd looks for registries' mirrors, at each pull.
const certsInNode = "/etc/containerd/certs.d"

// gatePatches names the gate for single components, as kubeadm's configuration has it below v1beta4.
func gatePatches(l lane.Lane) ([]string, error) {
	static := map[lane.Component]string{lane.APIServer: "apiServer", lane.ControllerManager: "controllerManager", lane.Scheduler: "scheduler"}
	config := map[lane.Component]string{lane.Kubelet: "KubeletConfiguration", lane.Proxy: "KubeProxyConfiguration"}
	control := map[string]any{"kind": "ClusterConfiguration"}
	var docs []map[string]any
	for _, c := range lane.Components {
		value, named := l.Gate[c]
		if !named {
			continue
		}
		if section, ok := static[c]; ok {
			control[section] = map[string]any{"extraArgs": map[string]string{"feature-gates": fmt.Sprintf("%s=%t", lane.Gate, value)}}
			continue
		}
		docs = append(docs, map[string]any{"kind": config[c], "featureGates": map[string]bool{lane.Gate: value}})
	}
	if len(control) > 1 {
		docs = append(docs, control)
	}
	var patches []string
	for _, doc := range docs {
		text, err := yaml.Marshal(doc)
		if err != nil {
			return nil, err
		}
		patches = append(patches, string(text))
	}
	return patches, nil
}
