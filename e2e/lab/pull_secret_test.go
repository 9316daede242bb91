package lab

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/fixtures"
)

func TestPodsNameThePullSecret(t *testing.T) {
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "config.json")
	g.Expect(os.WriteFile(file, []byte(`{"auths":{"r.example":{"auth":"c2VjcmV0"}}}`), 0o600)).To(Succeed())
	b := &Bench{}
	g.Expect(b.UsePullSecret(context.Background(), file)).To(Succeed())

	page, err := fixtures.Manifest(fixtures.PageManifest)
	g.Expect(err).NotTo(HaveOccurred())
	fitted, err := b.fitted(page)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(fitted)).To(And(ContainSubstring("  imagePullSecrets:\n  - name: gateproof-pull\n"), Not(ContainSubstring("c2VjcmV0"))))

	for _, o := range fittedTemplates(g, b) {
		text, err := o.MarshalJSON()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(strings.Count(string(text), `"imagePullSecrets":[{"name":"gateproof-pull"}]`)).To(Equal(1), "%s", text)
	}
}

func TestPullSecretsThatNoNodeCouldUse(t *testing.T) {
	for content, message := range map[string]string{
		`{"auths":{}}`: "its auths are empty",
		`{"auths":{"r.example":{}},"credsStore":"desktop"}`: "leaves the credentials to a program of this host",
		`secret words`: "no docker config file",
	} {
		g := NewWithT(t)
		file := filepath.Join(t.TempDir(), "config.json")
		g.Expect(os.WriteFile(file, []byte(content), 0o600)).To(Succeed())
		err := (&Bench{}).UsePullSecret(context.Background(), file)
		g.Expect(err).To(MatchError(ContainSubstring(message)))
		g.Expect(err).NotTo(MatchError(ContainSubstring("secret words")))
	}
	g := NewWithT(t)
	g.Expect((&Bench{}).UsePullSecret(context.Background(), "/no/such/file")).To(MatchError(ContainSubstring("neither a docker config file nor NAMESPACE/NAME")))
	g.Expect((&Bench{}).UsePullSecret(context.Background(), "")).To(Succeed())
}
