package debian

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	. "github.com/onsi/gomega"
)

const inRelease = "dists/bookworm/InRelease"

func TestWrongSignatureIsRefused(t *testing.T) {
	f := newFakeArchive(t, pkg("a", nil))
	signed := f.files[inRelease]
	for name, spoil := range map[string]func(){
		"another's key": func() { f.Keys = openpgp.EntityList{newKey(t)} },
		"changed text":  func() { f.files[inRelease] = bytes.Replace(signed, []byte("arm64"), []byte("armhf"), 1) },
	} {
		f.Keys, f.files[inRelease] = openpgp.EntityList{f.key}, signed
		spoil()
		_, err := f.resolve("a")
		NewWithT(t).Expect(err).To(MatchError(And(ContainSubstring(inRelease), ContainSubstring("vouches"),
			ContainSubstring("clock"))), name)
	}
}

func TestUnsignedTextIsRefused(t *testing.T) {
	f := newFakeArchive(t)
	f.files[inRelease] = []byte("<html>Please log in</html>")
	_, err := f.resolve("a")
	NewWithT(t).Expect(err).To(MatchError(And(ContainSubstring("Please log in"), ContainSubstring("no signed text"))))
}

func TestTextBesideTheSignedIsNotRead(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t, pkg("a", nil))
	f.files[inRelease] = append([]byte("Codename: trixie\n\n"), f.files[inRelease]...)
	r, err := f.release(context.Background(), "bookworm")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.fields["Codename"]).To(Equal("bookworm"))
}

func TestSuiteMustBeTheOneAskedFor(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t)
	for _, name := range []string{"trixie", "oldstable"} {
		f.files["dists/"+name+"/InRelease"] = f.files[inRelease]
	}
	_, err := f.release(context.Background(), "oldstable")
	g.Expect(err).NotTo(HaveOccurred())
	_, err = f.release(context.Background(), "trixie")
	g.Expect(err).To(MatchError(ContainSubstring(`of suite "oldstable", codename "bookworm", not of "trixie"`)))
	_, err = f.release(context.Background(), "sarge")
	g.Expect(err).To(MatchError(And(ContainSubstring(`suite "sarge"`), ContainSubstring("404"))))
}

func TestOutdatedReleaseIsRefused(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t)
	f.publish("main/binary-arm64/Packages", "", "Valid-Until: "+time.Now().UTC().Add(time.Hour).Format(time.RFC1123))
	_, err := f.release(context.Background(), "bookworm")
	g.Expect(err).NotTo(HaveOccurred())
	f.publish("main/binary-arm64/Packages", "", "Valid-Until: Sat, 05 Jul 2025 08:00:00 UTC")
	_, err = f.release(context.Background(), "bookworm")
	g.Expect(err).To(MatchError(And(ContainSubstring("Sat, 05 Jul 2025"), ContainSubstring(MirrorEnv))))
	stale := f.Archive
	stale.Stale = true
	_, err = stale.release(context.Background(), "bookworm")
	g.Expect(err).NotTo(HaveOccurred(), "who asks for it takes what the mirror has")
}

func TestMissingArchitectureIsNamed(t *testing.T) {
	f := newFakeArchive(t)
	_, err := f.Resolve(context.Background(), Root{Suite: "bookworm", Include: []string{"a"}}, "riscv64")
	NewWithT(t).Expect(err).To(MatchError(And(ContainSubstring("binary-riscv64/Packages"), ContainSubstring("all arm64"))))
}

func TestMirrorWithoutHashesWillDo(t *testing.T) {
	f := newFakeArchive(t, pkg("a", nil))
	for name, data := range f.files {
		if bytes.Contains([]byte(name), []byte("/by-hash/")) {
			f.files["dists/bookworm/main/binary-arm64/Packages.xz"] = data
			delete(f.files, name)
		}
	}
	NewWithT(t).Expect(f.resolve("a")).To(Equal([]string{"a 1"}))
}
