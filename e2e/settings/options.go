package settings

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/debian"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

// Option is one thing that a command can be told: by a flag, or by a variable of the environment, which the flag overrides. Commands hand
// options on to the processes that they start as variables.
type Option struct {
	Flag     string
	Short    string // one letter, for the few that have one
	Variable string
	Kind     Kind
	Allowed  []string // of a word
	Says     string   // in the help, and in the docs' table
}

// Kind is what an option's value looks like.
type Kind string

// The kinds.
const (
	Word   Kind = "word"
	List   Kind = "list"   // comma-separated, or the flag given again
	Number Kind = "number" // positive
	Switch Kind = "switch" // of a variable: 1, true, yes or on; "", 0, false, no or off
	Path   Kind = "path"
	Folder Kind = "folder" // that is there
)

// Options is every option, in the order of the docs' table.
var Options = []Option{
	{Flag: "lanes", Variable: LanesEnv, Kind: List, Says: "lanes by name, or paths of lane files, or all (default on,off)"},
	{Flag: "focus", Variable: FocusEnv, Kind: Word, Says: "only the specs whose names match this regular expression"},
	{Flag: "skip", Variable: SkipEnv, Kind: Word, Says: "leave out the specs whose names match this regular expression"},
	{Flag: "label-filter", Variable: LabelFilterEnv, Kind: Word, Says: "Ginkgo label filter: claim:ID, group:NAME, lane:NAME, kind:conformance|informative"},
	{Flag: "parallel", Variable: ProcsEnv, Kind: Number, Says: "parallel processes (default 3 for each of the engine's processors; on a cluster that is there, of this machine's, and at most 12)"},
	{Flag: "timeout", Variable: TimeoutEnv, Kind: Word, Says: "how long all claims may take together, as 90m (default 2h)"},
	{Flag: "timeouts", Variable: TimeoutsEnv, Kind: List, Says: "other waits than the suite's own, as PodReady=3m,Quiet=5s"},
	{Flag: "dry-run", Variable: DryRunEnv, Kind: Switch, Says: "list the specs that would run, and run nothing"},
	{Flag: "verbose", Short: "v", Variable: VerboseEnv, Kind: Switch, Says: "show Ginkgo's own output"},

	{Flag: "kubeconfig", Variable: KubeconfigEnv, Kind: Path, Says: "a cluster that is there, instead of lanes; needs expect. Several paths are merged, as kubectl does; in-cluster: the one that this pod is in"},
	{Flag: "context", Variable: ContextEnv, Kind: Word, Says: "of the kubeconfig, instead of its current one"},
	{Flag: "expect", Variable: ExpectEnv, Kind: Word, Says: "what that cluster promises: shared, isolated, or a lane whose expectation it is"},
	{Flag: "field", Variable: FieldEnv, Kind: Word, Allowed: []string{"kept", "dropped", "refused"}, Says: "what its API server does with the field, if not what its release does"},
	{Flag: "cluster", Variable: ClusterEnv, Kind: Word, Says: "what reports call it, instead of its context's name"},
	{Flag: "runtime-class", Variable: RuntimeClassEnv, Kind: Word, Says: "its RuntimeClass that the suite's pods run by"},
	{Flag: "nodes", Variable: NodesEnv, Kind: Word, Says: "on which of its nodes: each-kind (the default: one for each kubelet, runtime, kernel, architecture, OS image), all, any (the scheduler's choice), a label selector, or names"},
	{Flag: "node-access", Variable: NodeAccessEnv, Kind: Word, Allowed: []string{Debug}, Says: "how claims may look at its nodes: not at all, or by a privileged pod on each, as kubectl debug node makes one"},
	{Flag: "image-registry", Variable: RegistryEnv, Kind: Word, Says: "HOST/PATH that its nodes pull the workload images from, or none: they know them by the manifests' names"},
	{Flag: "image-archive", Variable: ArchiveEnv, Kind: Path, Says: "a file of images archive that its nodes have been given instead"},
	{Flag: "image-pull-secret", Variable: PullSecretEnv, Kind: Word, Says: "credentials for that: NAMESPACE/NAME of a Secret there, or a docker config file"},
	{Flag: "look", Variable: LookEnv, Kind: Switch, Says: "take the first look at lanes of our own, too"},

	{Flag: "node-image", Variable: NodeImageEnv, Kind: Word, Says: "a node image to prove instead of the lanes' own"},
	{Flag: "registry", Variable: ours.RegistryEnv, Kind: Word, Says: "HOST/PATH that images publish has filled: images come from there instead of being built"},
	{Flag: "debian-mirror", Variable: debian.MirrorEnv, Kind: Word, Says: "where Debian's packages come from, where an image is built (default http://deb.debian.org/debian)"},
	{Flag: "keep-engine", Variable: engine.KeepEnv, Kind: Switch, Says: "leave an engine that was started for the run"},
	{Flag: "kvm", Variable: KVMEnv, Kind: Switch, Says: "vm: by the processors' own virtualization, not emulated"},
	{Flag: "fixtures", Variable: fixtures.OverlayEnv, Kind: Folder, Says: "a folder whose files replace fixtures of the same name"},

	{Flag: "output", Short: "o", Variable: reports.DirEnv, Kind: Path, Says: "the folder of the reports (default reports/out in the repository, gateproof-reports elsewhere)"},
	{Flag: "artifacts", Variable: reports.ArtifactsEnv, Kind: Path, Says: "a folder that gets the reports too"},
	{Flag: "junit", Variable: reports.JUnitEnv, Kind: Word, Allowed: []string{"strict"}, Says: "JUnit files by the letter of Jenkins' xUnit schema"},

	{Flag: "mutants", Variable: MutantsEnv, Kind: List, Says: "mutants by id (default all)"},
	{Flag: "variants", Variable: VariantsEnv, Kind: List, Says: "variants by id (default all but those that last)"},
	{Flag: "sample", Variable: SampleEnv, Kind: Number, Says: "try so many, chosen by chance"},
	{Flag: "seed", Variable: SeedEnv, Kind: Number, Says: "repeat the choice of a sample"},
	{Flag: "whole", Variable: WholeEnv, Kind: Switch, Says: "the whole suite against each mutant (takes an hour)"},
}

