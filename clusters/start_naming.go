package clusters

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/run"
)

// Ending is how a component's program ended that was started again.
type Ending struct {
	Argv   []string
	Code   int    // the exit code
	Runs   bool   // it still ran when its time was over, and was ended
	Output string // all that it printed
}

func (e Ending) String() string {
	how := fmt.Sprintf("exit code %d", e.Code)
	if e.Runs {
		how = "still running after " + refusesWithin.String()
	}
	return fmt.Sprintf("%s: %s; it printed:\n%s", run.Pretty(e.Argv), how, run.Tail(e.Output, 3000))
}

// refusesWithin is how long a component may take to refuse its arguments. Measured: under 2 s.
const refusesWithin = 15 * time.Second

// What timeout(1) exits with when the time is over: of its own accord, or having had to kill.
const (
	timedOut  = 124
	wasKilled = 128 + 9
)

// againScript runs "$@" with the mounts of process $1, for $0 seconds.
const againScript = `pid=$1; shift; exec timeout --kill-after=1 "$0" nsenter --target="$pid" --mount -- "$@" 2>&1`

// namingScript makes a copy of the configuration $2 of process $1, with gate $0 set to $3.
const namingScript = `set -e
root=/proc/$1/root
mkdir -p "$root/tmp"
if grep -q "^ *$0:" "$root$2"; then
  sed "s/^\\( *$0:\\).*/\\1 $3/" "$root$2"
else
  printf 'featureGates:\n  %s: %s\n' "$0" "$3" # in front: the file may not end its last line
  sed '/^featureGates:/d' "$root$2"
fi >"$root` + namingFile + `"`

const namingFile = "/tmp/gateproof.conf"

// StartNaming starts a component's program beside the running one, with the same arguments and the gate named. It is meant for a
// gate that is refused: a program that takes it is ended after a while.
//
// The proxy, which ignores all flags but a few once it is given a file, is given it in a copy of its file.
func (n *Node) StartNaming(ctx context.Context, comp lane.Component, value bool) (Ending, error) {
	programs, err := n.programs(ctx)
	if err != nil {
		return Ending{}, err
	}
	p, ok := programs[string(comp)]
	if !ok {
		return Ending{}, fmt.Errorf("no process of %s on node %s", comp, n.Name)
	}
	named := fmt.Sprintf("--feature-gates=%s=%t", lane.Gate, value)
	if file := p.flag("config"); comp == lane.Proxy && file != "" {
		if _, err := n.Exec(ctx, "sh", "-c", namingScript, lane.Gate, p.pid, file, fmt.Sprint(value)); err != nil {
			return Ending{}, err
		}
		defer func() { _, _ = n.Exec(ctx, "rm", "-f", "/proc/"+p.pid+"/root"+namingFile) }()
		named = "--config=" + namingFile
	}
	e := Ending{Argv: append(p.argv, named)}
	seconds := fmt.Sprint(refusesWithin.Seconds())
	e.Output, err = n.Exec(ctx, append([]string{"sh", "-c", againScript, seconds, p.pid}, e.Argv...)...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		e.Code, err = exit.ExitCode(), nil
		e.Runs = e.Code == timedOut || e.Code == wasKilled
	}
	return e, err
}

// About are the lines of the output that name something, each once.
func (e Ending) About(word string) string {
	var lines []string
	for line := range strings.Lines(e.Output) {
		if line = strings.TrimSpace(line); strings.Contains(line, word) && len(line) < 1000 {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// Running is the command line of a component that runs. While one that was restarted is still ending beside its successor
// there is none: the old one may be the one that answers.
func (n *Node) Running(ctx context.Context, comp lane.Component) ([]string, error) {
	programs, err := n.programs(ctx)
	if err != nil {
		return nil, err
	}
	p, ok := programs[string(comp)]
	if !ok {
		return nil, fmt.Errorf("no process of %s on node %s", comp, n.Name)
	}
	if p.alike > 0 {
		return nil, fmt.Errorf("%d processes of %s on node %s", p.alike+1, comp, n.Name)
	}
	return p.argv, nil
}
