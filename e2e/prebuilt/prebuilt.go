// Package prebuilt finds the programs that a run needs where they were compiled beforehand, as in the suite's own image:
// there is no Go there, and no source.
package prebuilt

import (
	"os"
	"path/filepath"
)

// Env names the folder of the programs. It is set in the suite's image; elsewhere they are compiled when they are needed.
const Env = "GATEPROOF_PREBUILT"

// What the folder holds.
const (
	E2E      = "e2e"      // the main job
	Suite    = "e2e.test" // the suite, as `go test -c` makes it
	Ginkgo   = "ginkgo"   // which runs the suite in parallel processes
	Probe    = "probe"    // what looks around inside containers
	Sonobuoy = "sonobuoy" // the main job as a plugin of Sonobuoy's
	Version  = "version"  // a text: of the sources
)

// Dir is the folder, "" where programs are compiled.
func Dir() string { return os.Getenv(Env) }

// Path is a program's or text's, where there is the folder.
func Path(name string) (string, bool) {
	if Dir() == "" {
		return "", false
	}
	return filepath.Join(Dir(), name), true
}
