package debian

import (
	"bytes"
	"context"
	"testing"

	. "github.com/onsi/gomega"
)

// withUpdates is an archive whose security archive, another mirror, has these packages.
func withUpdates(t *testing.T, security []fakePackage, packages ...fakePackage) (f, s *fakeArchive) {
	t.Helper()
	f, s = newFakeArchive(t, packages...), newFakeArchive(t)
	f.Security, s.key, s.suite = s.Mirror, f.key, "bookworm-security"
	s.publish("main/binary-arm64/Packages", s.list(security))
	return f, s
}

func TestSecurityUpdatesComeFromTheirOwnArchive(t *testing.T) {
	g := NewWithT(t)
	f, s := withUpdates(t, []fakePackage{pkg("ssl", map[string]string{"Version": "1.1"}, regular("./new", 0o644))},
		pkg("ssl", map[string]string{"Version": "1.0"}), pkg("web", needs("ssl")))
	g.Expect(f.resolve("web")).To(Equal([]string{"ssl 1.1", "web 1"}))
	got, err := f.write("web")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(listing(t, got)).To(Equal([]string{"./new 644 42 ssl"}))
	g.Expect(s.asked).To(HaveKey("pool/main/ssl_1.1_arm64.deb"))
	g.Expect(f.asked).To(HaveKeyWithValue("dists/bookworm-updates/InRelease", 2), "once a time: absent, and no error")
}

func TestUpdatesForOtherArchitecturesAreNoError(t *testing.T) {
	g := NewWithT(t)
	f, s := withUpdates(t, nil, pkg("a", nil))
	s.publish("main/binary-amd64/Packages", "")
	g.Expect(f.resolve("a")).To(Equal([]string{"a 1"}))
	s.files["dists/bookworm-security/InRelease"] = bytes.Replace(s.files["dists/bookworm-security/InRelease"], []byte("arm64"), []byte("armhf"), 1)
	_, err := f.resolve("a")
	g.Expect(err).To(MatchError(ContainSubstring("vouches")), "a broken one is")
}

func TestMirrorWithoutSecurityIsSaid(t *testing.T) {
	var notes []string
	_, err := newFakeArchive(t).Archive.suite(context.Background(), "bookworm", func(note string) { notes = append(notes, note) })
	g := NewWithT(t)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(notes).To(ConsistOf(ContainSubstring("without bookworm-updates and bookworm-security")))
}
