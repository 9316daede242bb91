package mirror

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/gobuild"
)

// goVersion is that of the program's module: go.mod's, as a test says.
const goVersion = "1.26.8"

// compile makes the program of its sources, which this one has in it: whoever has no clone can, too.
func compile(ctx context.Context, arch string) (program []byte, err error) {
	dir, err := os.MkdirTemp("", "gateproof-mirror-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.CopyFS(dir, sources); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(module()), 0o644); err != nil {
		return nil, err
	}
	return gobuild.Compile(ctx, dir, "./served/mirror", arch, "-mod=mod")
}

// module is a go.mod for the sources, which import each other by the names that they have here.
func module() string {
	var out strings.Builder
	fmt.Fprintf(&out, "module github.com/gateproof/gateproof/clusters/image/mirror\n\ngo %s\n", goVersion)
	for _, path := range slices.Sorted(maps.Keys(libraries)) {
		fmt.Fprintf(&out, "\nrequire %s %s\n", path, libraries[path])
	}
	return out.String()
}
