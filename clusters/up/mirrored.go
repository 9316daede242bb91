package up

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/image/mirror"
	"github.com/gateproof/gateproof/clusters/image/workload"
	"github.com/gateproof/gateproof/clusters/progress"
)

// startMirror starts a registry in this process, still empty, and tells the nodes.
func startMirror(host string, o Options) (*mirror.Mirror, error) {
	m, err := mirror.Start(host, o.MirrorPort)
	if err != nil {
		return nil, err
	}
	return m, m.WriteHosts(filepath.Join(o.Dir, certsDir))
}

// fill sends the workload images to a mirror.
func fill(ctx context.Context, m *mirror.Mirror) (err error) {
	step := progress.Start(ctx, "serve the workload images to the nodes")
	defer step.End(&err)
	images, err := workload.Ensure(ctx)
	if err != nil {
		return err
	}
	for _, image := range images {
		img, err := image.Load()
		if err != nil {
			return err
		}
		if err := m.Push(ctx, image.Name, img); err != nil {
			return err
		}
	}
	return nil
}

// ServeKept serves the workload images to the kept lanes until ctx ends.
func ServeKept(ctx context.Context) error {
	s, err := LoadKept()
	if err != nil {
		return fmt.Errorf("there are no kept lanes to serve: %w", err)
	}
	gateway, err := networkGateway(ctx, networkName(s.RunID))
	if err != nil {
		return err
	}
	m, err := startMirror(gateway, Options{Dir: s.Dir})
	if err != nil {
		return err
	}
	if err := fill(ctx, m); err != nil {
		return err
	}
	<-ctx.Done()
	return m.Close()
}

// keptMirror is the mirror that serves the kept lanes, or one in this process where it has died.
func keptMirror(ctx context.Context, s *Set, o Options) (*mirror.Mirror, error) {
	if m, err := mirror.Running(ctx, mirror.ReadHosts(filepath.Join(s.Dir, certsDir))); err == nil {
		return m, fill(ctx, m)
	}
	gateway, err := networkGateway(ctx, networkName(s.RunID))
	if err != nil {
		return nil, err
	}
	o.Dir = s.Dir // the nodes look for the mirror's address there
	m, err := startMirror(gateway, o)
	if err != nil {
		return nil, err
	}
	return m, fill(ctx, m)
}
