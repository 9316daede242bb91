// Command boundedrunc is an OCI runtime: runc, asked only for capabilities that it can grant. A privileged container
// asks for all there are; where the bounding set lacks one, runc alone refuses ("unable to apply caps").
//
// It takes runc's arguments, edits the file that carries the capabilities and becomes runc.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"github.com/gateproof/gateproof/clusters/engine/bounding"
)

func main() {
	// Arrives here only on failure: otherwise the process has become runc.
	fmt.Fprintln(os.Stderr, "boundedrunc:", become(os.Args[1:]))
	os.Exit(1)
}

func become(args []string) error {
	if f := capabilityFile(args); f.path != "" {
		held, err := bounding.Read()
		if err != nil {
			return err
		}
		if err := rewrite(f, held); err != nil {
			return err
		}
	}
	runc, err := findRunc()
	if err != nil {
		return err
	}
	return fmt.Errorf("exec %s: %w", runc, syscall.Exec(runc, append([]string{runc}, args...), os.Environ()))
}

// findRunc looks in PATH and then where distributions put it: an engine may hand on a short PATH.
func findRunc() (string, error) {
	path, err := exec.LookPath("runc")
	for _, p := range []string{"/usr/bin/runc", "/usr/sbin/runc", "/usr/local/sbin/runc"} {
		if err == nil {
			break
		}
		path, err = exec.LookPath(p)
	}
	return path, err
}
