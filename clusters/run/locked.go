package run

import (
	"io"
	"sync"
)

// locked serialises writes: stdout and stderr of one command share a writer.
type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
