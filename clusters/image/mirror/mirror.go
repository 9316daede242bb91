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
	"strconv"
	"syscall"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// Mirror is a registry, in this process's memory (then it lives until Close) or another's.
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
		return nil, fmt.Errorf("%w: the image mirror cannot listen on %s:%d, another program does; free it, or unset MIRROR_PORT to take any free port",
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

// Running is another process's mirror, if it answers at addr.
func Running(ctx context.Context, addr string) (*Mirror, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/v2/", nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("the image mirror at %s does not answer: %w", addr, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the image mirror at %s answers %s", addr, resp.Status)
	}
	return &Mirror{Addr: addr}, nil
}

// Push makes image available as docker.io/library/NAME:latest. What the mirror has already is not sent again.
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

// Close ends a mirror of this process's.
func (m *Mirror) Close() error {
	if m.server == nil {
		return nil
	}
	return m.server.Close()
}
