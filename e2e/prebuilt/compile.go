package prebuilt

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// sources are the programs' packages.
var sources = map[string]string{
	E2E: "./e2e/cmd/e2e", Suite: "./e2e", Ginkgo: "github.com/onsi/ginkgo/v2/ginkgo", Probe: "./fixtures/cmd/probe", Sonobuoy: "./e2e/cmd/sonobuoy",
}

// Compile makes programs of the sources in the working folder, and the text of their version. Static ones need no library;
// the others share what `make e2e` has compiled, but for the probe, which is always static.
func Compile(ctx context.Context, dir string, static bool, programs ...string) (err error) {
	step := progress.Start(ctx, "compile the suite's programs")
	defer step.End(&err)
	for _, name := range programs { // each go command uses all cores
		argv := []string{"go", "build"}
		if name == Suite {
			argv = []string{"go", "test", "-c"}
		}
		cmd := run.Cmd{Argv: append(argv, "-o", filepath.Join(dir, name), "-ldflags=-w")}
		if static || name == Probe {
			cmd.Argv = append(cmd.Argv, "-trimpath", "-ldflags=-s -w")
			cmd.Env = []string{"CGO_ENABLED=0"}
		}
		cmd.Argv = append(cmd.Argv, sources[name])
		if _, err := cmd.Run(ctx); err != nil {
			return fmt.Errorf("compiling %s: %w", name, err)
		}
	}
	return os.WriteFile(filepath.Join(dir, Version), []byte(SuiteVersion(ctx, ".")+"\n"), 0o644)
}
