package debian

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// publishSource makes the archive one of sources: busybox in two versions, and a third that nobody should get.
func publishSource(f *fakeArchive) {
	var list strings.Builder
	for _, v := range []string{"1.9", "1.35", "2-old"} {
		fmt.Fprintf(&list, "Package: busybox\nVersion: %s\nDirectory: pool/main/b\nChecksums-Sha256:\n", v)
		for _, name := range []string{"busybox_" + v + ".dsc", "busybox_" + v + ".orig.tar.bz2"} {
			f.files["pool/main/b/"+name] = []byte(name)
			fmt.Fprintf(&list, " %s %d %s\n", sum([]byte(name)), len(name), name)
		}
		if v == "2-old" {
			list.WriteString("Extra-Source-Only: yes\n")
		}
		list.WriteString("\n")
	}
	f.publish("main/source/Sources", list.String())
}

func TestSourceOfTheNewestVersion(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t)
	publishSource(f)
	dir := t.TempDir()
	dsc, err := f.Source(context.Background(), "bookworm", "busybox", dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(dsc).To(Equal(filepath.Join(dir, "busybox_1.35.dsc")))
	g.Expect(os.ReadFile(filepath.Join(dir, "busybox_1.35.orig.tar.bz2"))).To(BeEquivalentTo("busybox_1.35.orig.tar.bz2"))
	g.Expect(os.ReadDir(dir)).To(HaveLen(2))
}

func TestSourceErrors(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t)
	publishSource(f)
	_, err := f.Source(context.Background(), "bookworm", "bisybox", t.TempDir())
	g.Expect(err).To(MatchError(ContainSubstring("bookworm has no source package bisybox")))
	f.files["pool/main/b/busybox_1.35.dsc"] = []byte("busybox_1.36.dsc")
	_, err = f.Source(context.Background(), "bookworm", "busybox", t.TempDir())
	g.Expect(err).To(MatchError(And(ContainSubstring("source package busybox"), ContainSubstring("busybox_1.35.dsc"),
		ContainSubstring("SHA256"))))
}
