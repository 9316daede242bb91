package main

import (
	"context"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/clusters/vm"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// inMachine are the claims that a kernel with AppArmor and Yama may answer otherwise.
const inMachine = "group:start || group:init || group:signals || group:filesystem"

// machineLane is the lane that wants such a kernel.
const machineLane = "apparmor"

// handedIn are the options that the run in the machine takes.
var handedIn = []string{"lanes", "focus", "skip", "label-filter", "parallel", "timeout", "timeouts"}

func vmCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "vm",
		Short: "Prove claims in a virtual machine, on a kernel with AppArmor and Yama",
		Long: `Prove claims in a virtual machine, whose kernel is Debian's own, with AppArmor and Yama, whatever this machine's kernel has.

The machine is made of Debian's packages and emulated in a container. Emulated, everything takes some ten times as long: twenty minutes for the claims
that the lane ` + machineLane + ` names, hours for all. Where containers may use the processors' own virtualization, --kvm is much faster. If no lane is named,
it is ` + machineLane + `, whose containers are confined by AppArmor; those of other lanes are not, since kind's nodes are containers. If nothing else is chosen,
the claims are those that the lane names, or that such a kernel may answer otherwise (` + inMachine + `).`,
		Example: examples("vm", "vm --lanes apparmor-latest", "vm --lanes latest --label-filter group:signals", "vm --kvm --lanes on,off --label-filter ''"),
		Args:    cobra.NoArgs,
	}
	settings.Add(cmd, append(slices.Clone(handedIn), "kvm", "output", "registry", "debian-mirror", "keep-engine")...)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		lanes, err := settings.Lanes()
		if err != nil {
			return err
		}
		if os.Getenv(settings.LanesEnv) == "" {
			if lanes, err = lane.Select(machineLane); err != nil {
				return err
			}
		}
		chooses := slices.ContainsFunc(lanes, func(l lane.Lane) bool { return l.Claims == nil })
		if chooses && os.Getenv(settings.LabelFilterEnv) == "" && !cmd.Flags().Changed("label-filter") {
			_ = os.Setenv(settings.LabelFilterEnv, inMachine)
		}
		code := 0
		err = withProgress(cmd.Context(), func(ctx context.Context, news progress.Renderer) error {
			e, err := up.Engine(ctx)
			if err != nil {
				return err
			}
			defer func() { _ = e.Release(ctx) }()
			code, err = runInMachine(ctx, lanes, news)
			return err
		})
		if err != nil {
			return err
		}
		return ended(code)
	}
	return cmd
}

// runInMachine returns the exit code of the run in the machine, whose console it writes to news.
func runInMachine(ctx context.Context, lanes []lane.Lane, news io.Writer) (int, error) {
	info, err := engine.Describe(ctx)
	if err != nil {
		return 0, err
	}
	if info.Architecture != vm.Arch {
		return 0, input.Errorf("the virtual machine is for engines of %s, and this one is of %s", vm.Arch, info.Architecture)
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != vm.Arch {
		return 0, input.Errorf("the virtual machine runs this program, which must be one for linux/%s", vm.Arch)
	}
	for _, l := range lanes {
		if l.Word() != l.Name {
			return 0, input.Errorf("lane %s: the virtual machine has declared lanes", l.Word())
		}
	}
	wants, err := up.EnsureImages(ctx, up.Options{Lanes: lanes})
	if err != nil {
		return 0, err
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	m := vm.Machine{
		Program: self, Environment: []string{settings.LanesEnv + "=" + strings.Join(lane.Names(lanes), ","), settings.LookEnv + "=1"}, // by which waits fit its speed
		Images: wants.Images, Folders: wants.Folders, Reports: reports.Out(),
		MiB: int(min(info.MemoryBytes/2, 8<<30) >> 20), CPUs: info.CPUs, KVM: settings.Set(settings.KVMEnv), Console: news,
	}
	for _, o := range settings.Of(handedIn...) {
		if value := os.Getenv(o.Variable); value != "" && o.Variable != settings.LanesEnv {
			m.Environment = append(m.Environment, o.Variable+"="+value)
		}
	}
	return m.Run(ctx)
}
