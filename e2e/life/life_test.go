package life

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	. "github.com/onsi/gomega"
	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/reports"
)

func declared(g Gomega) Life {
	lanes, err := lane.All()
	g.Expect(err).NotTo(HaveOccurred())
	l, err := Of(lanes)
	g.Expect(err).NotTo(HaveOccurred())
	return l
}

func TestTheGatesLifeAsDeclared(t *testing.T) {
	g := NewWithT(t)
	l := declared(g)
	stages := map[string]Stage{}
	offs := map[string]Off{}
	for _, r := range l.Releases {
		stages[r.Minor], offs[r.Minor] = r.Stage, r.Off
	}
	g.Expect(stages).To(HaveKeyWithValue("v1.10", Alpha))
	g.Expect(stages).To(HaveKeyWithValue("v1.12", Beta))
	g.Expect(stages).To(HaveKeyWithValue("v1.15", Beta), "its lanes name the gate; its neighbours say")
	g.Expect(stages).To(HaveKeyWithValue("v1.17", Stable))
	g.Expect(stages).To(HaveKeyWithValue("v1.37", Removed))
	g.Expect(offs).To(HaveKeyWithValue("v1.12", Refused))
	g.Expect(offs).To(HaveKeyWithValue("v1.16", Dropped))
	g.Expect(offs).To(HaveKeyWithValue("v1.17", Impossible))
}

func TestARunIsMeasuredBesideIt(t *testing.T) {
	g := NewWithT(t)
	l := declared(g)
	l.Measure(reports.Run{Lanes: []reports.Lane{
		{Name: "on", Version: "v1.16.15", Results: []reports.Result{{Claim: "a", Kind: reports.Conformance, Verdict: reports.Holds}}},
		{Name: "off", Version: "v1.16.15", Results: []reports.Result{{Claim: "a", Kind: reports.Conformance, Verdict: reports.Contradicted}}},
	}})
	theirs := declared(g)
	theirs.Measure(reports.Run{Lanes: []reports.Lane{{Name: "prod-eu", Version: "v1.17.3"}}})
	for _, r := range theirs.Releases {
		g.Expect(r.Measured != nil).To(Equal(r.Minor == "v1.17"), "a cluster that somebody has is of its release")
	}
	for _, r := range l.Releases {
		if r.Minor == "v1.16" {
			g.Expect(r.Measured).To(HaveKeyWithValue("on", Found{Version: "v1.16.15", Holds: 1, Result: reports.Success}))
			g.Expect(r.Measured["off"].Against).To(Equal([]string{"a"}))
		} else {
			g.Expect(r.Measured).To(BeNil())
		}
	}
	schema, err := Schema()
	g.Expect(err).NotTo(HaveOccurred())
	compiler := validator.NewCompiler()
	parsed, err := validator.UnmarshalJSON(bytes.NewReader(schema))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(compiler.AddResource("life.json", parsed)).To(Succeed())
	compiled, err := compiler.Compile("life.json")
	g.Expect(err).NotTo(HaveOccurred())
	text, err := json.Marshal(l)
	g.Expect(err).NotTo(HaveOccurred())
	value, err := validator.UnmarshalJSON(bytes.NewReader(text))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(compiled.Validate(value)).To(Succeed())
}

func TestTheDocsTableIsTheRecords(t *testing.T) {
	g := NewWithT(t)
	page, err := os.ReadFile("../GATE.md")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(page)).To(HaveSuffix("\n\n"+declared(g).Table()), "e2e/GATE.md is not what the lanes say: its table is what `gateproof report gate --markdown` prints")
}