// Of are the options with these flags, in the table's order.
func Of(flags ...string) []Option {
	var out []Option
	for _, o := range Options {
		if slices.Contains(flags, o.Flag) {
			out = append(out, o)
		}
	}
	return out
}

// Add gives the command those options. Before it runs, values are checked, and flags become variables.
func Add(cmd *cobra.Command, flags ...string) {
	options := Of(flags...)
	for _, o := range options {
		o.add(cmd.Flags())
	}
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		for _, o := range options {
			if err := o.export(cmd.Flags()); err != nil {
				return err
			}
		}
		return nil
	}
}

func (o Option) add(flags *pflag.FlagSet) {
	says := o.Says + " (" + o.Variable + ")"
	switch o.Kind {
	case Switch:
		flags.BoolP(o.Flag, o.Short, false, says)
	case List:
		flags.StringSliceP(o.Flag, o.Short, nil, says)
	default: // a number, too: its variable may hold anything, and both are checked alike
		flags.StringP(o.Flag, o.Short, "", says)
	}
}

// export puts a flag that was given into the environment, and checks what is there.
func (o Option) export(flags *pflag.FlagSet) error {
	flag := flags.Lookup(o.Flag)
	name := o.Variable
	if flag.Changed {
		name = "--" + o.Flag
		value := flag.Value.String()
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			value = strings.Join(list.GetSlice(), ",")
		}
		if o.Kind == Switch && value == "false" {
			value = ""
		}
		if err := os.Setenv(o.Variable, value); err != nil {
			return err
		}
		input.Given(o.Variable, name)
	}
	return o.check(name, os.Getenv(o.Variable))
}

// check refuses what no value can be; name is the flag or variable that has it.
func (o Option) check(name, value string) error {
	if value == "" {
		return nil
	}
	if o.Kind == Number {
		if n, err := strconv.Atoi(value); err != nil || n < 1 {
			return input.Errorf("%s=%s: not a positive number", name, value)
		}
	}
	if o.Kind == Switch {
		if _, ok := input.Switch(value); !ok {
			return input.Errorf("%s=%s: allowed: true, false", name, value)
		}
	}
	if o.Kind == Folder {
		if info, err := os.Stat(value); err != nil || !info.IsDir() {
			return input.Errorf("%s=%s is not a folder", name, value)
		}
	}
	if len(o.Allowed) > 0 && !slices.Contains(o.Allowed, value) {
		return input.Errorf("%s=%s: allowed: %s", name, value, strings.Join(o.Allowed, ", "))
	}
	return nil
}

// Set tells whether the variable of a switch is set.
func Set(variable string) bool {
	on, _ := input.Switch(os.Getenv(variable)) // commands refuse what is neither
	return on
}

// Table is the docs' table of the options.
func Table() string {
	var out strings.Builder
	out.WriteString("| flag | variable | |\n|---|---|---|\n")
	for _, o := range Options {
		flag := "`--" + o.Flag + "`"
		if o.Short != "" {
			flag = "`-" + o.Short + "`, " + flag
		}
		says := o.Says
		if len(o.Allowed) > 0 {
			says += ": " + strings.Join(o.Allowed, ", ")
		}
		fmt.Fprintf(&out, "| %s | `%s` | %s |\n", flag, o.Variable, strings.ReplaceAll(says, "|", `\|`))
	}
	return out.String()
}
