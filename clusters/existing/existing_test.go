package existing

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
)

func TestFieldByVersion(t *testing.T) {
	for version, want := range map[string]lane.Field{"v1.10.13": lane.Dropped, "v1.12.10": lane.Refused, "v1.13.0": lane.Refused, "v1.16.15": lane.Dropped} {
		g := NewWithT(t)
		got, err := fieldByVersion(version, lane.Isolated)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(got).To(Equal(want), version)
		g.Expect(fieldByVersion(version, lane.Shared)).To(Equal(lane.Kept))
	}
	g := NewWithT(t)
	_, err := fieldByVersion("v1.20.0", lane.Isolated)
	g.Expect(err).To(MatchError(input.Err))
}

func TestAttachSaysWhatDoesNotAnswer(t *testing.T) {
	g := NewWithT(t)
	_, err := Cluster{Kubeconfig: "/no/such/file", Lane: lane.Lane{Expect: lane.Expectation{Processes: lane.Shared}}}.Attach(context.Background())
	g.Expect(err).To(MatchError(input.Err))
	g.Expect(err).To(MatchError(ContainSubstring("/no/such/file")))

	file := kubeconfigFile(t, "mine")
	_, err = Cluster{Kubeconfig: file, Lane: lane.Lane{Expect: lane.Expectation{Processes: lane.Shared}}}.Attach(context.Background())
	g.Expect(err).To(MatchError(input.Err))
	g.Expect(err).To(MatchError(ContainSubstring(`context "mine" at https://127.0.0.1:1 does not answer`)))
	_, err = Cluster{Kubeconfig: file, Context: "other", Lane: lane.Lane{Expect: lane.Expectation{Processes: lane.Shared}}}.Attach(context.Background())
	g.Expect(err).To(MatchError(ContainSubstring(`"other"`)))
}

func TestParseExpect(t *testing.T) {
	g := NewWithT(t)
	l, err := ParseExpect("shared")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(l).To(Equal(lane.Lane{Name: Lane, Cluster: true, File: "KUBECONFIG, EXPECT", Expect: lane.Expectation{Processes: lane.Shared}}))
	l, err = ParseExpect("v1-12-off")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(l.Expect).To(HaveField("Field", lane.Refused))
	l, err = ParseExpect("latest-runsc")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(l.Informative).To(HaveKey("hup-1-hits-sandbox"))
	g.Expect(l.RuntimeClass).To(BeEmpty(), "it is the cluster's to have one")
	_, err = ParseExpect("onn")
	g.Expect(err).To(MatchError(ContainSubstring("EXPECT=onn: allowed: shared, isolated, or a declared lane")))
	_, err = ParseField("gone")
	g.Expect(err).To(MatchError("FIELD=gone: allowed: kept, dropped, refused"))
}

func TestExistingClustersAreCalledByTheirContext(t *testing.T) {
	g := NewWithT(t)
	file := kubeconfigFile(t, "GKE_proj_Europe-West1_prod")
	for _, c := range []struct{ asked, context, name string }{
		{name: "gke-proj-europe-west1-prod"},
		{context: "arn:aws:eks:eu-west-1:1234:cluster/prod", name: "arn-aws-eks-eu-west-1-1234-cluster-prod"},
		{context: "admin@здесь", name: "admin"},
		{context: "здесь", name: Lane},
		{context: "any", asked: "prod-eu", name: "prod-eu"},
	} {
		l, err := ParseExpect("shared")
		g.Expect(err).NotTo(HaveOccurred())
		e, err := Cluster{Kubeconfig: file, Context: c.context, Lane: l}.Called(c.asked)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(e.Lane.Name).To(Equal(c.name))
		g.Expect(e.Lane.Name).To(MatchRegexp(lane.NamePattern.String()))
	}
	_, err := Cluster{}.Called("Prod EU")
	g.Expect(err).To(MatchError(input.Err))
	e, err := Cluster{Kubeconfig: "/no/such/file", Lane: lane.Lane{Name: Lane}}.Called("")
	g.Expect(err).NotTo(HaveOccurred(), "Attach says it")
	g.Expect(e.Lane.Name).To(Equal(Lane))
}

func TestKubeconfigsAreMerged(t *testing.T) {
	g := NewWithT(t)
	a, b := kubeconfigFile(t, "a"), kubeconfigFile(t, "b")
	config := func(list ...string) (current string, contexts int, err error) {
		loader, err := clusters.LoadKubeconfig(strings.Join(list, string(os.PathListSeparator)), "")
		if err != nil {
			return "", 0, err
		}
		raw, err := loader.RawConfig()
		return raw.CurrentContext, len(raw.Contexts), err
	}
	for _, list := range [][]string{{a, b}, {a, "", b, a}, {"/no/such/file", a, b}} {
		current, contexts, err := config(list...)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(current).To(Equal("a"), "%q: the first that says one", list)
		g.Expect(contexts).To(Equal(2), "%q", list)
	}
	_, _, err := config("/no/such/file", "/nor/this")
	g.Expect(err).To(MatchError("none of these files is there: /no/such/file, /nor/this"))
	_, _, err = config("")
	g.Expect(err).To(HaveOccurred())
	cfg, err := clusters.Cluster{Kubeconfig: a + string(os.PathListSeparator) + b, Context: "b"}.RESTConfig()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(cfg.Host).To(Equal("https://127.0.0.1:1"))

	t.Chdir(filepath.Dir(a))
	abs, err := clusters.AbsoluteKubeconfig(filepath.Base(a) + string(os.PathListSeparator) + b)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(abs).To(Equal(a + string(os.PathListSeparator) + b))
}

// kubeconfigFile is a file with one context, which is the current one.
func kubeconfigFile(t *testing.T, context string) string {
	file := filepath.Join(t.TempDir(), "config")
	text := strings.ReplaceAll(`apiVersion: v1
kind: Config
current-context: NAME
contexts: [{name: NAME, context: {cluster: NAME, user: NAME}}]
clusters: [{name: NAME, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: NAME, user: {}}]
`, "NAME", context)
	NewWithT(t).Expect(os.WriteFile(file, []byte(text), 0o600)).To(Succeed())
	return file
}
