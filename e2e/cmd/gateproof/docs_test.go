package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/shlex"
	. "github.com/onsi/gomega"
	"github.com/spf13/cobra"
)

// command is a command of ours in a document: gateproof as a word of its own at the start of a line or of a span, or kubectl's.
var command = regexp.MustCompile("(?m)(?:^|`|^\\$ )(?:kubectl |\\.bin/)?gateproof ([a-z][^`\n|&]*)")

// Every command in the docs and in our own help is one, with flags that it has.
func TestCommandsOfTheDocs(t *testing.T) {
	g := NewWithT(t)
	seen := 0
	g.Expect(filepath.WalkDir("../../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "out" || d.Name() == ".git" || d.Name() == ".bin") {
			return skipped(err)
		}
		if d.IsDir() || filepath.Ext(path) != ".md" {
			return nil
		}
		text, err := os.ReadFile(path)
		for _, m := range command.FindAllStringSubmatch(string(text), -1) {
			line, _, _ := strings.Cut(m[1], " #")
			seen++
			t.Run(filepath.Base(path)+"/"+line, func(t *testing.T) { isCommand(t, line) })
		}
		return err
	})).To(Succeed())
	g.Expect(seen).To(BeNumerically(">", 5))
	for _, c := range all(root()) {
		for _, line := range strings.Split(c.Example, "\n") {
			if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "gateproof "); ok {
				rest, _, _ = strings.Cut(rest, " #")
				t.Run("help/"+rest, func(t *testing.T) { isCommand(t, rest) })
			}
		}
	}
}

// all are a command and those below it.
func all(c *cobra.Command) []*cobra.Command {
	out := []*cobra.Command{c}
	for _, child := range c.Commands() {
		out = append(out, all(child)...)
	}
	return out
}

func isCommand(t *testing.T, line string) {
	g := NewWithT(t)
	words, err := shlex.Split(line)
	g.Expect(err).NotTo(HaveOccurred())
	cmd, rest, err := root().Find(words)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(cmd.HasParent()).To(BeTrue(), "no such command")
	g.Expect(cmd.ParseFlags(rest)).To(Succeed())
	if cmd.Runnable() && len(cmd.Flags().Args()) > 0 {
		g.Expect(cmd.ValidateArgs(cmd.Flags().Args())).To(Succeed())
	}
}

func skipped(err error) error {
	if err != nil {
		return err
	}
	return filepath.SkipDir
}
