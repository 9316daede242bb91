package settings

import (
	"os"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/input"
)

// told runs a command that has these options, and returns what it is told.
func told(t *testing.T, options []string, args ...string) (env func(string) string, err error) {
	ran := false
	cmd := &cobra.Command{Use: "x", SilenceErrors: true, SilenceUsage: true, RunE: func(*cobra.Command, []string) error { ran = true; return nil }}
	Add(cmd, options...)
	cmd.SetArgs(append([]string{}, args...)) // none are not this process's
	err = cmd.Execute()
	NewWithT(t).Expect(ran).To(Equal(err == nil))
	return os.Getenv, err
}

func clear(t *testing.T) {
	for _, o := range Options {
		t.Setenv(o.Variable, "")
		t.Cleanup(func() { input.Given(o.Variable, "") })
	}
}

func TestFlagsOverrideVariables(t *testing.T) {
	g := NewWithT(t)
	clear(t)
	t.Setenv(LanesEnv, "off")
	t.Setenv(FocusEnv, "hup")
	t.Setenv(DryRunEnv, "1")
	env, err := told(t, []string{"lanes", "focus", "dry-run"}, "--lanes=on,latest", "--lanes", "ga", "--dry-run=false")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(env(LanesEnv)).To(Equal("on,latest,ga"))
	g.Expect(env(FocusEnv)).To(Equal("hup"), "not said otherwise")
	g.Expect(env(DryRunEnv)).To(BeEmpty())
}

func TestWhatCannotBeIsRefusedWithTheAllowedValues(t *testing.T) {
	g := NewWithT(t)
	clear(t)
	_, err := told(t, []string{"field"}, "--field=lost")
	g.Expect(err).To(MatchError("--field=lost: allowed: kept, dropped, refused"))
	g.Expect(err).To(MatchError(input.Err))
	t.Setenv(ProcsEnv, "many")
	_, err = told(t, []string{"parallel"})
	g.Expect(err).To(MatchError("PROCS=many: not a positive number"))
	t.Setenv(DryRunEnv, "maybe")
	_, err = told(t, []string{"dry-run"})
	g.Expect(err).To(MatchError("DRY_RUN=maybe: allowed: true, false"))
	_, err = told(t, []string{"fixtures"}, "--fixtures=/no/such/folder")
	g.Expect(err).To(MatchError("--fixtures=/no/such/folder is not a folder"))
	_, err = told(t, nil, "--lanes=on")
	g.Expect(err).To(MatchError("unknown flag: --lanes"), "of a command that has no lanes")
}

func TestEachOptionIsOneFlagAndOneVariable(t *testing.T) {
	g := NewWithT(t)
	seen := map[string]bool{}
	for _, o := range Options {
		g.Expect(seen).NotTo(HaveKey(o.Flag))
		g.Expect(seen).NotTo(HaveKey(o.Variable))
		seen[o.Flag], seen[o.Variable] = true, true
		g.Expect(o.Says).NotTo(BeEmpty())
	}
}

// KUBECONFIG is in many a shell. Who gives the flag means that cluster, and no other shall be proved in its place.
func TestAFlagNamesAClusterOnPurpose(t *testing.T) {
	g := NewWithT(t)
	clear(t)
	t.Setenv(KubeconfigEnv, "/some/file")
	_, err := FromEnv()
	g.Expect(err).NotTo(HaveOccurred())
	_, err = told(t, []string{"kubeconfig", "expect"}, "--kubeconfig=/some/file")
	g.Expect(err).NotTo(HaveOccurred())
	_, err = FromEnv()
	g.Expect(err).To(MatchError(ContainSubstring("--kubeconfig=/some/file names a cluster that is there: say what it promises, too: --expect")))
	t.Setenv(ExpectEnv, "shared")
	t.Setenv(NodeImageEnv, "mine")
	_, err = FromEnv()
	g.Expect(err).To(MatchError(ContainSubstring("NODE_IMAGE=mine and EXPECT=shared exclude each other")))
}
