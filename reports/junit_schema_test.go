package reports_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// schema is what a reader's schema allows: who may stand in whom, and which attributes an element may have.
type schema struct {
	children   map[string][]string
	ordered    bool // children stand in the list's order
	attributes map[string][]string
	required   map[string][]string
}

var (
	// common is as far as most readers agree, and what TestGrid and Spyglass read beside.
	common = schema{
		ordered: true,
		children: map[string][]string{
			"":           {"testsuites"},
			"testsuites": {"testsuite"},
			"testsuite":  {"properties", "testcase"},
			"testcase":   {"properties", "skipped", "error", "failure", "system-out"},
			"properties": {"property"},
		},
		attributes: attributes, required: attributes,
	}
	attributes = map[string][]string{
		"testsuites": {"name", "tests", "failures", "errors", "skipped", "time"},
		"testsuite":  {"name", "timestamp", "tests", "failures", "errors", "skipped", "time"},
		"testcase":   {"name", "classname", "time"},
		"property":   {"name", "value"},
		"skipped":    {"message"},
		"error":      {"message", "type"},
		"failure":    {"message", "type"},
	}
	// xunit10 is Jenkins' xUnit plugin's, as far as files of ours could meet it.
	// Source: https://github.com/jenkinsci/xunit-plugin at 8c515de, types/model/xsd/junit-10.xsd
	xunit10 = schema{
		children: map[string][]string{
			"":           {"testsuites"},
			"testsuites": {"testsuite"},
			"testsuite":  {"testsuite", "properties", "testcase", "system-out", "system-err"},
			"testcase":   {"skipped", "error", "failure", "rerunFailure", "rerunError", "flakyFailure", "flakyError", "system-out", "system-err"},
			"properties": {"property"},
		},
		attributes: map[string][]string{
			"testsuites": {"name", "time", "tests", "failures", "errors"},
			"testsuite":  {"name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url", "version"},
			"testcase":   {"name", "time", "classname", "group"},
			"property":   {"name", "value"},
			"skipped":    {"type", "message"},
			"error":      {"type", "message"},
			"failure":    {"type", "message"},
		},
		required: map[string][]string{
			"testsuite": {"name", "tests", "failures", "errors"},
			"testcase":  {"name"},
			"property":  {"name", "value"},
		},
	}
	numbers = []string{"tests", "failures", "errors", "skipped", "time"}
	// decimal is stricter than the schemas: no sign, no exponent, at most three places.
	decimal = regexp.MustCompile(`^[0-9]+(\.[0-9]{1,3})?$`)
)

// shapes are runs that between them have every element that a file can have.
func shapes() []reports.Run {
	var out []reports.Run
	for _, c := range cases {
		c.run.Started = runOf().Started
		out = append(out, c.run)
	}
	measured := claim("d", reports.Holds)
	measured.Measurements = map[string]float64{"gone_seconds": 3600.5}
	return append(out, runOf(broken(lane("on", measured, claim("e", reports.Contradicted), claim("f", reports.NotObserved)), noBoot)))
}

func TestJUnitFollowsTheSchema(t *testing.T) {
	for form, s := range map[string]schema{"": common, "strict": xunit10} {
		t.Run(form, func(t *testing.T) {
			t.Setenv(reports.JUnitEnv, form)
			for _, run := range shapes() {
				dir := t.TempDir()
				NewWithT(t).Expect(reports.WriteJUnit(dir, run)).To(Succeed())
				files, _ := filepath.Glob(filepath.Join(dir, "*.xml"))
				for _, file := range files {
					NewWithT(t).Expect(s.troubles(t, file)).To(BeEmpty())
				}
			}
		})
	}
}

// What the strict form is for: the common one has what that schema does not allow.
func TestTheCommonFormIsNotStrict(t *testing.T) {
	dir := t.TempDir()
	g := NewWithT(t)
	g.Expect(reports.WriteJUnit(dir, runOf(lane("on", claim("a", reports.Holds))))).To(Succeed())
	g.Expect(xunit10.troubles(t, filepath.Join(dir, "junit_v1.16.15-on_01.xml"))).To(ConsistOf(
		"testsuites has skipped", "properties in testcase", "properties in testcase"))
}

func TestTheStrictFormKeepsProperties(t *testing.T) {
	t.Setenv(reports.JUnitEnv, "strict")
	g := NewWithT(t)
	suite := written(t, runOf(lane("on", informative(claim("a", reports.Contradicted)))), "junit_v1.16.15-on_01.xml")
	g.Expect(suite.Cases[1].Properties).To(BeEmpty())
	g.Expect(*suite.Cases[1].Out).To(HavePrefix("lifecycle: informing\nduration_seconds: 1.500\n\nattached\n"))
	g.Expect(suite.Properties).NotTo(BeEmpty())
}

func TestAnUnknownFormIsRefusedAndTheFilesAreThere(t *testing.T) {
	t.Setenv(reports.JUnitEnv, "jenkins")
	g := NewWithT(t)
	dir := t.TempDir()
	g.Expect(reports.CheckJUnit()).To(MatchError("JUNIT=jenkins: there is no such form of JUnit files; give strict, or leave it out"))
	g.Expect(reports.WriteJUnit(dir, runOf(lane("on", claim("a", reports.Holds))))).NotTo(Succeed())
	g.Expect(filepath.Join(dir, "junit_v1.16.15-on_01.xml")).To(BeAnExistingFile())
}

// troubles lists what the schema does not allow in the file.
func (s schema) troubles(t *testing.T, file string) (out []string) {
	t.Helper()
	g := NewWithT(t)
	f, err := os.Open(file)
	g.Expect(err).NotTo(HaveOccurred())
	defer func() { _ = f.Close() }()

	type open struct {
		name  string
		place int // of the last child among those allowed
	}
	stack := []open{{}}
	for d := xml.NewDecoder(f); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		g.Expect(err).NotTo(HaveOccurred())
		switch e := token.(type) {
		case xml.StartElement:
			parent := &stack[len(stack)-1]
			place := slices.Index(s.children[parent.name], e.Name.Local)
			switch {
			case place < 0:
				out = append(out, e.Name.Local+" in "+parent.name)
			case s.ordered && place < parent.place:
				out = append(out, e.Name.Local+" out of order in "+parent.name)
			}
			parent.place = place
			out = append(out, s.attributeTroubles(e)...)
			stack = append(stack, open{name: e.Name.Local})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}

func (s schema) attributeTroubles(e xml.StartElement) (out []string) {
	have := map[string]string{}
	for _, a := range e.Attr {
		have[a.Name.Local] = a.Value
		if !slices.Contains(s.attributes[e.Name.Local], a.Name.Local) {
			out = append(out, e.Name.Local+" has "+a.Name.Local)
		}
		switch _, notTime := time.Parse("2006-01-02T15:04:05Z", a.Value); { // an xs:dateTime with its zone
		case a.Value == "":
			out = append(out, "an empty "+a.Name.Local+" of "+e.Name.Local)
		case slices.Contains(numbers, a.Name.Local) && !decimal.MatchString(a.Value):
			out = append(out, a.Name.Local+" is "+a.Value)
		case a.Name.Local == "timestamp" && notTime != nil:
			out = append(out, "the timestamp is "+a.Value)
		}
	}
	for _, name := range s.required[e.Name.Local] {
		if _, ok := have[name]; !ok {
			out = append(out, e.Name.Local+" lacks "+name)
		}
	}
	return out
}
