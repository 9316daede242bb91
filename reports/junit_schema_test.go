package reports_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// The common JUnit schema, as far as its readers agree: who may stand in whom, in this order, and which attributes
// an element has; those in numbers hold decimal numbers.
var (
	children = map[string][]string{
		"":           {"testsuites"},
		"testsuites": {"testsuite"},
		"testsuite":  {"properties", "testcase"},
		"testcase":   {"properties", "skipped", "error", "failure", "system-out"},
		"properties": {"property"},
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
	numbers = []string{"tests", "failures", "errors", "skipped", "time"}
)

func TestJUnitFollowsTheSchema(t *testing.T) {
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			test.run.Started = runOf().Started
			NewWithT(t).Expect(reports.WriteJUnit(dir, test.run)).To(Succeed())
			files, _ := filepath.Glob(filepath.Join(dir, "*.xml"))
			for _, file := range files {
				checkSchema(t, file)
			}
		})
	}
}

func checkSchema(t *testing.T, file string) {
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
			return
		}
		g.Expect(err).NotTo(HaveOccurred())
		switch e := token.(type) {
		case xml.StartElement:
			parent := &stack[len(stack)-1]
			place := slices.Index(children[parent.name], e.Name.Local)
			g.Expect(place).To(BeNumerically(">=", parent.place), "%s in %q", e.Name.Local, parent.name)
			parent.place = place
			var names []string
			for _, a := range e.Attr {
				names = append(names, a.Name.Local)
				g.Expect(a.Value).NotTo(BeEmpty(), "%s of %s", a.Name.Local, e.Name.Local)
				if slices.Contains(numbers, a.Name.Local) {
					_, err := strconv.ParseFloat(a.Value, 64)
					g.Expect(err).NotTo(HaveOccurred())
				}
			}
			g.Expect(names).To(Equal(attributes[e.Name.Local]), e.Name.Local)
			stack = append(stack, open{name: e.Name.Local})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}
