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

// classname is gateproof.LANE, gateproof.LANE.GROUP or gateproof.LANE.NODE.GROUP. Jenkins takes what is before the last dot as a package, so
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
	class := classname(l.Name, r.Group)
	if r.Node != "" {
		class = classname(l.Name, r.Node, r.Group)
		properties.addNode(Node{Name: r.Node, Kubelet: r.Kubelet, Kind: l.node(r.Node).Kind})
	}
	properties.add("duration_seconds", number(r.Duration.Seconds()))
	for _, name := range slices.Sorted(maps.Keys(r.Measurements)) {
		properties.add(name, number(r.Measurements[name]))
	}
	c := xmlCase{Name: Printable(r.Name()), Classname: class, Time: seconds(r.Duration), Properties: properties}
	c.judge(r)
	return c
}

// nodeCase stands for a node that no pod could come to: its claims were not tried. Where it is excused, nothing is wrong.
func nodeCase(l Lane, n Node) xmlCase {
	properties := &xmlProperties{}
	properties.add("lifecycle", "blocking")
	properties.addNode(n)
	c := xmlCase{Name: "Node", Classname: classname(l.Name, n.Name, "infrastructure"), Time: seconds(0), Properties: properties}
	words := n.notReached()
	message := &xmlMessage{Message: cut(fold(words), headlineMax), Type: "not-reached", Text: Printable(words)}
	if n.Excused {
		c.Skipped = message
	} else {
		c.Error = message
	}
	return c
}

// addNode says which node a case is about.
func (p *xmlProperties) addNode(n Node) {
	p.add("node", n.Name)
	p.add("kubelet", n.Kubelet)
	p.add("node-kind", n.Kind)
}

// judge gives the case the element of its verdict. Only a contradiction is a failure; what has no verdict is an error, which
// TestGrid reads before any failure.
func (c *xmlCase) judge(r Result) {
	headline := Headline(r)
	// The body repeats the headline, as Spyglass shows the body alone. TestGrid shows the first and the last 70 characters of both.
	message := func(kind string, parts ...string) *xmlMessage {
		return &xmlMessage{Message: headline, Type: kind, Text: Printable(paragraphs(append([]string{headline}, parts...)...))}
	}
	switch r.Verdict {
	case Holds:
	case Contradicted:
		c.Failure = message(string(cmp.Or(r.Kind, Conformance)), r.Failure, at(r.Location))
		c.SystemOut = text(captured(r))
	case NotObserved:
		c.Error = message(string(r.Cause.known()), r.Failure, "What to do: "+r.Cause.Remedy()+".", at(r.Location))
		c.SystemOut = text(captured(r))
	case NotApplicable:
		c.Skipped = message("") // never an empty reason: TestGrid drops the row
	default:
		c.Error = message(string(NotRun), r.Failure)
	}
}

// infrastructureCase stands for all that must work before claims can be tried. What did not is an error: it says nothing of
// the cluster's conformance. Warnings are in its output.
func infrastructureCase(class string, boot time.Duration, troubles, warnings []Problem) xmlCase {
	properties := &xmlProperties{}
	properties.add("lifecycle", "blocking")
	properties.add("boot_seconds", number(boot.Seconds()))
	c := xmlCase{Name: "Infrastructure", Classname: class + ".infrastructure", Time: seconds(boot), Properties: properties}
	var body, output []string
	for _, p := range warnings {
		output = append(output, "warning: "+p.String())
	}
	for _, p := range slices.Concat(warnings, troubles) {
		if !p.Warning {
			body = append(body, p.String())
		}
		if p.Output != "" {
			output = append(output, p.Step+" printed:\n"+p.Output)
		}
	}
	if len(troubles) > 0 {
		c.Error = &xmlMessage{
			Message: cut(fold(troubles[0].String()), headlineMax),
			Type:    "infrastructure",
			Text:    Printable(strings.Join(body, "\n\n")),
		}
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
