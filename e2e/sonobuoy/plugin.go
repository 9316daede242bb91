// Package sonobuoy is the main job as a plugin of Sonobuoy's: it proves the claims on the cluster that its pod runs in, and
// leaves an archive of the reports and the file done that names it, as a plugin must.
// Source: https://sonobuoy.io/docs/main/plugins/
package sonobuoy

import (
	"cmp"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
)

// resultsEnv names the folder that Sonobuoy's worker looks into; resultsDir is its place where nothing is said.
const (
	resultsEnv = "SONOBUOY_RESULTS_DIR"
	resultsDir = "/tmp/sonobuoy/results"
)

// Run is the plugin: it runs the main job on the cluster that it is in.
func Run() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return plugin(self, cmp.Or(os.Getenv(resultsEnv), resultsDir))
}

// plugin runs the job and hands over what it left, whatever came of it: without the file done, Sonobuoy waits until its
// own end. A claim that fails is in the reports, and no error here.
func plugin(program, results string) (err error) {
	work, err := os.MkdirTemp("", "gateproof-plugin-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	reports := filepath.Join(work, "reports")
	err = os.Mkdir(reports, 0o755)
	if err == nil {
		err = prove(program, reports)
	}
	return errors.Join(err, handOver(reports, results))
}

// prove runs the main job on the cluster. Its exit code says what it found, and is no error.
func prove(program, reports string) error {
	cmd := exec.Command(program, "run")
	cmd.Env = append(os.Environ(), "ARTIFACTS="+reports)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		for s := range signals {
			_ = cmd.Process.Signal(s) // it has ended: nothing to stop
		}
	}()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil
	}
	return err
}
