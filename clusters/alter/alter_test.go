package alter

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func TestMeans(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Change{}.Validate()).To(MatchError(ContainSubstring("in no way")))
	g.Expect(Change{Admit: ".", Config: "."}.Means()).To(Equal(2))
	for words, c := range map[string]Change{
		"path and answer":           {Path: "/version", Admit: "."},
		"it is for config":          {Process: ".", Key: "."},
		"it is for refuse":          {Admit: ".", Code: 400},
		"change, restore and ready": {Node: &Shell{Change: "true"}},
		"there is no node/none.c":   {Config: ".", Helper: "none"},
		`"nodes" is no resource`:    {Admit: ".", Of: []string{"nodes"}},
		"unexpected EOF":            {Refuse: "if"},
		"without apiVersion":        {Apply: "kind: ConfigMap"},
		"has no habit":              {Serve: &Serve{}},
		`"closed"`:                  {Serve: &Serve{SPDY: "closed"}},
		"after and for":             {Serve: &Serve{Outage: &Outage{After: 1}}},
		"the proxy has its own":     {Serve: &Serve{SPDY: isRefused}, Credentials: &Credentials{}},
		"matters only where a call": {Credentials: &Credentials{Alone: true}},
		"cpus":                      {Container: &Container{}},
	} {
		g.Expect(c.Validate()).To(MatchError(ContainSubstring(words)), "%+v", c)
	}
	g.Expect(Change{Serve: &Serve{SPDY: isRefused}, EachNamespace: "{apiVersion: v1, kind: LimitRange, metadata: {name: a}}"}.Validate()).To(Succeed())
}

// TestHelpersCompile compiles each program in node/ as it is.
func TestHelpersCompile(t *testing.T) {
	for _, helper := range []string{"enter", "pause"} {
		out, err := exec.Command("gcc", "-Wall", "-Werror", "-static", "-o", filepath.Join(t.TempDir(), helper), "node/"+helper+".c").CombinedOutput()
		NewWithT(t).Expect(err).NotTo(HaveOccurred(), string(out))
	}
}

func TestScriptsParse(t *testing.T) {
	script, err := onNode.ReadFile("node/runc.sh")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for name, text := range map[string][]byte{"runc.sh": script, "credentials.sh": credentialsScript} {
		path := filepath.Join(t.TempDir(), name)
		NewWithT(t).Expect(os.WriteFile(path, text, 0o755)).To(Succeed())
		out, err := exec.Command("bash", "-n", path).CombinedOutput()
		NewWithT(t).Expect(err).NotTo(HaveOccurred(), string(out))
	}
}
