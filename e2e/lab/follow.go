package lab

import (
	"context"
	"fmt"
	"io"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// Follow follows the container's log in the background, until the container has ended. What the returned function
// waits for is all that was printed; the kubelet may add words of its own at the end.
func (c *Container) Follow(ctx context.Context) (log func() (string, error), err error) {
	stream, err := c.Pod.bench.Client.CoreV1().Pods(c.Pod.Namespace).
		GetLogs(c.Pod.Name, &corev1.PodLogOptions{Container: c.Name, Follow: true}).Stream(ctx)
	if err != nil {
		return nil, fmt.Errorf("following the log of %s: %w", c, err)
	}
	return inBackground(func() (string, error) {
		defer stream.Close()
		text, err := io.ReadAll(stream)
		return string(text), err
	}), nil
}

// Companion starts a process in the container by exec, and keeps the exec open: it ends when the container does.
// The returned function waits for that, and says when it was.
func (c *Container) Companion(ctx context.Context) (ended func() (time.Time, error), err error) {
	if _, err := c.bringProbe(ctx); err != nil {
		return nil, err
	}
	word := Word()
	ended = inBackground(func() (time.Time, error) {
		r, err := c.Run(ctx, ProbePath, "hold", word)
		now := time.Now()
		if err == nil && r.ExitCode != killed {
			err = fmt.Errorf("a process in %s should have been killed when the container ended: %s", c, r)
		}
		return now, err
	})
	_, err = c.waitForHeld(ctx, word, func(Process) bool { return true })
	return ended, err
}

// killed is the exit code that stands for KILL.
const killed = 128 + 9

// inBackground starts work; the returned function waits for it.
func inBackground[T any](work func() (T, error)) func() (T, error) {
	var result T
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		result, err = work()
	}()
	return func() (T, error) {
		<-done
		return result, err
	}
}
