package nodeimage

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestOnlyBuildingNeedsGo(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Foresee(t.Context(), Request{Version: "v1.16.15", Arch: "amd64"}, false)).To(HaveField("Builds", true))
	t.Setenv("PATH", t.TempDir())
	g.Expect(Foresee(t.Context(), Request{Version: "v1.16.15", Arch: "amd64"}, false)).To(HaveField("Missing", ContainSubstring("no go command")))
}
