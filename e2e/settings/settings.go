// Package settings reads what a run was asked for from the environment: make, the e2e command and the Ginkgo
// processes all speak it.
package settings

import (
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/existing"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/nodes"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/lab"
)

// The environment's names.
const (
	LanesEnv        = "LANES"             // names of lanes or paths of lane files, comma-separated
	NodeImageEnv    = "NODE_IMAGE"        // a node image to use instead of the lanes' own
	KubeconfigEnv   = "KUBECONFIG"        // with EXPECT: an existing cluster; several paths are merged, as kubectl does
	ContextEnv      = "KUBE_CONTEXT"      // of KUBECONFIG, instead of the current one
	ClusterEnv      = "CLUSTER"           // what reports call the existing cluster, instead of its context's name
	ExpectEnv       = "EXPECT"            // shared, isolated, or a lane whose expectation it is
	FieldEnv        = "FIELD"             // kept, dropped or refused
	RuntimeClassEnv = "RUNTIME_CLASS"     // of the existing cluster, for the suite's pods
	NodesEnv        = "NODES"             // of the existing cluster: each-kind, all, a label selector, or names
	NodesPlanEnv    = "GATEPROOF_NODES"   // set by the main job for its Ginkgo processes: the file of the nodes that were chosen
	TimeoutsEnv     = "TIMEOUTS"          // overrides of the suite's waits, as PodReady=3m,Quiet=5s
	DryRunEnv       = "DRY_RUN"           // set: list what would run, and run nothing
	RegistryEnv     = "IMAGE_REGISTRY"    // HOST/PATH that an existing cluster takes the workload images from
	ArchiveEnv      = "IMAGE_ARCHIVE"     // a file of images that its nodes have been given
	PullSecretEnv   = "IMAGE_PULL_SECRET" // credentials for it: NAMESPACE/NAME of a Secret, or a docker config file
	LookEnv         = "LOOK"              // set: take a first look at lanes of our own too
	NodeAccessEnv   = "NODE_ACCESS"       // how claims may look at an existing cluster's nodes
	FocusEnv        = "FOCUS"             // regular expressions over the specs' names
	SkipEnv         = "SKIP"
	LabelFilterEnv  = "LABEL_FILTER"      // Ginkgo's
	ProcsEnv        = "PROCS"             // parallel processes
	TimeoutEnv      = "GATEPROOF_TIMEOUT" // of all claims together
	VerboseEnv      = "VERBOSE"           // set: show Ginkgo's own output
	MutantsEnv      = "MUTANTS"           // ids
	VariantsEnv     = "VARIANTS"          // ids
	SampleEnv       = "SAMPLE"            // how many
	SeedEnv         = "SEED"
	KVMEnv          = "KVM"           // set: the virtual machine is not emulated
	WholeEnv        = "WHOLE"         // set: the whole suite against each mutant
	JobEnv          = "GATEPROOF_JOB" // set by the main job for its Ginkgo processes: it sweeps after them
)

// Debug, as NODE_ACCESS, lets claims look at somebody's nodes by privileged pods.
const Debug = "debug"

// Settings are what a run was asked for.
type Settings struct {
	Lanes      []lane.Lane
	NodeImage  string
	Existing   *existing.Cluster // instead of lanes of our own
	Nodes      nodes.Choice      // of its nodes
	Plan       nodes.Plan        // what was chosen of them; the zero one as long as nobody has taken the list
	NodeAccess string            // how claims may look at them: "", or Debug
	PullSecret string            // where to find it, as lab.Bench.UsePullSecret takes it
	Look       bool              // take a first look before the first claim
	RunID      string
	Dir        string // of the run's temporary files
}

