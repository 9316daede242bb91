package reports

import (
	"fmt"
	"os"
	"strings"
)

// JUnitEnv names the form of JUnit files. Without it they have what TestGrid and Spyglass read beside the common schema:
// properties of a case, and skipped as an attribute of testsuites. JUNIT=strict leaves both out, for readers that validate
// files against a schema without them, such as Jenkins' xUnit plugin.
// Source: junit-10.xsd in https://github.com/jenkinsci/xunit-plugin, src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd
const JUnitEnv = "JUNIT"

// junitStrict is the only value of JUnitEnv.
const junitStrict = "strict"

// CheckJUnit says what is wrong with JUnitEnv's value, before a run is over.
func CheckJUnit() error {
	if form := os.Getenv(JUnitEnv); form != "" && form != junitStrict {
		return fmt.Errorf("%s=%s: there is no such form of JUnit files; give %s, or leave it out", JUnitEnv, form, junitStrict)
	}
	return nil
}

// strict moves what the schema does not have to where it may be: a case's properties become the first lines of its output.
func (s *xmlSuites) strict() {
	s.Skipped = nil
	for i := range s.Suites {
		for j := range s.Suites[i].Cases {
			c := &s.Suites[i].Cases[j]
			var lines []string
			for _, p := range c.Properties.Properties {
				lines = append(lines, p.Name+": "+p.Value)
			}
			output := strings.Join(lines, "\n")
			if c.SystemOut != nil {
				output += "\n\n" + c.SystemOut.Text
			}
			c.Properties, c.SystemOut = nil, &xmlText{output}
		}
	}
}
