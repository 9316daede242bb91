package clusters

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/mirror"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/workload"
)

// startMirror serves the workload images from this process, and tells the nodes.
func startMirror(ctx context.Context, host string, o Options) (m *mirror.Mirror, err error) {
	step := progress.Start(ctx, "serve the workload images to the nodes")
	defer step.End(&err)
	if m, err = mirror.Start(host, o.MirrorPort); err != nil {
		return nil, err
	}
	if err := fill(ctx, m); err != nil {
		return m, err
	}
	return m, m.WriteHosts(filepath.Join(o.Dir, certsDir))
}

// fill sends the workload images to a mirror.
func fill(ctx context.Context, m *mirror.Mirror) error {
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
	m, err := startMirror(ctx, gateway, Options{Dir: s.Dir})
	if err != nil {
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
	return startMirror(ctx, gateway, o)
}
