package html_test

import (
	"bytes"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports/html"
	"github.com/gateproof/gateproof/reports/kill"
)

func kills() kill.Matrix {
	return kill.Matrix{
		SuiteVersion: "v0.1.0", Started: holding().Started, Whole: true, Claims: []string{"hup-restarts-worker", "cri-mode", "idle"},
		Mutants: []kill.Mutant{
			{ID: "nginx-keeps-its-worker", Breaks: "nginx does not replace its worker", Why: "an upgrade under a running server", Component: "page", Lane: "on",
				KilledBy: []kill.Kill{{Claim: "hup-restarts-worker", Headline: "hup-restarts-worker: the old worker lives"}}, Held: []string{"cri-mode"}},
			{ID: "unnoticed", Breaks: "nothing that matters", Why: "it never is", Component: "runtime", Lane: "off", Held: []string{"cri-mode"},
				Unobserved: []kill.Kill{{Claim: "hup-restarts-worker", Headline: "hup-restarts-worker: not observed, no image: not found"}}},
		},
	}
}

func killPage(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := html.RenderKills(&out, kills()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// guarded is a run's page with both matrices.
func guarded(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	m, healthy := kills(), peaceful()
	if err := html.Render(&out, holding(), &m, &healthy); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestKillMatrix(t *testing.T) {
	g := NewWithT(t)
	g.Expect(killPage(t)).To(And(
		ContainSubstring("<title>gateproof: 1 of 2 mutants killed; 1 of 3 claims kill</title>"),
		ContainSubstring("mutant unnoticed survived"), ContainSubstring("claim idle is a decoration"),
		ContainSubstring("Not observed, which is no kill"), ContainSubstring("no image: not found"),
		ContainSubstring("hup-restarts-worker: the old worker lives"),
	))
	g.Expect(guarded(t)).To(And(ContainSubstring("Which claim guards what"), ContainSubstring("nginx does not replace its worker")))
	g.Expect(rendered(t, holding())).NotTo(ContainSubstring("Which claim guards what"))
}
