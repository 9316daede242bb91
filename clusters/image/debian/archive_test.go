package debian

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestMirrorComesFromTheEnvironment(t *testing.T) {
	g := NewWithT(t)
	t.Setenv(MirrorEnv, "")
	g.Expect(FromEnv()).To(And(HaveField("Mirror", DefaultMirror), HaveField("Security", Not(BeEmpty()))))
	t.Setenv(MirrorEnv, "https://mirror.example/debian/")
	a, err := FromEnv()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(a.address("pool/x+y.deb")).To(Equal("https://mirror.example/debian/pool/x+y.deb"))
	g.Expect(a.Security).To(BeEmpty(), "as mmdebstrap with a mirror")
	for _, bad := range []string{"mirror.example/debian", "ftp://mirror.example/debian", "http://", "http://%zz", "/srv/debian"} {
		t.Setenv(MirrorEnv, bad)
		_, err := FromEnv()
		g.Expect(err).To(MatchError(And(ContainSubstring(bad), ContainSubstring(MirrorEnv), ContainSubstring(DefaultMirror))), bad)
	}
}

func TestMessagesKeepPasswords(t *testing.T) {
	a := Archive{Mirror: "http://me:secret@mirror.example/debian"}
	g := NewWithT(t)
	g.Expect(a.address("x")).NotTo(ContainSubstring("secret"))
	for _, bad := range []string{"ftp://me:secret@mirror.example/debian", "me:secret@mirror.example", "http://me:secret/%zz@mirror.example"} {
		_, err := parseMirror(bad)
		g.Expect(err).To(MatchError(And(ContainSubstring("mirror.example"), Not(ContainSubstring("secret")))))
	}
	g.Expect(WithoutCredentials("E: http://me:secret@mirror.example/debian x")).To(Equal("E: http://xxxxx@mirror.example/debian x"))
}

func TestArchitectures(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Architecture("arm64")).To(Equal("arm64"))
	g.Expect(Architecture("ppc64le")).To(Equal("ppc64el"))
	_, err := Architecture("wasm")
	g.Expect(err).To(MatchError(And(ContainSubstring(`"wasm"`), ContainSubstring("amd64, arm, arm64"))))
}

func TestDebiansKeysAreHere(t *testing.T) {
	g := NewWithT(t)
	keys, err := Archive{}.keys()
	g.Expect(err).NotTo(HaveOccurred())
	var ids []string
	for _, k := range keys {
		ids = append(ids, k.PrimaryKey.KeyIdString())
	}
	g.Expect(ids).To(ConsistOf("B7C5D7D6350947F8", "254CF3B5AEC0A8F0", "F8D2585B8783D481", "225629DF75B188BD", "9904613D4CCE68C6", "762F67A0B2C39DE4"))
}
