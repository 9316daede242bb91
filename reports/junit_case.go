package reports

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// outputMax bounds what one case carries in <system-out>, in bytes: GitLab reads files of up to 30 MB.
const outputMax = 64 << 10

// classname is gateproof.LANE or gateproof.LANE.GROUP. Jenkins takes what is before the last dot as a package, so
// the parts hold no dots; and no version, so that a claim keeps its history over the patch releases.
func classname(lane string, group ...string) string {
	parts := []string{"gateproof"}
	for _, part := range append([]string{lane}, group...) {
		parts = append(parts, strings.ReplaceAll(part, ".", "-"))
	}
	return strings.Join(parts, ".")
}

func claimCase(l Lane, r Result) xmlCase {
	lifecycle := "blocking"
	if r.Kind == Informative {
		lifecycle = "informing"
	}
	properties := &xmlProperties{}
	properties.add("lifecycle", lifecycle)
	properties.add("duration_seconds", number(r.Duration.Seconds()))
	for _, name := range slices.Sorted(maps.Keys(r.Measurements)) {
		properties.add(name, number(r.Measurements[name]))
	}
	c := xmlCase{Name: Printable(r.Name()), Classname: classname(l.Name, r.Group), Time: seconds(r.Duration), Properties: properties}
	headline := Headline(r)
	switch r.Verdict {
	case Passed:
	case Failed:
		// The body repeats the headline: TestGrid shows the first and last 70 characters of the body.
		body := paragraphs(headline, r.Failure, at(r.Location))
		c.Failure = &xmlMessage{Message: headline, Type: string(cmp.Or(r.Kind, Conformance)), Text: Printable(body)}
		c.SystemOut = text(captured(r))
	default:
		// Never an empty reason: TestGrid drops the row.
		c.Skipped = &xmlMessage{Message: headline, Text: Printable(paragraphs(headline, r.Failure))}
	}
	return c
}

// infrastructureCase stands for all that must work before claims can be tried.
func infrastructureCase(class string, boot time.Duration, problems []Problem) xmlCase {
	properties := &xmlProperties{}
	properties.add("lifecycle", "blocking")
	properties.add("boot_seconds", number(boot.Seconds()))
	c := xmlCase{Name: "Infrastructure", Classname: class + ".infrastructure", Time: seconds(boot), Properties: properties}
	if len(problems) == 0 {
		return c
	}
	var body, output []string
	for _, p := range problems {
		body = append(body, p.String())
		if p.Output != "" {
			output = append(output, p.Step+" printed:\n"+p.Output)
		}
	}
	c.Failure = &xmlMessage{
		Message: cut(fold(problems[0].String()), headlineMax),
		Type:    "infrastructure",
		Text:    Printable(strings.Join(body, "\n\n")),
	}
	c.SystemOut = text(strings.Join(output, "\n\n"))
	return c
}

// captured is what the spec printed and saw, evidence last: where output is cut, it is the part to keep.
func captured(r Result) string {
	parts := []string{r.Output}
	for _, e := range r.Evidence {
		parts = append(parts, "--- "+e.Name+"\n"+e.Text)
	}
	return paragraphs(parts...)
}

func at(location string) string {
	if location == "" {
		return ""
	}
	return "at " + location
}

func paragraphs(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p = strings.TrimRight(p, "\n "); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n\n")
}

// add leaves out what is not known.
func (p *xmlProperties) add(name, value string) {
	if value != "" {
		p.Properties = append(p.Properties, xmlProperty{Name: Printable(name), Value: Printable(value)})
	}
}
