package mirror

import (
	"context"
	"net"
	"strconv"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/random"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	. "github.com/onsi/gomega"
)

func TestMirrorServesUnderDockerHubsNames(t *testing.T) {
	g := NewWithT(t)
	ctx := context.Background()
	m, err := Start("127.0.0.1", 0)
	g.Expect(err).NotTo(HaveOccurred())
	img, err := random.Image(1024, 1)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(m.Push(ctx, "nginx", img)).To(Succeed())

	other, err := Running(ctx, m.Addr)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(other.Push(ctx, "nginx", img)).To(Succeed(), "twice is harmless")
	ref, err := name.ParseReference(m.Addr+"/library/nginx:latest", name.Insecure)
	g.Expect(err).NotTo(HaveOccurred())
	pulled, err := remote.Image(ref)
	g.Expect(err).NotTo(HaveOccurred())
	want, err := img.Digest()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(pulled.Digest()).To(Equal(want))

	g.Expect(m.Close()).To(Succeed())
	_, err = Running(ctx, m.Addr)
	g.Expect(err).To(MatchError(ContainSubstring("does not answer")))
}

func TestPortTaken(t *testing.T) {
	g := NewWithT(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	g.Expect(err).NotTo(HaveOccurred())
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	_, err = Start("127.0.0.1", port)
	g.Expect(err).To(MatchError(ErrPortTaken))
	g.Expect(err).To(MatchError(ContainSubstring("127.0.0.1:" + strconv.Itoa(port))))
}

func TestHosts(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	g.Expect(ReadHosts(dir)).To(BeEmpty())
	g.Expect((&Mirror{Addr: "172.18.0.1:5000"}).WriteHosts(dir)).To(Succeed())
	g.Expect(ReadHosts(dir)).To(Equal("172.18.0.1:5000"))
}
