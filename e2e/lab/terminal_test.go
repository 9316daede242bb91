package lab

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// fakeShell is a terminal with a shell on it that knows some commands, and is gone at any other.
func fakeShell(t *testing.T, answers map[string]string) *Terminal {
	stdin, in := io.Pipe()
	_, cancel := context.WithCancel(context.Background())
	terminal := &Terminal{container: &Container{Name: "shell", Pod: &Pod{Name: "nginx"}}, in: in, cancel: cancel, done: make(chan error, 1)}
	go func() {
		lines := bufio.NewScanner(stdin)
		for lines.Scan() {
			answer, known := answers[lines.Text()]
			if !known {
				_ = stdin.CloseWithError(io.EOF)
				terminal.done <- errors.New("connection lost")
				return
			}
			// A terminal echoes, ends lines by \r\n, and shows things piece by piece.
			for _, piece := range []string{lines.Text(), "\r\n", strings.ReplaceAll(answer, "\n", "\r\n") + Prompt} {
				_, _ = terminal.out.Write([]byte(piece))
			}
		}
	}()
	t.Cleanup(terminal.Close)
	return terminal
}

func TestEnterReturnsWhatACommandShows(t *testing.T) {
	g := NewWithT(t)
	terminal := fakeShell(t, map[string]string{"": "", "ps ax": "PID   USER\n    1 root\n", "true": ""})
	for line, want := range map[string]string{"": "", "ps ax": "PID   USER\n    1 root\n", "true": ""} {
		shown, err := terminal.Enter(context.Background(), line)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(shown).To(Equal(want), "after %q", line)
	}
	g.Expect(terminal.Shown()).To(ContainSubstring("ps ax\nPID   USER\n    1 root\n/ # "))
	g.Expect(terminal.Shown()).NotTo(ContainSubstring("\r"))
}

// An output that holds the prompt's characters in its midst is not taken for finished.
func TestEnterWaitsForThePromptAtTheEnd(t *testing.T) {
	g := NewWithT(t)
	terminal := fakeShell(t, map[string]string{"echo": "a / # b\nc\n"})
	shown, err := terminal.Enter(context.Background(), "echo")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(shown).To(Equal("a / # b\nc\n"))
}

func TestEnterTellsOfALostSession(t *testing.T) {
	g := NewWithT(t)
	terminal := fakeShell(t, nil)
	_, err := terminal.Enter(context.Background(), "ps ax")
	g.Expect(err).To(MatchError(And(ContainSubstring(`"ps ax"`), ContainSubstring("container shell of pod nginx"), ContainSubstring("connection lost"))))
	_, err = terminal.Enter(context.Background(), "again")
	g.Expect(err).To(MatchError(ContainSubstring(`typing "again"`)))
}

func TestEnterEndsWithItsContext(t *testing.T) {
	g := NewWithT(t)
	stdin, in := io.Pipe()
	go func() { _, _ = io.Copy(io.Discard, stdin) }()
	terminal := &Terminal{container: &Container{Name: "shell", Pod: &Pod{Name: "nginx"}}, in: in, cancel: func() {}, done: make(chan error, 1)}
	_, _ = terminal.out.Write([]byte("half an answ"))
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("the spec was cancelled"))
	_, err := terminal.Enter(ctx, "ps ax")
	g.Expect(err).To(MatchError(ContainSubstring("the spec was cancelled")))
}

// What a shell sends to redraw its line, such as on learning the terminal's size, is no text.
func TestShownIsPlainText(t *testing.T) {
	g := NewWithT(t)
	g.Expect(plainText("/ # \x1b[Jps ax\r\n\x1b[1;31mred\x1b[0m\x1b[?25h\r\n")).To(Equal("/ # ps ax\nred\n"))
}
