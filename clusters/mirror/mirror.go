// Package mirror serves the workload images to the nodes, under the names that the manifests use.
// The page's manifest has images without a tag, which are pulled each time: so there must be a registry.
package mirror

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// Mirror is a registry in this process's memory; it lives until Close.
type Mirror struct {
	Addr   string // host:port
	server *http.Server
}

// ErrPortTaken says that the port asked for is another program's.
var ErrPortTaken = errors.New("port taken")

// Start serves on host at port (0: any free one).
func Start(host string, port int) (*Mirror, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%w: the image mirror cannot listen on %s:%d: another program does; free it, or unset MIRROR_PORT to take any free port",
			ErrPortTaken, host, port)
	}
	if err != nil {
		return nil, fmt.Errorf("the image mirror cannot listen on %s:%d: %w", host, port, err)
	}
	m := &Mirror{Addr: l.Addr().String(), server: &http.Server{
		Handler:           registry.New(registry.Logger(log.New(io.Discard, "", 0))),
		ReadHeaderTimeout: 10 * time.Second,
	}}
	go func() { _ = m.server.Serve(l) }() // ends with Close
	return m, nil
}

// Push makes image available as docker.io/library/NAME:latest.
func (m *Mirror) Push(ctx context.Context, image string, img v1.Image) error {
	ref, err := name.ParseReference(m.Addr+"/library/"+image+":latest", name.Insecure)
	if err != nil {
		return err
	}
	if err := remote.Write(ref, img, remote.WithContext(ctx)); err != nil {
		return fmt.Errorf("image %s to the mirror at %s: %w", image, m.Addr, err)
	}
	return nil
}

// Close ends the mirror.
func (m *Mirror) Close() error { return m.server.Close() }

// WriteHosts writes containerd's hosts.toml for docker.io below certsDir, so that nodes ask this mirror first.
// Nodes read it at each pull: a later run's mirror may have another port.
func (m *Mirror) WriteHosts(certsDir string) error {
	dir := filepath.Join(certsDir, "docker.io")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	text := fmt.Sprintf("server = \"https://registry-1.docker.io\"\n\n[host.\"http://%s\"]\n  capabilities = [\"pull\", \"resolve\"]\n", m.Addr)
	tmp := filepath.Join(dir, ".hosts.toml")
	if err := os.WriteFile(tmp, []byte(text), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, filepath.Join(dir, "hosts.toml"))
}
