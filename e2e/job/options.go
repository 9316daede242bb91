package job

import (
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

// options are what is the job's own; the rest is in its settings.
type options struct {
	labelFilter, focus, skip, procs, timeout string
	verbose                                  bool
}

func fromEnv() options {
	return options{
		labelFilter: os.Getenv(settings.LabelFilterEnv), focus: os.Getenv(settings.FocusEnv), skip: os.Getenv(settings.SkipEnv),
		procs: os.Getenv(settings.ProcsEnv), timeout: cmp.Or(os.Getenv(settings.TimeoutEnv), allWithin), verbose: settings.Set(settings.VerboseEnv),
	}
}

// allWithin is how long all claims may take together, where nobody says otherwise.
const allWithin = "2h"

// procsPerCore: claims mostly wait. Measured on two cores, more than three a core end no sooner.
const procsPerCore = 3

// procsOnTheirs is the most on somebody's cluster, where nobody says otherwise: what it bears does not follow from this machine.
const procsOnTheirs = 12

// processes is how many Ginkgo processes to start for clusters on so many processors, or for somebody's, from a machine of so many.
func (o options) processes(cpus int, theirs bool) (int, error) {
	if o.procs == "" {
		n := procsPerCore * cpus
		if theirs {
			n = min(n, procsOnTheirs)
		}
		return n, nil
	}
	n, err := strconv.Atoi(o.procs)
	if err != nil || n < 1 {
		return 0, input.Errorf("%s=%s: not a positive number", input.Name(settings.ProcsEnv), o.procs)
	}
	return n, nil
}

// validate refuses filters that Ginkgo could not read.
func (o options) validate() error {
	for name, pattern := range map[string]string{settings.FocusEnv: o.focus, settings.SkipEnv: o.skip} {
		if _, err := regexp.Compile(pattern); err != nil {
			return input.Errorf("%s=%s is no regular expression: %w", input.Name(name), pattern, err)
		}
	}
	if _, err := types.ParseLabelFilter(o.labelFilter); err != nil {
		return input.Errorf("%s=%s is no Ginkgo label filter, as 'group:signals && kind:conformance' is one", input.Name(settings.LabelFilterEnv), o.labelFilter)
	}
	if err := reports.CheckJUnit(); err != nil {
		return input.Errorf("%w", err)
	}
	if d, err := time.ParseDuration(o.timeout); err != nil || d <= 0 {
		return input.Errorf("%s=%s is no duration, as 90m is one", input.Name(settings.TimeoutEnv), o.timeout)
	}
	_, err := o.processes(1, false)
	return err
}

// export puts what the Ginkgo processes need where they find it: they start in another folder, so paths become absolute.
func export(events string) error {
	lanes, err := absoluteLanes(os.Getenv(settings.LanesEnv))
	if err != nil {
		return err
	}
	overlay, err := absolute(os.Getenv(fixtures.OverlayEnv))
	if err != nil {
		return err
	}
	out, err := filepath.Abs(reports.Out())
	if err != nil {
		return err
	}
	artifacts, err := absolute(os.Getenv(reports.ArtifactsEnv))
	if err != nil {
		return err
	}
	kubeconfig, err := clusters.AbsoluteKubeconfig(os.Getenv(settings.KubeconfigEnv))
	if err != nil {
		return err
	}
	archive, err := absolute(os.Getenv(settings.ArchiveEnv))
	if err != nil {
		return err
	}
	secret, err := absoluteFile(os.Getenv(settings.PullSecretEnv))
	if err != nil {
		return err
	}
	for name, value := range map[string]string{
		settings.KubeconfigEnv: kubeconfig, settings.PullSecretEnv: secret, settings.ArchiveEnv: archive, settings.LanesEnv: lanes,
		fixtures.OverlayEnv: overlay, reports.DirEnv: out, reports.ArtifactsEnv: artifacts, progress.Env: events, owner.Env: owner.ID(),
		settings.JobEnv: "yes",
	} {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return nil
}

func absolute(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	return filepath.Abs(path)
}

// absoluteFile is the path of a file that is there; another word is left as it is.
func absoluteFile(word string) (string, error) {
	if _, err := os.Stat(word); err != nil {
		return word, nil
	}
	return filepath.Abs(word)
}

func absoluteLanes(spec string) (string, error) {
	parts := strings.Split(spec, ",")
	for i, p := range parts {
		p = strings.TrimSpace(p)
		if strings.ContainsRune(p, '/') || strings.HasSuffix(p, ".yaml") || strings.HasSuffix(p, ".yml") {
			abs, err := filepath.Abs(p)
			if err != nil {
				return "", err
			}
			p = abs
		}
		parts[i] = p
	}
	return strings.Join(parts, ","), nil
}

// ginkgoArgs are the options as Ginkgo's own.
func (o options) ginkgoArgs(procs int) []string {
	args := []string{"--procs=" + strconv.Itoa(procs), "--randomize-all", "--keep-going", "--no-color", "--timeout=" + o.timeout, "--grace-period=10s", "--poll-progress-after=60s"}
	args = append(args, o.filters()...)
	if o.verbose {
		args = append(args, "-v")
	}
	return args
}

// filters are the options that choose specs, as Ginkgo's own.
func (o options) filters() []string {
	var args []string
	for flag, value := range map[string]string{"label-filter": o.labelFilter, "focus": o.focus, "skip": o.skip} {
		if value != "" {
			args = append(args, "--"+flag+"="+value)
		}
	}
	return args
}
