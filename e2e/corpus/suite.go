package corpus

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/existing"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run/group"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// interruptGrace is how long a run of the suite may take to end after an interrupt.
const interruptGrace = 30 * time.Second

// Run is one run of the suite.
type Run struct {
	Name       string // of its folder of reports
	Lanes      []lane.Lane
	Kubeconfig string              // instead of the lane's own
	Claims     []string            // ids; none: all
	Of         map[string][]string // by lane, where one is asked for other claims than Claims
	Without    []string            // ids that are left out
	Timeouts   string              // other waits than the suite's
	Look       bool                // take a first look before the first claim
	Leaves     bool                // does not wait until its namespaces are gone: another run follows

	Ended func(*os.ProcessState) // is told how its process ended, and what that took; may be nil
}

// labelFilter is Ginkgo's for the run's claims.
func (r Run) labelFilter() string {
	var parts []string
	var lanes, others []string
	for _, name := range slices.Sorted(maps.Keys(r.Of)) {
		lanes = append(lanes, "lane:"+name+" && "+anyOf(r.Of[name]))
		others = append(others, "!lane:"+name)
	}
	if len(r.Claims) > 0 {
		others = append(others, anyOf(r.Claims))
	}
	asked := strings.Join(append(lanes, strings.Join(others, " && ")), " || ")
	if len(lanes) > 0 {
		asked = "(" + asked + ")"
	}
	if asked != "" {
		parts = append(parts, asked)
	}
	for _, id := range r.Without {
		parts = append(parts, "!claim:"+id)
	}
	return strings.Join(parts, " && ")
}

// anyOf is Ginkgo's filter for each of the claims.
func anyOf(claims []string) string {
	var any []string
	for _, id := range claims {
		any = append(any, "claim:"+id)
	}
	return "(" + strings.Join(any, " || ") + ")"
}

// callers are the variables that a caller's shell may have for runs of its own.
var callers = []string{
	settings.KubeconfigEnv, settings.ExpectEnv, settings.FieldEnv, settings.ContextEnv, settings.ClusterEnv, settings.RegistryEnv, settings.ArchiveEnv,
	settings.PullSecretEnv, settings.RuntimeClassEnv, settings.NodesEnv, settings.LookEnv, settings.DryRunEnv, settings.LanesEnv, settings.NodeImageEnv,
	settings.FocusEnv, settings.SkipEnv, settings.LabelFilterEnv, reports.ArtifactsEnv, reports.JUnitEnv,
}

// env is the run's environment: the caller's, less what is for runs of its own.
func (r Run) env(dir string) []string {
	var env []string
pairs:
	for _, pair := range os.Environ() {
		if owner.Marks(pair) { // it is a run of its own, and sweeps no more than that
			continue
		}
		for _, name := range callers {
			if strings.HasPrefix(pair, name+"=") {
				continue pairs
			}
		}
		env = append(env, pair)
	}
	env = append(env, reports.DirEnv+"="+dir, settings.LabelFilterEnv+"="+r.labelFilter())
	if r.Kubeconfig == "" {
		env = append(env, settings.LanesEnv+"="+lane.Words(r.Lanes))
	} else {
		l := r.Lanes[0]
		env = append(env, settings.KubeconfigEnv+"="+r.Kubeconfig, settings.ExpectEnv+"="+string(l.Expect.Processes),
			settings.FieldEnv+"="+string(l.Expect.Field), settings.ClusterEnv+"="+l.Name, settings.RegistryEnv+"="+existing.NoRegistry)
	}
	timeouts := strings.FieldsFunc(r.Timeouts, func(c rune) bool { return c == ',' })
	if r.Leaves {
		timeouts = append(timeouts, "NamespaceGone=0s")
	}
	if len(timeouts) > 0 {
		env = append(env, settings.TimeoutsEnv+"="+strings.Join(timeouts, ","))
	}
	if r.Look {
		env = append(env, settings.LookEnv+"=yes")
	}
	return env
}

// Prove runs the suite on the kept lanes, and returns what it found.
func (c Corpus) Prove(ctx context.Context, r Run) (reports.Run, error) {
	dir := c.Folder(r.Name)
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return reports.Run{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return reports.Run{}, err
	}
	log, err := os.Create(filepath.Join(dir, "output"))
	if err != nil {
		return reports.Run{}, err
	}
	defer log.Close()
	cmd := exec.CommandContext(ctx, self, "run")
	cmd.Env = r.env(dir)
	cmd.Stdout, cmd.Stderr = log, log
	group.Own(cmd) // an interrupt is passed on once
	cmd.Cancel = func() error { return group.Interrupt(cmd) }
	cmd.WaitDelay = interruptGrace
	runErr := cmd.Run()
	if r.Ended != nil && cmd.ProcessState != nil {
		r.Ended(cmd.ProcessState)
	}
	if ctx.Err() != nil {
		return reports.Run{}, errors.New("interrupted; the clusters are as they were")
	}
	found, err := reports.Load(filepath.Join(dir, reports.RunFile))
	if err != nil {
		return found, fmt.Errorf("the suite left no result (%w; %v); it printed %s", err, runErr, log.Name())
	}
	return found, nil
}

// Undisturbed expects the kept clusters to pass as they are, before the first change or after the last: otherwise nothing that is found
// on a changed one means anything. Of r its name, as "before", and its claims are asked; words are what progress calls the clusters.
func (c Corpus) Undisturbed(ctx context.Context, kept *up.Set, words string, r Run) (found reports.Run, err error) {
	when := r.Name
	step := progress.Start(ctx, words+", "+when)
	defer step.End(&err)
	r.Lanes = kept.Lanes()
	if found, err = c.Prove(ctx, r); err != nil {
		return found, err
	}
	if code := found.ExitCode(); code != reports.ExitHolds {
		return found, fmt.Errorf("the clusters do not pass as they are, %s the changes, so that nothing means anything that is found on a changed one; see %s", when, c.Folder(when))
	}
	return found, nil
}
