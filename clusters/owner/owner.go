// Package owner marks what a run makes, so that the run, and nothing else, can be swept afterwards.
package owner

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"sync"
)

// Label is on every Docker object that a run makes; its value is the run's id.
const Label = "gateproof.run"

// Env carries the run's id to the processes that a run starts.
const Env = "GATEPROOF_RUN_ID"

// ID is this run's id: eight hexadecimal digits, from the environment or made at the first call.
var ID = sync.OnceValue(func() string {
	if id := os.Getenv(Env); id != "" {
		return id
	}
	b := make([]byte, 4)
	_, _ = rand.Read(b) // crypto/rand.Read never fails
	id := hex.EncodeToString(b)
	_ = os.Setenv(Env, id)
	return id
})

// LabelArg is the docker flag that marks a new object as this run's.
func LabelArg() string { return "--label=" + Label + "=" + ID() }
