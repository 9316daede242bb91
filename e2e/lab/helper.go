package lab

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/go-logr/logr"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/klog/v2"

	"github.com/gateproof/gateproof/fixtures/probe"
)

// helper is a probe that stays in a container and answers many questions over the stream of one exec: an exec for each was most of what
// a run took of its cluster's processors. It ends with its stdin, which ends with the run or with the container.
type helper struct {
	mu      sync.Mutex // one question at a time
	in      *io.PipeWriter
	replies <-chan probe.Reply // closed when the stream has ended
	gone    <-chan struct{}    // the same, without taking a reply
	close   context.CancelFunc
}

// openHelper runs what is to become a probe that serves, and waits until it awaits questions. The program is sent where it is asked for.
func (c *Container) openHelper(ctx context.Context, argv []string, program []byte) (*helper, error) {
	executor, err := c.executor(argv, true)
	if err != nil {
		return nil, err
	}
	h := helperOver(ctx, executor)
	ctx, cancel := context.WithTimeout(ctx, Timeouts.ProbeAnswer)
	defer cancel()
	defer context.AfterFunc(ctx, h.close)()
	for {
		r, err := h.next(ctx)
		if err == nil && r.Bring {
			_, err = h.in.Write(program)
		}
		if err != nil {
			h.close()
			return nil, fmt.Errorf("a probe that serves in %s: %w", c, cmp.Or(ctx.Err(), err))
		}
		if r.Ready {
			return h, nil
		}
	}
}

// helperOver is at the other end of a stream that outlives ctx, which is a claim's.
func helperOver(ctx context.Context, executor remotecommand.Executor) *helper {
	ctx = klog.NewContext(context.WithoutCancel(ctx), logr.Discard()) // that it ends with its container is no news for the terminal
	ctx, cancel := context.WithCancel(ctx)
	stdin, in := io.Pipe()
	stdout, out := io.Pipe()
	go func() {
		defer cancel()
		err := executor.StreamWithContext(ctx, remotecommand.StreamOptions{Stdin: stdin, Stdout: out, Stderr: io.Discard})
		_ = in.Close()
		_ = out.CloseWithError(cmp.Or(err, io.EOF))
	}()
	replies := make(chan probe.Reply)
	go func() {
		defer cancel()
		defer close(replies)
		defer stdout.Close()
		for lines := json.NewDecoder(stdout); ; {
			var r probe.Reply
			if lines.Decode(&r) != nil {
				return
			}
			select {
			case replies <- r:
			case <-ctx.Done():
				return
			}
		}
	}()
	return &helper{in: in, replies: replies, gone: ctx.Done(), close: cancel}
}

var errHelperGone = errors.New("its stream has ended")

func (h *helper) next(ctx context.Context) (probe.Reply, error) {
	select {
	case r, ok := <-h.replies:
		if !ok {
			return r, errHelperGone
		}
		return r, nil
	case <-ctx.Done():
		return probe.Reply{}, context.Cause(ctx)
	}
}

// serves says that the stream has not ended.
func (h *helper) serves() bool {
	select {
	case <-h.gone:
		return false
	default:
		return true
	}
}

// ask has the probe do what an exec of argv would. Where no answer comes the helper is of no more use: an exec may still have one.
func (h *helper) ask(ctx context.Context, argv []string) (Result, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, Timeouts.ProbeAnswer/2)
	defer cancel()
	defer context.AfterFunc(ctx, h.close)()
	result := Result{Argv: argv}
	if err := json.NewEncoder(h.in).Encode(probe.Question{Args: argv[1:]}); err != nil {
		return result, err
	}
	r, err := h.next(ctx)
	if err == nil && r.Nonce != argv[1] {
		err = fmt.Errorf("it answered another question: %s", r.Nonce)
	}
	if err != nil {
		h.close()
		return result, err
	}
	result.ExitCode, result.Stdout, result.Stderr = r.ExitCode, r.Stdout, r.Stderr
	return result, nil
}
