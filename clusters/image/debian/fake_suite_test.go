package debian

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/clearsign"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	. "github.com/onsi/gomega"
	"github.com/ulikunitz/xz"
)

func newKey(t *testing.T) *openpgp.Entity {
	t.Helper()
	key, err := openpgp.NewEntity("test", "", "test@example.org", &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return key
}

// list puts the packages into the pool and returns the list of them.
func (f *fakeArchive) list(packages []fakePackage) string {
	var list strings.Builder
	for _, p := range packages {
		data := p.deb(f.t)
		file := path.Join("pool/main", p.name+"_"+p.version()+"_arm64.deb")
		f.files[file] = data
		fmt.Fprintf(&list, "Package: %s\nVersion: %s\nFilename: %s\nSize: %d\nSHA256: %s\n",
			p.name, p.version(), file, len(data), sum(data))
		for _, k := range slices.Sorted(maps.Keys(p.fields)) {
			if k != "Version" {
				fmt.Fprintf(&list, "%s: %s\n", k, p.fields[k])
			}
		}
		list.WriteString("\n")
	}
	return list.String()
}

// publish signs a suite of one list; more are fields of its release file.
func (f *fakeArchive) publish(name, list string, more ...string) {
	data := compress(f.t, list)
	f.files[path.Join("dists", f.suite, path.Dir(name), "by-hash/SHA256", sum(data))] = data
	fields := append([]string{"Suite: oldstable", "Codename: " + f.suite, "Acquire-By-Hash: yes", "Architectures: all arm64"}, more...)
	f.sign(fmt.Sprintf("%s\nSHA256:\n %s %d %s.xz\n", strings.Join(fields, "\n"), sum(data), len(data), name))
}

func (f *fakeArchive) sign(release string) {
	g := NewWithT(f.t)
	var signed bytes.Buffer
	w, err := clearsign.Encode(&signed, f.key.PrivateKey, nil)
	g.Expect(err).NotTo(HaveOccurred())
	_, err = w.Write([]byte(release))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(w.Close()).To(Succeed())
	f.files[path.Join("dists", f.suite, "InRelease")] = signed.Bytes()
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

func compress(t *testing.T, s string) []byte {
	t.Helper()
	g := NewWithT(t)
	var out bytes.Buffer
	w, err := xz.WriterConfig{DictCap: 1 << 16}.NewWriter(&out) // the usual 8 MB are slow to allocate
	g.Expect(err).NotTo(HaveOccurred())
	_, err = w.Write([]byte(s))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(w.Close()).To(Succeed())
	return out.Bytes()
}
