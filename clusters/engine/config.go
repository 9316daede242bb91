package engine

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"github.com/gateproof/gateproof/clusters/engine/flock"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/paths"
)

// Config says where an engine that gateproof starts keeps its files. Default is what the docker command expects;
// other values make a second engine beside it, for tests.
type Config struct {
	Socket       string // the API's Unix socket
	Host         string // "unix://" + Socket where it is not docker's default, else ""
	DataRoot     string // images, containers, volumes: outlives the engine
	ExecRoot     string // state that dies with the engine
	PIDFile      string // tells other dockerds that the data root is taken
	Log          string // dockerd's output
	StateDir     string // our locks and state
	CgroupParent string // name of the cgroup that holds the containers
}

// Default is the configuration of the machine's one engine, with dockerd's own default paths.
func Default() Config {
	return Config{
		Socket:       "/var/run/docker.sock",
		DataRoot:     "/var/lib/docker",
		ExecRoot:     "/var/run/docker",
		PIDFile:      "/var/run/docker.pid",
		Log:          filepath.Join(paths.Cache(), "dockerd.log"),
		StateDir:     "/run/gateproof",
		CgroupParent: "docker",
	}
}

func (c Config) useLock() string  { return filepath.Join(c.StateDir, "engine.users") }
func (c Config) turnLock() string { return filepath.Join(c.StateDir, "engine.turn") }

// hold marks this process as a user; it waits while another one stops the engine. Where none of ours can be
// there is nothing to hold.
func (c Config) hold(ctx context.Context) (*flock.Lock, error) {
	return lockUnlessRefused(ctx, c.useLock(), flock.Shared)
}

// startsEngines says whether this process might start an engine: root, where engines run.
func startsEngines() bool { return runtime.GOOS == "linux" && os.Geteuid() == 0 }

// lockUnlessRefused takes no lock where the machine lets nobody write: there no engine can be started either.
func lockUnlessRefused(ctx context.Context, path string, kind flock.Kind) (*flock.Lock, error) {
	lock, err := flock.Wait(ctx, path, kind)
	if errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return nil, nil
	}
	return lock, err
}

// turnTimeout bounds the wait for another process that is installing or starting the engine.
const turnTimeout = 10 * time.Minute

// turn lets one process at a time look for an engine and start it.
func (c Config) turn(ctx context.Context) (*flock.Lock, error) {
	if !startsEngines() {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, turnTimeout)
	defer cancel()
	return lockUnlessRefused(ctx, c.turnLock(), flock.Exclusive)
}

// keepWanted reads KEEP_ENGINE.
func keepWanted() bool {
	on, _ := input.Switch(os.Getenv(KeepEnv)) // commands refuse what is neither
	return on
}
