package clusters

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestFieldByVersion(t *testing.T) {
	for version, want := range map[string]Field{"v1.10.13": Dropped, "v1.12.10": Refused, "v1.13.0": Refused, "v1.16.15": Dropped} {
		g := NewWithT(t)
		got, err := fieldByVersion(version, Isolated)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(got).To(Equal(want), version)
		g.Expect(fieldByVersion(version, Shared)).To(Equal(Kept))
	}
	g := NewWithT(t)
	_, err := fieldByVersion("v1.20.0", Isolated)
	g.Expect(err).To(MatchError(ErrInput))
}

func TestAttachSaysWhatDoesNotAnswer(t *testing.T) {
	g := NewWithT(t)
	_, err := Existing{Kubeconfig: "/no/such/file", Lane: Lane{Expect: Expectation{Processes: Shared}}}.Attach(context.Background())
	g.Expect(err).To(MatchError(ErrInput))
	g.Expect(err).To(MatchError(ContainSubstring("/no/such/file")))

	file := kubeconfigFile(t, "mine")
	_, err = Existing{Kubeconfig: file, Lane: Lane{Expect: Expectation{Processes: Shared}}}.Attach(context.Background())
	g.Expect(err).To(MatchError(ErrInput))
	g.Expect(err).To(MatchError(ContainSubstring(`context "mine" at https://127.0.0.1:1 does not answer`)))
	_, err = Existing{Kubeconfig: file, Context: "other", Lane: Lane{Expect: Expectation{Processes: Shared}}}.Attach(context.Background())
	g.Expect(err).To(MatchError(ContainSubstring(`"other"`)))
}

func TestParseExpect(t *testing.T) {
	g := NewWithT(t)
	lane, err := ParseExpect("shared")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(lane).To(Equal(Lane{Name: ExistingLane, Existing: true, File: "KUBECONFIG, EXPECT", Expect: Expectation{Processes: Shared}}))
	lane, err = ParseExpect("v1-12-off")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(lane.Expect).To(HaveField("Field", Refused))
	lane, err = ParseExpect("latest-runsc")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(lane.Informative).To(HaveKey("pause-is-pid-1"))
	g.Expect(lane.RuntimeClass).To(BeEmpty(), "it is the cluster's to have one")
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
		{context: "здесь", name: ExistingLane},
		{context: "any", asked: "prod-eu", name: "prod-eu"},
	} {
		lane, err := ParseExpect("shared")
		g.Expect(err).NotTo(HaveOccurred())
		e, err := Existing{Kubeconfig: file, Context: c.context, Lane: lane}.Called(c.asked)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(e.Lane.Name).To(Equal(c.name))
		g.Expect(e.Lane.Name).To(MatchRegexp(laneName.String()))
	}
	_, err := Existing{}.Called("Prod EU")
	g.Expect(err).To(MatchError(ErrInput))
	e, err := Existing{Kubeconfig: "/no/such/file", Lane: Lane{Name: ExistingLane}}.Called("")
	g.Expect(err).NotTo(HaveOccurred(), "Attach says it")
	g.Expect(e.Lane.Name).To(Equal(ExistingLane))
}

func TestKubeconfigsAreMerged(t *testing.T) {
	g := NewWithT(t)
	a, b := kubeconfigFile(t, "a"), kubeconfigFile(t, "b")
	config := func(list ...string) (current string, contexts int, err error) {
		loader, err := loadKubeconfig(strings.Join(list, string(os.PathListSeparator)), "")
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
	cfg, err := Cluster{Kubeconfig: a + string(os.PathListSeparator) + b, Context: "b"}.RESTConfig()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(cfg.Host).To(Equal("https://127.0.0.1:1"))

	t.Chdir(filepath.Dir(a))
	abs, err := AbsoluteKubeconfig(filepath.Base(a) + string(os.PathListSeparator) + b)
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
