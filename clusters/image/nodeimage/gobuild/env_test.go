package gobuild

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/run"
)

func TestUsersSettingsStayOut(t *testing.T) {
	g := NewWithT(t)
	wish := "CGO_ENABLED=1\nGOAMD64=v3\nGOARCH=386\nGOARM64=v9.0\nGOEXPERIMENT=nogreenteagc\nGOFIPS140=v1.0.0\nGOFLAGS=-tags=theirs\nGOOS=darwin\nGOPROXY=https://proxy.example\n"
	file := filepath.Join(t.TempDir(), "env")
	g.Expect(os.WriteFile(file, []byte(wish), 0o600)).To(Succeed())
	t.Setenv("GOENV", file)
	for _, line := range strings.Fields(wish) {
		name, _, _ := strings.Cut(line, "=")
		t.Setenv(name, "")
	}
	out, err := run.Cmd{Argv: []string{"go", "env", "GOPROXY", "GOOS", "GOARCH", "CGO_ENABLED", "GOARM64", "GOFIPS140", "GOFLAGS", "GOEXPERIMENT"},
		Dir: t.TempDir(), Env: Env("arm64")}.Run(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(strings.Split(strings.TrimSpace(out), "\n")).To(Equal([]string{"https://proxy.example", "linux", "arm64", "0", "v8.0", "off",
		"-mod=readonly -buildvcs=false", "nofieldtrack"}))
}
