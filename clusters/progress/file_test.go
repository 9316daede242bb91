package progress

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// follow starts to follow the file; the returned function ends that and returns what was told.
func follow(t *testing.T, path string) func() []Event {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var seen []Event
	ended := make(chan error)
	go func() { ended <- Follow(ctx, path, func(e Event) { seen = append(seen, e) }) }()
	return func() []Event {
		cancel()
		NewWithT(t).Expect(<-ended).To(Succeed())
		return seen
	}
}

func TestFileCarriesEventsOfSeveralWriters(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "progress")
	stop := follow(t, path) // before the file is there
	const writers, each = 4, 50
	var work sync.WaitGroup
	for w := range writers {
		sink, err := ToFile(path)
		g.Expect(err).NotTo(HaveOccurred())
		work.Go(func() {
			for i := range each {
				sink(Event{Step: fmt.Sprintf("%d/%d", w, i), State: Done, Detail: "line one\nline two", Elapsed: time.Second})
			}
		})
	}
	work.Wait()
	seen := stop()
	g.Expect(seen).To(HaveLen(writers * each))
	g.Expect(seen).To(ContainElement(Event{Step: "3/49", State: Done, Detail: "line one\nline two", Elapsed: time.Second}))
}

func TestFollowTakesWholeLinesOnly(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "progress")
	f, err := os.Create(path)
	g.Expect(err).NotTo(HaveOccurred())
	defer func() { _ = f.Close() }()
	write := func(s string) { _, err := f.WriteString(s); g.Expect(err).NotTo(HaveOccurred()) }

	write("not an event\n{}\n" + `{"step":"a","sta`)
	stop := follow(t, path)
	time.Sleep(2 * poll)
	write(`te":"done"}` + "\n" + `{"step":"cut`)
	g.Expect(stop()).To(Equal([]Event{{Step: "a", State: Done}}))
}

func TestFileErrors(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	_, err := ToFile(dir)
	g.Expect(err).To(MatchError(ContainSubstring("open the progress file")))
	g.Expect(Follow(t.Context(), dir, nil)).To(MatchError(ContainSubstring("follow the progress file")))
	stop := follow(t, filepath.Join(dir, "never"))
	g.Expect(stop()).To(BeEmpty())
}
