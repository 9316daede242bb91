package settings

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/existing"
	"github.com/gateproof/gateproof/clusters/input"
)

func TestFromEnv(t *testing.T) {
	for name, c := range map[string]struct {
		env   map[string]string
		lanes []string
		err   string
	}{
		"default":              {lanes: []string{"on", "off"}},
		"kubeconfig alone":     {env: map[string]string{KubeconfigEnv: "/some/file"}, lanes: []string{"on", "off"}},
		"one lane":             {env: map[string]string{LanesEnv: "off"}, lanes: []string{"off"}},
		"unknown lane":         {env: map[string]string{LanesEnv: "onn"}, err: `there is no lane "onn"`},
		"existing":             {env: map[string]string{KubeconfigEnv: "/some/file", ExpectEnv: "shared"}, lanes: []string{existing.Lane}},
		"called by the user":   {env: map[string]string{KubeconfigEnv: "/some/file", ExpectEnv: "shared", ClusterEnv: "prod-eu"}, lanes: []string{"prod-eu"}},
		"called by context":    {env: map[string]string{KubeconfigEnv: "/f", ExpectEnv: "shared", ContextEnv: "Prod_EU"}, lanes: []string{"prod-eu"}},
		"no name":              {env: map[string]string{KubeconfigEnv: "/f", ExpectEnv: "shared", ClusterEnv: "../x"}, err: "CLUSTER=../x: lower-case letters"},
		"a name for our own":   {env: map[string]string{ClusterEnv: "prod-eu"}, lanes: []string{"on", "off"}},
		"secret of no one":     {env: map[string]string{PullSecretEnv: "ci/pull"}, err: "is for an existing cluster: it needs KUBECONFIG and EXPECT"},
		"expectation alone":    {env: map[string]string{ExpectEnv: "shared"}, err: "it needs --kubeconfig path, too (KUBECONFIG)"},
		"unknown expectation":  {env: map[string]string{KubeconfigEnv: "/some/file", ExpectEnv: "onn"}, err: "EXPECT=onn: allowed: shared, isolated"},
		"existing and lanes":   {env: map[string]string{KubeconfigEnv: "/f", ExpectEnv: "shared", LanesEnv: "on"}, err: "exclude each other"},
		"registry of no one":   {env: map[string]string{RegistryEnv: "r.example/x"}, err: "is for an existing cluster: it needs KUBECONFIG and EXPECT"},
		"nodes of no one":      {env: map[string]string{NodesEnv: "all"}, err: "is for an existing cluster: it needs KUBECONFIG and EXPECT"},
		"no such nodes":        {env: map[string]string{KubeconfigEnv: "/f", ExpectEnv: "shared", NodesEnv: "a,"}, err: "NODES=a,: allowed: each-kind"},
		"unknown field's fate": {env: map[string]string{KubeconfigEnv: "/f", ExpectEnv: "isolated", FieldEnv: "lost"}, err: "FIELD=lost"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			for _, key := range []string{LanesEnv, NodeImageEnv, KubeconfigEnv, ContextEnv, ClusterEnv, ExpectEnv, FieldEnv, RegistryEnv, PullSecretEnv, NodesEnv} {
				t.Setenv(key, c.env[key])
			}
			s, err := FromEnv()
			if c.err != "" {
				g.Expect(err).To(MatchError(ContainSubstring(c.err)))
				g.Expect(err).To(MatchError(input.Err))
				return
			}
			g.Expect(err).NotTo(HaveOccurred())
			var lanes []string
			for _, l := range s.Lanes {
				lanes = append(lanes, l.Name)
			}
			g.Expect(lanes).To(Equal(c.lanes))
		})
	}
}
