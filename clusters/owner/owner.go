// Package owner marks what a run makes, so that the run, and nothing else, can be swept afterwards: by itself, or by a
// later run that finds its process gone.
package owner

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"strings"
	"sync"
)

// Labels of the Docker objects that a run makes.
const (
	Label        = "gateproof.run"     // the run's id
	ProcessLabel = "gateproof.process" // the Process that the run is, as text
	KeptLabel    = "gateproof.kept"    // on the network of lanes that outlive the process: the file that describes them
)

// The environment that a run hands to the processes that it starts.
const (
	Env        = "GATEPROOF_RUN_ID"
	ProcessEnv = "GATEPROOF_RUN_PROCESS"
)

// run is this run's id and process: from the environment, or made at the first call.
var run = sync.OnceValue(func() (r struct{ id, process string }) {
	r.id, r.process = os.Getenv(Env), os.Getenv(ProcessEnv)
	if r.id == "" {
		b := make([]byte, 4)
		_, _ = rand.Read(b) // crypto/rand.Read never fails
		r.id, r.process = hex.EncodeToString(b), ""
	}
	if r.process == "" {
		r.process = ProcessOf(os.Getpid()).String()
	}
	_ = os.Setenv(Env, r.id)
	_ = os.Setenv(ProcessEnv, r.process)
	return r
})

// ID is this run's id: eight hexadecimal digits.
func ID() string { return run().id }

// Mark is the process that this run is, as text.
func Mark() string { return run().process }

// Labels are the labels of a new object of this run, as KEY=VALUE.
func Labels() []string {
	return []string{Label + "=" + ID(), ProcessLabel + "=" + run().process}
}

// LabelArgs are the docker flags that mark a new object as this run's.
func LabelArgs() []string {
	var args []string
	for _, l := range Labels() {
		args = append(args, "--label="+l)
	}
	return args
}

// Marks tells whether a KEY=VALUE of the environment is one that a run hands to its processes.
func Marks(keyValue string) bool {
	key, _, _ := strings.Cut(keyValue, "=")
	return key == Env || key == ProcessEnv
}
