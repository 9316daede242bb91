package workload

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/gobuild"
)

// compile builds a static program from one Go file of the recipe's folder.
func compile(ctx context.Context, dir fs.FS, file, arch string) ([]byte, error) {
	source, err := fs.ReadFile(dir, file)
	if err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp("", "gateproof-program-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	if err := os.WriteFile(filepath.Join(tmp, "main.go"), source, 0o644); err != nil {
		return nil, err
	}
	return gobuild.Compile(ctx, tmp, "main.go", arch)
}