// FromEnv reads the settings. Errors are input.Err.
func FromEnv() (Settings, error) {
	s := Settings{NodeImage: os.Getenv(NodeImageEnv), RunID: owner.ID(), Dir: paths.Temp(owner.ID())}
	err := lab.SetTimeouts(os.Getenv(TimeoutsEnv))
	if err != nil {
		return s, input.Errorf("%s: %w", input.Name(TimeoutsEnv), err)
	}
	if s.Existing, err = toExisting(); err != nil || s.Existing != nil {
		// The lane's name is all that the tree of specs needs.
		s.Lanes = []lane.Lane{{Name: existing.Lane, Cluster: true}}
		if err == nil {
			s.Lanes[0] = s.Existing.Lane
		}
		s.PullSecret, s.Look, s.NodeAccess = os.Getenv(PullSecretEnv), true, os.Getenv(NodeAccessEnv)
		if err == nil {
			s.Nodes, err = nodes.ParseChoice(os.Getenv(NodesEnv))
		}
		if err == nil {
			s.Plan, err = plan(os.Getenv(NodesPlanEnv))
		}
		return s, err
	}
	s.Look = Set(LookEnv)
	s.Lanes, err = Lanes()
	return s, err
}

// forExisting mean nothing without an existing cluster. CLUSTER is none of them: environments have one of their own.
var forExisting = []string{ContextEnv, FieldEnv, RegistryEnv, ArchiveEnv, PullSecretEnv, RuntimeClassEnv, NodesEnv, NodeAccessEnv}

// onPurpose are options of which a flag can only mean a cluster that is there.
var onPurpose = []string{KubeconfigEnv, ClusterEnv}

// toExisting reads what sends a run to a cluster of somebody's own: KUBECONFIG and EXPECT, both named on purpose.
// KUBECONFIG alone, which people have set anyway, does not; a flag is there on purpose.
func toExisting() (*existing.Cluster, error) {
	expect := os.Getenv(ExpectEnv)
	if expect == "" {
		for _, name := range forExisting {
			if os.Getenv(name) != "" {
				return nil, input.Errorf("%s is for an existing cluster: it needs %s and %s=shared|isolated, too", input.Name(name), input.Name(KubeconfigEnv), input.Name(ExpectEnv))
			}
		}
		for _, name := range onPurpose {
			if input.Name(name) != name {
				return nil, input.Errorf("%s=%s names a cluster that is there: say what it promises, too: --expect shared, or isolated (%s)", input.Name(name), os.Getenv(name), ExpectEnv)
			}
		}
		return nil, nil
	}
	e := &existing.Cluster{Kubeconfig: os.Getenv(KubeconfigEnv), Context: os.Getenv(ContextEnv),
		Images: existing.Images{Registry: os.Getenv(RegistryEnv), Archive: os.Getenv(ArchiveEnv)}}
	if e.Kubeconfig == "" {
		return nil, input.Errorf("%s=%s is for an existing cluster: it needs --kubeconfig path, too (%s)", input.Name(ExpectEnv), expect, KubeconfigEnv)
	}
	for _, name := range []string{LanesEnv, NodeImageEnv} {
		if value := os.Getenv(name); value != "" {
			return nil, input.Errorf("%s=%s and %s=%s exclude each other: lanes are clusters of our own", input.Name(name), value, input.Name(ExpectEnv), expect)
		}
	}
	var err error
	if e.Lane, err = existing.ParseExpect(expect); err != nil {
		return nil, err
	}
	e.Lane.RuntimeClass = os.Getenv(RuntimeClassEnv)
	field, err := existing.ParseField(os.Getenv(FieldEnv))
	if err != nil {
		return nil, err
	}
	if field != "" {
		e.Lane.Expect.Field = field
	}
	called, err := e.Called(os.Getenv(ClusterEnv))
	return &called, err
}

// ClusterOptions are the settings as up.Up takes them.
func (s Settings) ClusterOptions() up.Options {
	return up.Options{RunID: s.RunID, Lanes: s.Lanes, NodeImage: s.NodeImage, Dir: filepath.Clean(s.Dir)}
}

// Lanes are those asked for; without any the default ones.
func Lanes() ([]lane.Lane, error) { return lane.Select(os.Getenv(LanesEnv)) }
