package prebuilt

import (
	"context"
	"os"
	"strings"

	"github.com/gateproof/gateproof/clusters/run"
)

// SuiteVersion is the commit of the sources in root as git describes it, or the one that the programs were compiled from.
func SuiteVersion(ctx context.Context, root string) string {
	var out string
	var err error
	if path, ok := Path(Version); ok {
		var text []byte
		text, err = os.ReadFile(path)
		out = string(text)
	} else {
		out, err = run.Cmd{Argv: []string{"git", "describe", "--always", "--dirty"}, Dir: root}.Run(ctx)
	}
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(out)
}
