package lab

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/gateproof/gateproof/fixtures/probe"
)

// ProbePath is where the probe lies in a container; processes whose command line names it are the suite's own.
const ProbePath = "/tmp/gateproof-probe"

// station is what a container has of the probe.
type station struct {
	mu      sync.Mutex
	brought bool    // the program is there
	helper  *helper // one that serves; nil for none
	alone   bool    // none came up: each question has an exec of its own
	hidden  struct {
		sync.Mutex
		asked, refused bool // whether a security module keeps the container's processes from looking at each other
	}
}

// ByExec is the same container, where each question has an exec of its own: for claims about exec itself, and where somebody else looks.
func (c *Container) ByExec() *Container {
	return &Container{Pod: c.Pod, Name: c.Name, as: c.as, byExec: true}
}

// self is the container with its own identity.
func (c *Container) self() *Container {
	return &Container{Pod: c.Pod, Name: c.Name, byExec: c.byExec}
}

func (c *Container) station() *station {
	c.Pod.mu.Lock()
	defer c.Pod.mu.Unlock()
	s := c.Pod.stations[c.Name]
	if s == nil {
		s = &station{}
		c.Pod.stations[c.Name] = s
	}
	return s
}

func (c *Container) forgetProbe() {
	c.Pod.mu.Lock()
	defer c.Pod.mu.Unlock()
	if s := c.Pod.stations[c.Name]; s != nil && s.helper != nil {
		s.helper.close()
	}
	delete(c.Pod.stations, c.Name)
}

// bringProbe has the probe in the container, and one that serves where that can be had; nil where it cannot.
func (c *Container) bringProbe(ctx context.Context) (*helper, error) {
	s := c.station()
	s.mu.Lock()
	defer s.mu.Unlock()
	alone := c.byExec || s.alone || c.Pod.bench.transport.brief.Load()
	if alone && s.brought {
		return nil, nil
	}
	if s.helper != nil && s.helper.serves() {
		return s.helper, nil
	}
	s.helper = nil
	program, err := os.ReadFile(c.Pod.bench.Probe)
	if err != nil {
		return nil, fmt.Errorf("the probe program: %w", err)
	}
	if !alone {
		if s.helper, err = c.openHelper(ctx, serving(s.brought, len(program)), program); err == nil {
			s.brought = true
			return s.helper, nil
		}
		// What keeps an exec from answering is found out by the question's own. A way that does not carry streams is tried once.
		s.alone = true
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			c.Pod.bench.transport.brief.Store(true)
		}
	}
	if s.brought {
		return nil, nil
	}
	if err := c.bringProgram(ctx, program); err != nil {
		return nil, err
	}
	s.brought = true
	return nil, nil
}

// serving is the command that becomes a probe that serves. What is in the container is taken as it is: another process of the run may
// have brought it, in which case it is whole. Once brought it is not brought again: where it is gone, so is the container that it was in.
func serving(brought bool, size int) []string {
	if brought {
		return []string{ProbePath, "serve"}
	}
	script := `[ -x "$0" ] || { echo '{"bring":true}' && mkdir -p /tmp && head -c "$2" >"$0.$1" && [ $(wc -c <"$0.$1") = "$2" ] && chmod 755 "$0.$1" && mv -f "$0.$1" "$0"; } && exec "$0" serve`
	return []string{"sh", "-c", script, ProbePath, Word(), strconv.Itoa(size)}
}

// bringProgram copies the probe into the container.
func (c *Container) bringProgram(ctx context.Context, program []byte) error {
	if c.Pod.all && c.hasProbe(ctx) {
		return nil
	}
	// A name of its own, then a rename: another process of the run may bring it at the same time.
	// Where nothing can be written, what comes is read all the same: a stream whose input nobody takes may never end.
	script := `mkdir -p /tmp && cat >"$0.$1" && chmod 755 "$0.$1" && mv -f "$0.$1" "$0" && wc -c <"$0" || { code=$?; cat >/dev/null; exit $code; }`
	err := poll(ctx, Timeouts.ProbeAnswer, fmt.Sprintf("the probe, %d bytes, to arrive whole in %s", len(program), c), func() (bool, string, error) {
		r, err := c.exec(ctx, bytes.NewReader(program), []string{"sh", "-c", script, ProbePath, Word()})
		if err != nil {
			return false, "", notYet{err}
		}
		if r.ExitCode != 0 {
			err = fmt.Errorf("%s", r)
		}
		return strings.TrimSpace(r.Stdout) == strconv.Itoa(len(program)), r.String(), err
	})
	return c.attributeExec(ctx, err)
}

// hasProbe says that another process of the run has brought the probe. Whatever goes wrong in finding out: it is brought.
func (c *Container) hasProbe(ctx context.Context) bool {
	nonce := Word()
	r, err := c.exec(ctx, nil, []string{ProbePath, nonce, "readlink", "/proc/self/exe"})
	if err != nil {
		return false
	}
	_, err = probe.Unframe(nonce, []byte(r.Stdout))
	return err == nil
}
