package debian

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestMirrorComesFromTheEnvironment(t *testing.T) {
	g := NewWithT(t)
	t.Setenv(MirrorEnv, "")
	g.Expect(FromEnv()).To(HaveField("Mirror", DefaultMirror))
	t.Setenv(MirrorEnv, "https://mirror.example/debian/")
	a, err := FromEnv()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(a.address("pool/x+y.deb")).To(Equal("https://mirror.example/debian/pool/x+y.deb"))
	for _, bad := range []string{"mirror.example/debian", "ftp://mirror.example/debian", "http://", "http://%zz", "/srv/debian"} {
		t.Setenv(MirrorEnv, bad)
		_, err := FromEnv()
		g.Expect(err).To(MatchError(And(ContainSubstring(bad), ContainSubstring(MirrorEnv), ContainSubstring(DefaultMirror))), bad)
	}
}

func TestMessagesKeepPasswords(t *testing.T) {
	a := Archive{Mirror: "http://me:secret@mirror.example/debian"}
	NewWithT(t).Expect(a.address("x")).NotTo(ContainSubstring("secret"))
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
	g.Expect(ids).To(ConsistOf("B7C5D7D6350947F8", "F8D2585B8783D481", "225629DF75B188BD", "762F67A0B2C39DE4"))
}
