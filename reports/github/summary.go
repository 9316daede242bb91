package github

import (
	"bytes"
	"fmt"
)

// MaxSummary is how much of a step's summary GitHub takes, in bytes: one byte more and all of it is dropped.
const MaxSummary = 1024 * 1024

// Fit cuts a summary at a line so that it fits, and says that it did.
func Fit(summary []byte, limit int) []byte {
	if len(summary) <= limit {
		return summary
	}
	note := []byte(fmt.Sprintf("\n\nCut after %d kB; the whole is among the uploaded reports.\n", limit/1024))
	kept := summary[:limit-len(note)]
	if i := bytes.LastIndexByte(kept, '\n'); i >= 0 {
		kept = kept[:i]
	}
	return append(bytes.Clone(kept), note...)
}
