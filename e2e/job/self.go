package job

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2/ginkgo/command"
	"github.com/onsi/ginkgo/v2/ginkgo/run"

	"github.com/gateproof/gateproof/e2e/suite"
)

// One program is the command, Ginkgo, which starts processes and joins what they say, and the suite in each of these. What it is told to
// be is its first argument, or its name.

// GinkgoWord is the first argument by which the program is Ginkgo's own command, run.
const GinkgoWord = "ginkgo"

// suiteName is the program's name by which it is the suite; Ginkgo wants the ending.
const suiteName = "gateproof.test"

// programs are the paths of this program, and of the same by the name of the suite.
func (j *job) programs() (self, suite string, err error) {
	if self, err = os.Executable(); err != nil {
		return "", "", err
	}
	suite = filepath.Join(j.temp, suiteName)
	if runtime.GOOS == "windows" {
		suite += ".exe"
	}
	if _, err := os.Lstat(suite); err == nil { // an earlier batch's
		return self, suite, nil
	}
	if os.Symlink(self, suite) == nil || os.Link(self, suite) == nil {
		return self, suite, nil
	}
	return self, suite, copyProgram(self, suite) // where links are a privilege, or lie on another disk
}

func copyProgram(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// Other runs what the program is by its name or first argument, if that is not the command. It then ends the process.
func Other(args []string) {
	if strings.TrimSuffix(filepath.Base(args[0]), ".exe") == suiteName {
		os.Exit(runSuite())
	}
	if len(args) > 1 && args[1] == GinkgoWord {
		program := command.Program{Name: GinkgoWord, DefaultCommand: run.BuildRunCommand()}
		program.RunAndExit(append([]string{GinkgoWord}, args[2:]...))
	}
}

// verdict is what Ginkgo wants of a test.
type verdict struct{ failed bool }

func (v *verdict) Fail() { v.failed = true }

func runSuite() int {
	testing.Init() // Ginkgo says what go test's programs understand
	flag.Parse()
	var v verdict
	suite.Run(&v)
	if v.failed {
		return 1
	}
	return 0
}
