package reports

import (
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// infrastructureFile holds the troubles of a run of which no lane is known.
const infrastructureFile = "junit_infrastructure_01.xml"

// JUnitFile is the name of the lane's file, junit_v1.16.15-off_01.xml. TestGrid takes the middle as the context of
// the rows; the underscores delimit it, so it holds none.
func JUnitFile(l Lane) string {
	var parts []string
	for _, part := range []string{l.Version, l.Name} {
		if part != "" {
			parts = append(parts, notInFiles.ReplaceAllString(part, "-"))
		}
	}
	return "junit_" + strings.Join(parts, "-") + "_01.xml"
}

var notInFiles = regexp.MustCompile(`[^A-Za-z0-9.-]+`)

// WriteJUnit writes one file per lane into dir, which is made when missing. Each holds a case named
// "Infrastructure", an error when the lane's cluster or the run as a whole was in trouble: a lane that never came
// up is an error, not an absent file. A run without lanes makes one file with that case alone.
// A file is replaced as a whole. The form is JUnitEnv's; a value that is none is an error, and the files are written
// without it. The other errors are those of the file system.
func WriteJUnit(dir string, run Run) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder for JUnit files: %w", err)
	}
	errs := []error{CheckJUnit()}
	if len(run.Lanes) == 0 {
		suite := xmlSuite{Name: "gateproof", Cases: []xmlCase{infrastructureCase("gateproof", 0, run.Troubles(), run.Warnings())}}
		errs = append(errs, writeSuite(filepath.Join(dir, infrastructureFile), run, suite))
	}
	for _, l := range run.Lanes {
		errs = append(errs, writeSuite(filepath.Join(dir, JUnitFile(l)), run, laneSuite(run, l)))
	}
	return errors.Join(errs...)
}

func laneSuite(run Run, l Lane) xmlSuite {
	name := "gateproof/" + l.Name
	if l.Version != "" {
		name = "gateproof/" + l.Version + "/" + l.Name
	}
	cases := []xmlCase{infrastructureCase(classname(l.Name), l.Boot, run.troublesOf(l), run.warningsOf(l))}
	for _, n := range l.missed() {
		cases = append(cases, nodeCase(l, n))
	}
	results := slices.SortedStableFunc(slices.Values(l.Results), byGroupAndClaim)
	for _, r := range results {
		cases = append(cases, claimCase(l, r))
	}
	properties := &xmlProperties{}
	properties.add("kubernetes-version", l.Version)
	properties.add("lane", l.Name)
	properties.add("expect", l.Expect)
	properties.add("nodes", l.Coverage())
	for _, key := range slices.Sorted(maps.Keys(l.Facts)) {
		properties.add(key, l.Facts[key])
	}
	properties.add("gateproof-version", run.SuiteVersion)
	properties.add("selection", run.Selection)
	return xmlSuite{Name: name, Properties: properties, Cases: cases}
}

// writeSuite completes the suite and writes it as the only one of its file.
func writeSuite(path string, run Run, suite xmlSuite) error {
	if !run.Started.IsZero() {
		suite.Timestamp = run.Started.UTC().Format(time.RFC3339)
	}
	suite.xmlCounts, suite.Skipped = count(suite.Cases)
	doc := xmlSuites{Name: "gateproof", xmlCounts: suite.xmlCounts, Skipped: &suite.Skipped, Suites: []xmlSuite{suite}}
	if os.Getenv(JUnitEnv) == junitStrict {
		doc.strict()
	}
	data, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return fmt.Errorf("encode %s: %w", path, err)
	}
	return ReplaceFile(path, append([]byte(xml.Header), append(data, '\n')...))
}
