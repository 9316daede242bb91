// Package hostpkg installs the Debian packages that gateproof needs on the machine it runs on.
package hostpkg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/engine/flock"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// lockPath keeps two of our processes from running apt-get at once; apt's own lock does not cover the lists.
const lockPath = "/run/lock/gateproof-apt.lock"

// lockTimeout is how long apt-get waits for a foreign apt or dpkg (unattended-upgrades, a person).
const lockTimeout = 5 * time.Minute

// CannotInstallError says that packages are missing and that they cannot be installed from here.
type CannotInstallError struct {
	Packages []string // what to install by hand
	Reason   string
}

func (e *CannotInstallError) Error() string {
	return fmt.Sprintf("missing packages and %s; install them by hand: sudo apt-get install %s",
		e.Reason, strings.Join(e.Packages, " "))
}

// Install installs, with apt-get and without recommended packages, those of pkgs that dpkg does not know as
// installed; with none missing it costs one call of dpkg-query. A progress step names what is installed.
//
// The error is a *CannotInstallError where this process is not root or there is no apt-get, and wraps a
// *run.Error with apt-get's output where apt-get failed.
func Install(ctx context.Context, pkgs ...string) error {
	missing, err := Missing(ctx, pkgs...)
	if err != nil || len(missing) == 0 {
		return err
	}
	if os.Geteuid() != 0 {
		return &CannotInstallError{Packages: missing, Reason: "this process is not root"}
	}
	lock, err := flock.Wait(ctx, lockPath, flock.Exclusive)
	if err != nil {
		return fmt.Errorf("another gateproof is installing packages: %w", err)
	}
	defer lock.Release()
	// The previous holder may have installed them.
	if missing, err = Missing(ctx, pkgs...); err != nil || len(missing) == 0 {
		return err
	}
	return install(ctx, missing)
}

func install(ctx context.Context, pkgs []string) (err error) {
	step := progress.Start(ctx, "install Debian packages: "+strings.Join(pkgs, " "))
	defer step.End(&err)

	err = aptGet(ctx, append([]string{"install", "--yes", "--no-install-recommends"}, pkgs...)...)
	if err == nil || !listsAreStale(err) {
		return err
	}
	step.Note("apt-get update")
	if err := aptGet(ctx, "update"); err != nil {
		return err
	}
	return aptGet(ctx, append([]string{"install", "--yes", "--no-install-recommends"}, pkgs...)...)
}

func aptGet(ctx context.Context, args ...string) error {
	wait := fmt.Sprintf("DPkg::Lock::Timeout=%.0f", lockTimeout.Seconds())
	_, err := run.Cmd{
		Argv: append([]string{"apt-get", "--quiet", "-o", wait}, args...),
		Env:  []string{"DEBIAN_FRONTEND=noninteractive", "LC_ALL=C"},
	}.Run(ctx)
	return err
}

// listsAreStale tells a failure that apt-get update can cure: lists never fetched, or a version since replaced.
func listsAreStale(err error) bool {
	var e *run.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, sign := range []string{"Unable to locate package", "has no installation candidate", "Failed to fetch", "Unable to fetch"} {
		if strings.Contains(e.Output, sign) {
			return true
		}
	}
	return false
}

// Missing returns those of pkgs that are not installed, in the order given. Where there is no dpkg or no apt-get the
// error is a *CannotInstallError.
func Missing(ctx context.Context, pkgs ...string) ([]string, error) {
	if len(pkgs) == 0 {
		return nil, nil
	}
	for _, tool := range []string{"dpkg-query", "apt-get"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, &CannotInstallError{Packages: pkgs, Reason: "this machine has no " + tool}
		}
	}
	argv := append([]string{"dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n"}, pkgs...)
	out, err := run.Output(ctx, argv...)
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1 || ctx.Err() != nil) { // 1: it has never heard of some
		return nil, err
	}
	return missingFrom(pkgs, out), nil
}

// missingFrom reads dpkg-query's lines "name status".
func missingFrom(pkgs []string, listing string) []string {
	installed := map[string]bool{}
	for line := range strings.Lines(listing) {
		name, status, _ := strings.Cut(strings.TrimSpace(line), " ")
		installed[name] = installed[name] || status == "installed"
	}
	var missing []string
	for _, p := range pkgs {
		if name, _, _ := strings.Cut(p, ":"); !installed[name] {
			missing = append(missing, p)
		}
	}
	return missing
}
