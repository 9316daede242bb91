// Command sonobuoy is the main job as a plugin of Sonobuoy's: it proves the claims on the cluster that its pod runs in, and
// leaves an archive of the reports and the file done that names it, as a plugin must.
// Source: https://sonobuoy.io/docs/main/plugins/
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/gateproof/gateproof/e2e/prebuilt"
)

// resultsEnv names the folder that Sonobuoy's worker looks into; resultsDir is its place where nothing is said.
const (
	resultsEnv = "SONOBUOY_RESULTS_DIR"
	resultsDir = "/tmp/sonobuoy/results"
)

func main() {
	results := os.Getenv(resultsEnv)
	if results == "" {
		results = resultsDir
	}
	if err := plugin(results); err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(1)
	}
}

// plugin runs the job and hands over what it left, whatever came of it: without the file done, Sonobuoy waits until its
// own end. A claim that fails is in the reports, and no error here.
func plugin(results string) (err error) {
	work, err := os.MkdirTemp("", "gateproof-plugin-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	reports := filepath.Join(work, "reports")
	err = os.Mkdir(reports, 0o755)
	if err == nil {
		err = prove(filepath.Join(work, "kubeconfig"), reports)
	}
	return errors.Join(err, handOver(reports, results))
}

// prove runs the main job on the cluster. Its exit code says what it found, and is no error.
func prove(kubeconfig, reports string) error {
	path, ok := prebuilt.Path(prebuilt.E2E)
	if !ok {
		return fmt.Errorf("%s is not set: this program belongs into the suite's image (make suite-image)", prebuilt.Env)
	}
	if err := writeKubeconfig(kubeconfig); err != nil {
		return err
	}
	cmd := exec.Command(path)
	cmd.Env = append(os.Environ(), "KUBECONFIG="+kubeconfig, "ARTIFACTS="+reports)
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
