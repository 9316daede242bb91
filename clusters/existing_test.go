package clusters

import (
	"context"
	"os"
	"path/filepath"
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

	file := filepath.Join(t.TempDir(), "config")
	g.Expect(os.WriteFile(file, []byte(`apiVersion: v1
kind: Config
current-context: mine
contexts: [{name: mine, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: u, user: {}}]
`), 0o600)).To(Succeed())
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
	g.Expect(lane).To(Equal(Lane{Name: ExistingLane, File: "KUBECONFIG, EXPECT", Expect: Expectation{Processes: Shared}}))
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
