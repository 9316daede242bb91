package alter

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func TestMutate(t *testing.T) {
	g := NewWithT(t)
	code, err := Compile(`if $old != null then .spec.shareProcessNamespace = $old.spec.shareProcessNamespace else del(.spec.shareProcessNamespace) end`)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(mutate(code, []byte(`{"spec":{"shareProcessNamespace":true}}`), nil)).To(MatchJSON(`[{"op":"remove","path":"/spec/shareProcessNamespace"}]`))
	g.Expect(mutate(code, []byte(`{"spec":{"shareProcessNamespace":false}}`), []byte(`{"spec":{"shareProcessNamespace":true}}`))).
		To(MatchJSON(`[{"op":"replace","path":"/spec/shareProcessNamespace","value":true}]`))
	g.Expect(mutate(code, []byte(`{"spec":{}}`), nil)).To(BeNil())
}

// TestHelpersCompile compiles each program in node/ as it is.
func TestHelpersCompile(t *testing.T) {
	for _, helper := range []string{"enter", "pause"} {
		program, err := compileHelper(t.Context(), helper, nil)
		NewWithT(t).Expect(err).NotTo(HaveOccurred(), helper)
		NewWithT(t).Expect(program).NotTo(BeEmpty())
	}
}

func TestRuntimeScriptParses(t *testing.T) {
	g := NewWithT(t)
	script, err := onNode.ReadFile("node/runc.sh")
	g.Expect(err).NotTo(HaveOccurred())
	path := filepath.Join(t.TempDir(), "runc.sh")
	g.Expect(os.WriteFile(path, script, 0o755)).To(Succeed())
	out, err := exec.Command("bash", "-n", path).CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(out))
}
