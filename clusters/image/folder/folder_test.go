package folder

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/image/debroot"
)

func TestFilesInBinArePrograms(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	own := fstest.MapFS{"bin/runsc": {Data: []byte("#!/bin/sh\n")}, "runsc.toml": {}}
	g.Expect(os.Mkdir(filepath.Join(dir, "bin"), 0o755)).To(Succeed(), "as programs leaves it")
	g.Expect(put(own, dir)).To(Succeed())
	for path, mode := range map[string]fs.FileMode{"bin/runsc": 0o755, "runsc.toml": 0o644} {
		info, err := os.Stat(filepath.Join(dir, path))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(info.Mode()).To(Equal(mode), path)
	}
}

func TestFoldersWithoutProgramsAreRefused(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Folder{}.Validate()).To(MatchError(ContainSubstring("neither packages nor a module")))
	f := Folder{Root: &debroot.Root{Suite: "trixie", Variant: "extract", Include: []string{"crun"}}}
	g.Expect(f.Validate()).To(MatchError(ContainSubstring("nothing of root is kept")))
	f.Keep = []string{"usr/bin/crun"}
	g.Expect(f.Validate()).To(Succeed())
	f.Root.Suite = ""
	g.Expect(f.Validate()).To(MatchError(ContainSubstring("root: suite is missing")))
}
