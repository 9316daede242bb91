package e2e_test

import (
	"os"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e"
)

func TestTheManifestForAClusterHasTheRights(t *testing.T) {
	g := NewWithT(t)
	manifest, err := os.ReadFile("in-cluster.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	rights := strings.TrimSpace(e2e.Rights[strings.Index(e2e.Rights, "apiVersion:"):])
	g.Expect(string(manifest)).To(ContainSubstring("\n"+rights+"\n---\n"), "e2e/in-cluster.yaml should have e2e/rights.yaml in it")
}
