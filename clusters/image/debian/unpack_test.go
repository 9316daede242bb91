package debian

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func (f *fakeArchive) write(include ...string) ([]byte, error) {
	var out bytes.Buffer
	err := f.Write(context.Background(), Root{Suite: "bookworm", Include: include}, "arm64", &out)
	return out.Bytes(), err
}

func TestPackagesBecomeOneTar(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t,
		pkg("b", needs("a"), folder("./", 0o755), folder("./usr/", 0o700), folder("./usr/bin/", 0o755), regular("./usr/bin/su", 0o4755),
			regular("./usr/a", 0o644)),
		pkg("a", nil, folder("./", 0o755), folder("./usr/", 0o755), regular("./usr/a", 0o640), hardlink("./usr/a2", "./usr/a"),
			symlink("./a", "usr/a")),
	)
	got, err := f.write("b")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(listing(t, got)).To(Equal([]string{
		"./ 755 0 ", "./usr/ 755 0 ", "./usr/a 640 42 a", "./usr/a2 644 0 ./usr/a", "./a 777 0 usr/a",
		"./usr/bin/ 755 0 ", "./usr/bin/su 4755 42 b",
	}))
	g.Expect(f.write("b", "a")).To(Equal(got))
}

func TestFilesGoWhereLinksLead(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t,
		pkg("base-files", nil, folder("./usr/", 0o755), folder("./usr/lib/", 0o755), symlink("./lib", "usr/lib"),
			symlink("./usr/lib64", "/lib")),
		pkg("old", nil, folder("./lib/", 0o755), regular("./lib/x", 0o644), hardlink("./lib/y", "./lib/x"),
			regular("./usr/lib64/z", 0o644)),
	)
	got, err := f.write("base-files", "old")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(listing(t, got)).To(Equal([]string{
		"./usr/ 755 0 ", "./usr/lib/ 755 0 ", "./lib 777 0 usr/lib", "./usr/lib64 777 0 /lib",
		"./usr/lib/x 644 42 old", "./usr/lib/y 644 0 ./usr/lib/x", "./usr/lib/z 644 42 old",
	}))
}

func TestPackagesThatDoNotFit(t *testing.T) {
	f := newFakeArchive(t,
		pkg("a", nil, folder("./lib/", 0o755), regular("./etc", 0o644), symlink("./loop", "loop")),
		pkg("link", nil, symlink("./lib", "usr/lib")),
		pkg("dir", nil, folder("./etc/", 0o755)),
		pkg("round", nil, regular("./loop/x", 0o644)),
	)
	for second, want := range map[string]string{
		"link":  "./lib: a folder in one package and not in another, a:",
		"dir":   "./etc/: a folder in one package and not in another, a:",
		"round": "./loop/x: too many symbolic links",
	} {
		_, err := f.write("a", second)
		NewWithT(t).Expect(err).To(MatchError(And(ContainSubstring("package "+second+","), ContainSubstring(want))))
	}
}

func TestNoDeb(t *testing.T) {
	for what, data := range map[string][]byte{
		"no member data.tar": ar("debian-binary", "2.0\n"),
		"Header":             []byte("<html>no</html>"),
		"xz":                 ar("data.tar.xz", "broken"),
		"unexpected EOF":     ar("data.tar", "broken"),
	} {
		err := unpack(data, "a", newMerger(&strings.Builder{}))
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(what)))
	}
}

func TestWrongChecksumIsRefused(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t, pkg("a", nil))
	f.files["pool/main/a_1_arm64.deb"][0]++
	_, err := f.write("a")
	g.Expect(err).To(MatchError(And(ContainSubstring("package a 1"), ContainSubstring("/debian/pool/main/a_1_arm64.deb"),
		ContainSubstring("SHA256"), ContainSubstring(MirrorEnv))))
}

func TestStoppedUnpackIsNoSuccess(t *testing.T) {
	f := newFakeArchive(t, pkg("a", nil))
	packages, err := f.Resolve(context.Background(), Root{Suite: "bookworm", Include: []string{"a"}}, "arm64")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 20 { // before or after the first package is asked for
		NewWithT(t).Expect(f.Unpack(ctx, packages, io.Discard)).To(MatchError(context.Canceled))
	}
}
