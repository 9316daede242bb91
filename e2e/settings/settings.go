// Package settings reads what a run was asked for from the environment: make, the e2e command and the Ginkgo
// processes all speak it.
package settings

import (
	"os"
	"path/filepath"
	"strconv"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/paths"
)

// The environment's names.
const (
	LanesEnv      = "LANES"             // names of lanes or paths of lane files, comma-separated
	NodeImageEnv  = "NODE_IMAGE"        // a node image to use instead of the lanes' own
	MirrorPortEnv = "MIRROR_PORT"       // a fixed port for the image mirror
	ReportsEnv    = "GATEPROOF_REPORTS" // folder of the repository, for the reports; set by the e2e command
)

// Settings are what a run was asked for.
type Settings struct {
	Lanes      []clusters.Lane
	NodeImage  string
	MirrorPort int // 0: any free one
	RunID      string
	Dir        string // of the run's temporary files
}

// FromEnv reads the settings. Errors are clusters.ErrInput.
func FromEnv() (Settings, error) {
	s := Settings{NodeImage: os.Getenv(NodeImageEnv), RunID: owner.ID(), Dir: paths.Temp(owner.ID())}
	var err error
	if s.Lanes, err = clusters.SelectLanes(os.Getenv(LanesEnv)); err != nil {
		return s, err
	}
	if text := os.Getenv(MirrorPortEnv); text != "" {
		if s.MirrorPort, err = strconv.Atoi(text); err != nil || s.MirrorPort < 1 || s.MirrorPort > 65535 {
			return s, clusters.Inputf("%s=%s: not a port number (1 to 65535); leave it unset to take any free port", MirrorPortEnv, text)
		}
	}
	return s, nil
}

// ClusterOptions are the settings as clusters.Up takes them.
func (s Settings) ClusterOptions() clusters.Options {
	return clusters.Options{RunID: s.RunID, Lanes: s.Lanes, NodeImage: s.NodeImage, MirrorPort: s.MirrorPort, Dir: filepath.Clean(s.Dir)}
}
