package clusters

import (
	"fmt"
	"strings"

	"sigs.k8s.io/kind/pkg/log"

	"github.com/gateproof/gateproof/clusters/progress"
)

// kindLog turns kind's messages into news of a step.
type kindLog struct{ step *progress.Step }

func (l kindLog) Warn(message string)          { l.step.Note("kind warns: " + strings.TrimSpace(message)) }
func (l kindLog) Warnf(f string, args ...any)  { l.Warn(fmt.Sprintf(f, args...)) }
func (l kindLog) Error(message string)         { l.step.Note("kind: " + strings.TrimSpace(message)) }
func (l kindLog) Errorf(f string, args ...any) { l.Error(fmt.Sprintf(f, args...)) }
func (l kindLog) V(level log.Level) log.InfoLogger {
	if level > 0 {
		return log.NoopInfoLogger{}
	}
	return kindInfo(l)
}

type kindInfo struct{ step *progress.Step }

func (i kindInfo) Enabled() bool               { return true }
func (i kindInfo) Infof(f string, args ...any) { i.Info(fmt.Sprintf(f, args...)) }
func (i kindInfo) Info(message string) {
	// kind says each of its steps twice: "• Step ..." when it starts, "✓ Step" when it ends.
	if m := strings.TrimSpace(message); strings.HasPrefix(m, "•") {
		i.step.Note(strings.Trim(m, "•. \t"))
	}
}
