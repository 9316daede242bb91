package gobuild

import (
	"context"
	"fmt"
	"go/version"
	"strings"

	"github.com/gateproof/gateproof/clusters/run"
)

// goRelease is the release of Go that the go command takes in the module's folder, as the module proxy names it.
func (w work) goRelease(ctx context.Context) (string, error) {
	out, err := run.Cmd{Argv: []string{"go", "env", "GOVERSION"}, Dir: w.dir, Env: hostEnv()}.Run(ctx)
	if err != nil {
		return "", err
	}
	return releaseOf(strings.TrimSpace(out))
}

// releaseOf takes off what distributions and experiments add.
func releaseOf(goVersion string) (string, error) {
	name := strings.FieldsFunc(goVersion, func(r rune) bool { return r == ' ' || r == '-' })
	if len(name) == 0 || !version.IsValid(name[0]) || name[0] == version.Lang(name[0]) {
		return "", fmt.Errorf("the go command is of version %q, which is no release of Go: programs with parts in C are built in a container, "+
			"by the same release; install one from https://go.dev/dl", goVersion)
	}
	return name[0], nil
}
