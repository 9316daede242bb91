package job

import (
	"strings"
	"sync"

	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/reports"
)

// steps collects what the run does beside the claims.
type steps struct {
	mu   sync.Mutex
	done []reports.Step
}

// note is a progress.Sink.
func (s *steps) note(e progress.Event) {
	if (e.State != progress.Done && e.State != progress.Failed) || isClaim(e.Step) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done = append(s.done, reports.Step{Name: e.Step, Duration: e.Elapsed})
}

// isClaim tells the steps that are claims in a lane or on one of its nodes, as "on hup-restarts-worker": these have results of their own.
func isClaim(step string) bool {
	return claims.Exists(step[strings.LastIndexByte(step, ' ')+1:])
}
