package stage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/image/rootfs/diskfull"
	"github.com/gateproof/gateproof/clusters/paths"
)

func write(dir string) error { return os.WriteFile(filepath.Join(dir, "result"), []byte("x"), 0o600) }

func leftovers(g Gomega) []os.DirEntry {
	entries, err := os.ReadDir(filepath.Join(paths.Cache(), "tmp"))
	if !os.IsNotExist(err) {
		g.Expect(err).NotTo(HaveOccurred())
	}
	return entries
}

func TestDigestIsStable(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Digest(1, "a", map[string]int{"x": 1, "y": 2})).To(Equal(Digest(1, "a", map[string]int{"y": 2, "x": 1})))
	g.Expect(Digest("ab", "c")).NotTo(Equal(Digest("a", "bc")))
	g.Expect(Digest()).To(HaveLen(digestDigits))
}

func TestBuiltOnceForAllWhoAsk(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("GATEPROOF_CACHE", t.TempDir())
	var builds atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			_, err := Ensure(t.Context(), "thing", "d1", func(_ context.Context, dir string) error {
				builds.Add(1)
				return write(dir)
			})
			g.Expect(err).NotTo(HaveOccurred())
		})
	}
	wg.Wait()
	g.Expect(builds.Load()).To(BeEquivalentTo(1))
	g.Expect(filepath.Join(Dir("thing", "d1"), "result")).To(BeARegularFile())
	g.Expect(leftovers(g)).To(BeEmpty())
}

func TestFailedBuildLeavesNothing(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("GATEPROOF_CACHE", t.TempDir())
	broken := errors.New("broken")
	_, err := Ensure(t.Context(), "thing", "d1", func(_ context.Context, dir string) error {
		return errors.Join(write(dir), broken)
	})
	g.Expect(err).To(MatchError(broken))
	g.Expect(Dir("thing", "d1")).NotTo(BeADirectory())
	g.Expect(leftovers(g)).To(BeEmpty())
}

func TestLeftoversOfAKilledBuildAreNotTaken(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("GATEPROOF_CACHE", t.TempDir())
	killed := filepath.Join(paths.Cache(), "tmp", "thing")
	g.Expect(os.MkdirAll(killed, 0o755)).To(Succeed())
	g.Expect(os.WriteFile(filepath.Join(killed, "half"), nil, 0o600)).To(Succeed())
	dir, err := Ensure(t.Context(), "thing", "d1", func(_ context.Context, dir string) error { return write(dir) })
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(filepath.Join(dir, "half")).NotTo(BeAnExistingFile())
}

func TestFullDiskIsOneSentence(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("GATEPROOF_CACHE", t.TempDir())
	_, err := Ensure(t.Context(), "thing", "d1", func(_ context.Context, dir string) error {
		return &os.PathError{Op: "write", Path: dir, Err: syscall.ENOSPC}
	})
	var full *diskfull.Error
	g.Expect(errors.As(err, &full)).To(BeTrue())
	g.Expect(full.Error()).To(And(HavePrefix("no space left on device for "), Not(ContainSubstring("\n"))))
	g.Expect(err).To(MatchError(syscall.ENOSPC))
}
