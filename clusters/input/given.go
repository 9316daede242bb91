package input

import (
	"cmp"
	"strings"
	"sync"
)

// Options are read as variables of the environment; who gave a flag is told of the flag.

var (
	givenMu sync.Mutex
	given   = map[string]string{} // flags, by the variables that they have become
)

// Given notes that a variable was set by a flag, --expect.
func Given(variable, flag string) {
	givenMu.Lock()
	defer givenMu.Unlock()
	given[variable] = flag
}

// Name is what the caller knows the variable as.
func Name(variable string) string {
	givenMu.Lock()
	defer givenMu.Unlock()
	return cmp.Or(given[variable], variable)
}

// Switch reads a variable that is on or off; ok is false for a word that is neither.
func Switch(value string) (on, ok bool) {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "", "0", "false", "no", "off", "n", "f":
		return false, true
	case "1", "true", "yes", "on", "y", "t":
		return true, true
	}
	return false, false
}
