package reports_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// The elements as a reader sees them: everything is text, as it is in the file.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Tests   int          `xml:"tests,attr"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string          `xml:"name,attr"`
		Timestamp  string          `xml:"timestamp,attr"`
		Tests      int             `xml:"tests,attr"`
		Failures   int             `xml:"failures,attr"`
		Errors     int             `xml:"errors,attr"`
		Skipped    int             `xml:"skipped,attr"`
		Time       string          `xml:"time,attr"`
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`
	}
	junitCase struct {
		Name       string          `xml:"name,attr"`
		Classname  string          `xml:"classname,attr"`
		Time       string          `xml:"time,attr"`
		Properties []junitProperty `xml:"properties>property"`
		Error      *junitMessage   `xml:"error"`
		Failure    *junitMessage   `xml:"failure"`
		Skipped    *junitMessage   `xml:"skipped"`
		Out        *string         `xml:"system-out"`
	}
	junitMessage struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
)

func (c junitCase) property(name string) string {
	for _, p := range c.Properties {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// written writes the run and reads back the only suite of the lane's file.
func written(t *testing.T, run reports.Run, file string) junitSuite {
	t.Helper()
	g := NewWithT(t)
	dir := t.TempDir()
	g.Expect(reports.WriteJUnit(dir, run)).To(Succeed())
	data, err := os.ReadFile(filepath.Join(dir, file))
	g.Expect(err).NotTo(HaveOccurred())
	var doc junitSuites
	g.Expect(xml.Unmarshal(data, &doc)).To(Succeed())
	g.Expect(doc.Suites).To(HaveLen(1))
	return doc.Suites[0]
}

func TestJUnitOfALane(t *testing.T) {
	g := NewWithT(t)
	measured := informative(claim("d", reports.Contradicted))
	measured.Measurements = map[string]float64{"gone_seconds": 3.6, "a_count": 2}
	suite := written(t, runOf(lane("on", claim("c", reports.Holds), claim("b", reports.NotApplicable), claim("a", reports.Contradicted), measured)),
		"junit_v1.16.15-on_01.xml")

	g.Expect(suite.Name).To(Equal("gateproof/v1.16.15/on"))
	g.Expect(suite.Timestamp).To(Equal("2026-01-02T02:04:05Z"))
	g.Expect([]int{suite.Tests, suite.Failures, suite.Skipped}).To(Equal([]int{5, 2, 1}))
	g.Expect(suite.Time).To(Equal("18.000"))
	g.Expect(suite.Properties).To(Equal([]junitProperty{
		{"kubernetes-version", "v1.16.15"}, {"lane", "on"}, {"expect", "shared"},
		{"kernel", "6.18"}, {"runtime", "containerd 1.6.20"}, {"gateproof-version", "v0.1.0"},
	}))

	infra, a, b, c, d := suite.Cases[0], suite.Cases[1], suite.Cases[2], suite.Cases[3], suite.Cases[4]
	g.Expect(infra).To(And(HaveField("Name", "Infrastructure"), HaveField("Classname", "gateproof.on.infrastructure"), HaveField("Time", "12.000"), HaveField("Error", BeNil())))
	g.Expect(c).To(And(HaveField("Name", "c: what c says"), HaveField("Classname", "gateproof.on.signals"), HaveField("Out", BeNil()), HaveField("Failure", BeNil()), HaveField("Skipped", BeNil())))

	const headline = "a: the old worker lives: expected 14 to equal 15"
	g.Expect(a.Failure.Message).To(Equal(headline))
	g.Expect(a.Failure.Type).To(Equal("conformance"))
	g.Expect(a.Failure.Text).To(And(HavePrefix(headline+"\n\n"), ContainSubstring("Timed out after"), HaveSuffix("\n\nat e2e/signals.go:12")))
	g.Expect(*a.Out).To(Equal("attached\n\n--- ps ax\nPID 1 /pause"))
	g.Expect(a.property("duration_seconds")).To(Equal("1.500"))

	g.Expect(b.Skipped.Message).To(Equal("not applicable: the field is dropped"))
	g.Expect(b.Skipped.Text).To(Equal(b.Skipped.Message))
	g.Expect(b.Out).To(BeNil())

	g.Expect(d.Properties).To(Equal([]junitProperty{
		{"lifecycle", "informing"}, {"duration_seconds", "1.500"}, {"a_count", "2.000"}, {"gone_seconds", "3.600"},
	}))
}

func TestOnlyContradictionsAreFailures(t *testing.T) {
	g := NewWithT(t)
	suite := written(t, runOf(broken(lane("on", claim("a", reports.Contradicted), claim("b", reports.NotObserved), claim("c", reports.NotRun),
		informative(because(claim("d", reports.NotObserved), reports.CauseExec, "no answer"))), warned)), "junit_v1.16.15-on_01.xml")
	g.Expect([]int{suite.Tests, suite.Failures, suite.Errors, suite.Skipped}).To(Equal([]int{5, 1, 4, 0}))
	infra, b, c, d := suite.Cases[0], suite.Cases[2], suite.Cases[3], suite.Cases[4]
	g.Expect(infra.Error.Message).To(Equal("try the claims: 1 of 4 claims were not run; c: interrupted while it ran"))
	g.Expect(*infra.Out).To(Equal("warning: remove the namespaces: gateproof-1 does not go"))
	g.Expect(b.Error.Type).To(Equal("admission"))
	g.Expect(b.Error.Message).To(Equal(`b: not observed, refused by admission: admission webhook "no-root" denied the request: runAsUser 0 in pod "b"`))
	g.Expect(b.Error.Text).To(And(HavePrefix(b.Error.Message+"\n\nadmission webhook"), ContainSubstring("What to do: allow what the fixtures ask for")))
	g.Expect(*b.Out).To(ContainSubstring("PID 1 /pause"))
	g.Expect(c.Error).To(HaveValue(Equal(junitMessage{"not run: interrupted while it ran", "not-run", "not run: interrupted while it ran"})))
	g.Expect(d.Error.Type).To(Equal("exec"))
	g.Expect(d.property("lifecycle")).To(Equal("informing"))
	for _, k := range suite.Cases {
		g.Expect(k.Skipped).To(BeNil(), k.Name)
	}
}

func TestJUnitOfTroubles(t *testing.T) {
	t.Run("a lane that never came up", func(t *testing.T) {
		g := NewWithT(t)
		run := runOf(lane("on", claim("a", reports.Holds)), broken(lane("off", claim("a", reports.NotRun)), noBoot))
		g.Expect(written(t, run, "junit_v1.16.15-on_01.xml").Errors).To(Equal(0))
		suite := written(t, run, "junit_v1.16.15-off_01.xml")
		infra := suite.Cases[0]
		g.Expect(infra.Error.Message).To(Equal("boot: the kubelet did not start"))
		g.Expect(*infra.Out).To(Equal("boot printed:\nkubelet: cgroup \\x00 v2"))
		g.Expect(suite.Cases[1].Error.Message).To(Equal("not run: interrupted while it ran"))
	})
	t.Run("no lane is known", func(t *testing.T) {
		g := NewWithT(t)
		dir := t.TempDir()
		problem := reports.Problem{Step: "read LANES", Message: "no lane is called \"onn\"\nthere are: on, off"}
		g.Expect(reports.WriteJUnit(dir, reports.Run{Infrastructure: []reports.Problem{problem}})).To(Succeed())
		data, err := os.ReadFile(filepath.Join(dir, "junit_infrastructure_01.xml"))
		g.Expect(err).NotTo(HaveOccurred())
		var doc junitSuites
		g.Expect(xml.Unmarshal(data, &doc)).To(Succeed())
		g.Expect(doc.Tests).To(Equal(1))
		infra := doc.Suites[0].Cases[0]
		g.Expect(infra.Classname).To(Equal("gateproof.infrastructure"))
		g.Expect(infra.Error.Message).To(Equal(`read LANES: no lane is called "onn" there are: on, off`))
		g.Expect(infra.Error.Text).To(Equal("read LANES: no lane is called \"onn\"\nthere are: on, off"))
	})
	t.Run("the lanes are known and nothing ran", func(t *testing.T) {
		g := NewWithT(t)
		dir := t.TempDir()
		g.Expect(reports.WriteJUnit(dir, reports.Run{Lanes: []reports.Lane{lane("on"), lane("off")}, Infrastructure: []reports.Problem{noBoot}})).To(Succeed())
		files, _ := filepath.Glob(filepath.Join(dir, "*"))
		g.Expect(files).To(HaveLen(2))
	})
	t.Run("a folder that cannot be made", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		NewWithT(t).Expect(os.WriteFile(file, nil, 0o600)).To(Succeed())
		NewWithT(t).Expect(reports.WriteJUnit(filepath.Join(file, "out"), runOf())).NotTo(Succeed())
	})
}

func TestJUnitIsLegalAndBounded(t *testing.T) {
	g := NewWithT(t)
	r := claim("a", reports.Contradicted)
	r.Title = "a <title> with \x07 & \"quotes\""
	r.Failure = "bad \x00 byte \xff, ]]> and \ufffe"
	r.Output = strings.Repeat("a line of output\n", 20000) + "the end"
	r.Evidence = []reports.Evidence{{Name: "cmdline", Text: "nginx:\x00master\x1b[31m red\x1b[0m\r\n\x85"}}
	c := written(t, runOf(lane("on", r)), "junit_v1.16.15-on_01.xml").Cases[1]
	g.Expect(c.Name).To(Equal(`a: a <title> with \x07 & "quotes"`))
	g.Expect(c.Failure.Text).To(ContainSubstring(`bad \x00 byte \xff, ]]> and \ufffe`))
	g.Expect(*c.Out).To(HaveSuffix("the end\n\n--- cmdline\nnginx:\\x00master red\n\\x85"))
	g.Expect(*c.Out).To(MatchRegexp(`^\[\d+ bytes left out\]\na line of output\n`))
	g.Expect(len(*c.Out)).To(BeNumerically("<=", 64<<10+100))
}

func TestJUnitIsTheSameTwice(t *testing.T) {
	g := NewWithT(t)
	results := []reports.Result{claim("a", reports.Contradicted), claim("b", reports.Holds), informative(claim("c", reports.Contradicted))}
	dir := t.TempDir()
	path := filepath.Join(dir, "junit_v1.16.15-on_01.xml")
	g.Expect(reports.WriteJUnit(dir, runOf(lane("on", results...)))).To(Succeed())
	first, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	results[0], results[2] = results[2], results[0]
	g.Expect(reports.WriteJUnit(dir, runOf(lane("on", results...)))).To(Succeed())
	second, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(second)).To(Equal(string(first)))
	entries, _ := os.ReadDir(dir)
	g.Expect(entries).To(HaveLen(1), "no temporary file is left")
}

// TestGrid parts file names with this shape; with more underscores the rest of the name becomes the context.
func TestJUnitFile(t *testing.T) {
	testGrid := regexp.MustCompile(`^junit(_[^_]+)?(_\d+-\d+)?(_\d+)?\.xml$`)
	for _, test := range []struct{ version, name, file string }{
		{"v1.16.15", "off", "junit_v1.16.15-off_01.xml"},
		{"", "mine", "junit_mine_01.xml"},
		{"v1.34.1+k3s1", "my_lane/x", "junit_v1.34.1-k3s1-my-lane-x_01.xml"},
	} {
		g := NewWithT(t)
		g.Expect(reports.JUnitFile(reports.Lane{Name: test.name, Version: test.version})).To(Equal(test.file))
		g.Expect(test.file).To(MatchRegexp(testGrid.String()))
	}
}
