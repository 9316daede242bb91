package engine

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/moby/sys/capability"

	"github.com/gateproof/gateproof/clusters/paths"
)

//go:embed bounded.sh
var bounded string

// boundedRuntime returns the path of an OCI runtime that asks runc for no capability that this machine's bounding set lacks, "" where
// it lacks none: for a privileged container engines before Docker 23 ask for all that there are, and runc refuses (moby/moby#42933).
func boundedRuntime() (string, error) {
	lacking, err := lackingCapabilities()
	if err != nil || len(lacking) == 0 {
		return "", err
	}
	path := filepath.Join(paths.Cache(), "bin", "boundedrunc")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	// Renamed into place: an engine may be running the one that is there.
	if err := os.WriteFile(path+".new", []byte(fmt.Sprintf(bounded, strings.Join(lacking, " "))), 0o755); err != nil {
		return "", err
	}
	return path, os.Rename(path+".new", path)
}

// lackingCapabilities names those that the kernel has and no process from here on can gain.
func lackingCapabilities() ([]string, error) {
	known, err := capability.ListSupported()
	if err != nil {
		return nil, err
	}
	self, err := capability.NewPid2(0)
	if err != nil {
		return nil, err
	}
	if err := self.Load(); err != nil {
		return nil, err
	}
	var lacking []string
	for _, c := range known {
		if !self.Get(capability.BOUNDING, c) {
			lacking = append(lacking, "CAP_"+strings.ToUpper(c.String()))
		}
	}
	return lacking, nil
}
