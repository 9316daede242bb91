package lab

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/remotecommand"
)

// Prompt is what busybox' shell shows root.
const Prompt = "/ # "

// Terminal is a person's session on a container: kubectl attach -it.
type Terminal struct {
	container *Container
	in        *io.PipeWriter
	cancel    context.CancelFunc
	done      chan error
	out       collected
}

// Attach attaches to the container's own process over a terminal of 24 rows and 80 columns.
func (c *Container) Attach(ctx context.Context) (*Terminal, error) {
	req := c.Pod.bench.Client.CoreV1().RESTClient().Post().
		Namespace(c.Pod.Namespace).Resource("pods").Name(c.Pod.Name).SubResource("attach").
		VersionedParams(&corev1.PodAttachOptions{Container: c.Name, Stdin: true, Stdout: true, TTY: true}, scheme.ParameterCodec)
	executor, err := c.Pod.bench.executor(req.URL())
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	stdin, in := io.Pipe()
	t := &Terminal{container: c, in: in, cancel: cancel, done: make(chan error, 1)}
	size := make(fixedSize, 1)
	size <- remotecommand.TerminalSize{Width: 80, Height: 24}
	close(size)
	go func() {
		err := executor.StreamWithContext(ctx, remotecommand.StreamOptions{Stdin: stdin, Stdout: &t.out, Tty: true, TerminalSizeQueue: size})
		_ = stdin.CloseWithError(io.EOF) // whoever types next learns that nobody reads
		t.done <- err
	}()
	return t, nil
}

// fixedSize is a terminal that is never resized.
type fixedSize chan remotecommand.TerminalSize

func (s fixedSize) Next() *remotecommand.TerminalSize {
	size, ok := <-s
	if !ok {
		return nil
	}
	return &size
}

// Shown is all that the terminal has shown, as plain text: lines ended by \n alone, cursor movements left out.
func (t *Terminal) Shown() string { return t.since(0) }

// since is what was shown after the first bytes.
func (t *Terminal) since(bytes int) string {
	return plainText(t.out.String()[bytes:])
}

// controlSequence is what busybox sends to redraw its line, for one when it learns the terminal's size.
var controlSequence = regexp.MustCompile("\x1b\\[[0-9;?]*[A-Za-z]")

func plainText(shown string) string {
	return controlSequence.ReplaceAllString(strings.ReplaceAll(shown, "\r", ""), "")
}

// Enter types a line (which may be empty) and returns what is shown until the next prompt, without the echo.
func (t *Terminal) Enter(ctx context.Context, line string) (string, error) {
	before := len(t.out.String())
	if _, err := io.WriteString(t.in, line+"\n"); err != nil {
		return "", fmt.Errorf("typing %q to %s: %w", line, t.container, err)
	}
	var shown string
	err := poll(ctx, Timeouts.Terminal, fmt.Sprintf("the prompt after %q on the terminal of %s", line, t.container), func() (bool, string, error) {
		select {
		case err := <-t.done:
			t.done <- err
			return false, "", fmt.Errorf("the terminal was closed (%v); it showed %q", err, t.Shown())
		default:
		}
		shown = t.since(before)
		echo, rest, ok := strings.Cut(shown, "\n")
		if !ok || !strings.HasSuffix(echo, line) || !strings.HasSuffix(rest, Prompt) {
			return false, fmt.Sprintf("%q", shown), nil
		}
		shown = strings.TrimSuffix(rest, Prompt)
		return true, "", nil
	})
	return shown, err
}

// Close leaves the session; the container goes on.
func (t *Terminal) Close() {
	t.cancel()
	_ = t.in.Close()
}
