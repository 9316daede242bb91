package up

import (
	"fmt"
	"strings"
	"unicode"

	"sigs.k8s.io/kind/pkg/log"

	"github.com/gateproof/gateproof/clusters/progress"
)

// kindLog turns kind's messages into news of a step.
type kindLog struct {
	step *progress.Step
	each func(what string) // called at the beginning of each of kind's steps
}

func (l kindLog) Warn(message string) {
	if !ofOurNetwork(message) {
		l.step.Note("kind warns: " + plain(message))
	}
}
func (l kindLog) Warnf(f string, args ...any)  { l.Warn(fmt.Sprintf(f, args...)) }
func (l kindLog) Error(message string)         { l.step.Note("kind: " + plain(message)) }
func (l kindLog) Errorf(f string, args ...any) { l.Error(fmt.Sprintf(f, args...)) }
func (l kindLog) V(level log.Level) log.InfoLogger {
	if level > 0 {
		return log.NoopInfoLogger{}
	}
	return kindInfo(l)
}

type kindInfo kindLog

func (i kindInfo) Enabled() bool               { return true }
func (i kindInfo) Infof(f string, args ...any) { i.Info(fmt.Sprintf(f, args...)) }
func (i kindInfo) Info(message string) {
	// kind says each of its steps twice: "• Step ..." when it starts, "✓ Step" when it ends.
	if strings.HasPrefix(strings.TrimSpace(message), "•") {
		i.step.Note(plain(message))
		i.each(plain(message))
	}
}

// ofOurNetwork says that kind warns of the network that we have asked it to use.
func ofOurNetwork(message string) bool {
	return strings.Contains(message, kindNetworkEnv) || strings.Contains(message, "Here be dragons")
}

// plain takes kind's bullets and pictures away.
func plain(message string) string {
	ascii := strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return -1
		}
		return r
	}, message)
	return strings.Trim(ascii, ". \t\n")
}
