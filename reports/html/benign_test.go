package html_test

import (
	"bytes"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/benign"
	"github.com/gateproof/gateproof/reports/html"
)

func peaceful() benign.Matrix {
	return benign.Matrix{
		SuiteVersion: "v0.1.0", Started: holding().Started, Whole: true, Claims: []string{"hup-restarts-worker", "cri-mode", "idle"},
		Variants: []benign.Variant{
			{ID: "mesh-appends", Habit: "a webhook appends a proxy container to every pod", Why: "service meshes do", Family: "injected", Lane: "on", Exit: 2,
				InForce: "the look found container proxy in a pod that was sent without", Held: []string{"cri-mode"}, May: []string{"hup-restarts-worker"},
				Unobserved: []benign.Saying{{Claim: "hup-restarts-worker", Cause: reports.CauseAdmission, Headline: "hup-restarts-worker: not observed, refused by admission: <b>denied</b>"}}},
			{ID: "apparmor", Habit: "a profile refuses signals to PID 1", Why: "Ubuntu and Debian have it", Family: "kernels", Lane: "on", Exit: 1, InForce: "kill -0 1 answers EACCES",
				Held: []string{"cri-mode"}, Accused: []benign.Saying{{Claim: "hup-restarts-worker", Headline: "hup-restarts-worker: the old worker lives"}}},
			{ID: "idle-habit", Habit: "nothing", Why: "none", Lane: "off", Held: []string{"cri-mode"}},
			{ID: "yama", Habit: "ptrace is for parents alone", Why: "Ubuntu", Lane: "on", Left: "this kernel has no Yama"},
		},
	}
}

func benignMatrixPage(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := html.RenderBenign(&out, peaceful()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestBenignMatrix(t *testing.T) {
	g := NewWithT(t)
	g.Expect(benignMatrixPage(t)).To(And(
		ContainSubstring("<title>gateproof: 1 of 3 healthy clusters not accused (1 left out)</title>"),
		ContainSubstring("variant apparmor is accused although it is healthy"), ContainSubstring("nothing shows it"),
		ContainSubstring("the look found container proxy"), ContainSubstring("&lt;b&gt;denied&lt;/b&gt;"),
		ContainSubstring("<strong>yama</strong>: ptrace is for parents alone; this kernel has no Yama"),
	))
	g.Expect(guarded(t)).To(And(ContainSubstring("Which healthy clusters are left in peace"), ContainSubstring("a webhook appends a proxy container")))
	g.Expect(rendered(t, holding())).NotTo(ContainSubstring("left in peace"))
}
