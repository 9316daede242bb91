// Package lane is the declarations: which clusters are tested, and what is expected of each.
package lane

import "slices"

// Gate is the feature gate that every lane is about.
const Gate = "PodShareProcessNamespace"

// Lane is one cluster configuration, and what is expected of it. The expectation is declared, never asked of
// the cluster under test: a broken cluster would choose the answer that it passes.
type Lane struct {
	Name    string             // in file names, labels and reports: lower-case letters, digits and dashes
	Version string             // of Kubernetes, v1.16.15
	Gate    map[Component]bool // by component; one that is absent is started without naming the gate
	// Nodes are those beside the control plane, which is one too; nil for the control plane alone.
	Nodes []Node
	// Features are other gates than that, which every component is started with; nil for none.
	Features map[string]bool
	// RuntimeClass is what the suite's pods run by; "" for the node's own runtime.
	RuntimeClass string
	// ContainerRuntime is what the kubelet has all pods run by, in the words of its option of that name: "docker", by its own CRI, or "" for containerd's.
	ContainerRuntime string
	// AppArmor has the nodes' containerd confine containers by it, which it does not by itself in a node that is a container. The kernel must have it.
	AppArmor bool
	Expect   Expectation
	Claims   []string // the only ones that it is for; nil for all that are not asked for by name
	// Elsewhere is why no cluster of it is made here: it is the expectation for one that runs. "" where one can be made.
	Elsewhere string
	// OnRequest lanes run where they are named; all leaves them out.
	OnRequest bool
	// Informative are claims that are measured and shown here, and don't decide, each with the reason.
	Informative map[string]string
	// Existing says that the cluster is somebody's own: nothing is known of how its components were started.
	Cluster bool
	File    string // where it was declared, for messages
}

// Expectation is the declared outcome of a lane.
type Expectation struct {
	Processes Processes // whether the containers of a pod that asks for it share a process namespace
	Field     Field     // what the API server does with shareProcessNamespace: true
	Naming    Naming    // what a component does that is started with the gate named
}

// Component is a program that takes --feature-gates.
type Component string

// The components whose gate a lane may set.
const (
	APIServer         Component = "kube-apiserver"
	ControllerManager Component = "kube-controller-manager"
	Scheduler         Component = "kube-scheduler"
	Kubelet           Component = "kubelet"
	Proxy             Component = "kube-proxy"
)

// Components lists them in the order in which reports show them.
var Components = []Component{APIServer, ControllerManager, Scheduler, Kubelet, Proxy}

// Processes is the expected outcome for a pod with shareProcessNamespace: true.
type Processes string

// The outcomes.
const (
	Shared   Processes = "shared"
	Isolated Processes = "isolated"
)

// Field is what becomes of the field on create.
type Field string

// The fates of the field: later API servers keep it; with the gate off, 1.10, 1.11 and 1.14 to 1.16
// drop it silently, 1.12 and 1.13 refuse the pod.
const (
	Kept    Field = "kept"
	Dropped Field = "dropped"
	Refused Field = "refused"
)

// Naming is what becomes of a component that is started with the gate named.
type Naming string

// What naming the gate does over its life: ALPHA and BETA gates take both values, a GA one is locked to true, one that
// was removed is refused.
const (
	Accepted   Naming = "accepted"
	LockedTrue Naming = "locked"
	Unknown    Naming = "unknown"
)

// Word is the lane as LANES names it: a declared one by its name, another by its file.
func (l Lane) Word() string {
	if l.File == declaredFile(l.Name) {
		return l.Name
	}
	return l.File
}

// Names says whether any component is given the gate.
func (l Lane) Names() bool { return len(l.Gate) > 0 }

// Has says whether the component is given the gate as true.
func (l Lane) Has(c Component) bool { return l.Gate[c] }

// Uniform says whether every component is given the gate, with one value.
func (l Lane) Uniform() (value, ok bool) {
	for i, c := range Components {
		v, named := l.Gate[c]
		if !named || i > 0 && v != value {
			return false, false
		}
		value = v
	}
	return value, true
}

// Names lists lanes' names, for messages.
func Names(lanes []Lane) []string {
	var out []string
	for _, l := range lanes {
		out = append(out, l.Name)
	}
	slices.Sort(out)
	return out
}
