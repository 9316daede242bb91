package lane

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/kubeversion"
)

var (
	NamePattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	featureName = regexp.MustCompile(`^[A-Z][A-Za-z0-9]+$`)
	laneVersion = regexp.MustCompile(`^v1\.[0-9]+\.[0-9]+$`)
)

// Decode reads a lane's YAML. It is strict: an unknown field or value is refused with file, line and
// what would have been allowed. The error is an input.Err.
func Decode(file string, data []byte) (Lane, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return Lane{}, input.Errorf("%s: the file is empty; a lane has the fields name, version, gate, expect", file)
	} else if err != nil {
		return Lane{}, input.Errorf("%s: not YAML: %s", file, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if dec.Decode(new(yaml.Node)) == nil {
		return Lane{}, input.Errorf("%s: more than one document; a lane file holds one lane", file)
	}
	d := decoder{file: file}
	lane := Lane{File: file, Expect: Expectation{Naming: Accepted}}
	d.mapping(doc.Content[0], "lane", fieldSet{
		"name":             {required: true, read: func(n *yaml.Node) { lane.Name = d.match(n, "name", NamePattern, "on") }},
		"version":          {required: true, read: func(n *yaml.Node) { lane.Version = d.match(n, "version", laneVersion, "v1.16.15") }},
		"gate":             {read: func(n *yaml.Node) { lane.Gate = d.gate(n) }},
		"features":         {read: func(n *yaml.Node) { lane.Features = d.features(n) }},
		"expect":           {required: true, read: func(n *yaml.Node) { lane.Expect = d.expect(n) }},
		"nodes":            {read: func(n *yaml.Node) { lane.Nodes = d.nodes(n) }},
		"claims":           {read: func(n *yaml.Node) { lane.Claims = d.ids(n) }},
		"informative":      {read: func(n *yaml.Node) { lane.Informative = d.reasons(n) }},
		"elsewhere":        {read: func(n *yaml.Node) { lane.Elsewhere = d.reason(n, "elsewhere") }},
		"onRequest":        {read: func(n *yaml.Node) { lane.OnRequest = oneOf(&d, n, "onRequest", "true", "false") == "true" }},
		"appArmor":         {read: func(n *yaml.Node) { lane.AppArmor = oneOf(&d, n, "appArmor", "true", "false") == "true" }},
		"containerRuntime": {read: func(n *yaml.Node) { lane.ContainerRuntime = oneOf(&d, n, "containerRuntime", Docker) }},
		"runtimeClass":     {read: func(n *yaml.Node) { lane.RuntimeClass = oneOf(&d, n, "runtimeClass", RuntimeClasses...) }},
	})
	if lane.Expect.Naming == Unknown && lane.Names() {
		d.fail(doc.Content[0], "expect: no component starts that is given a gate which it does not know: leave gate out")
	}
	if lane.Features != nil && lane.Names() {
		d.fail(doc.Content[0], "features: a lane that names the gate names no other")
	}
	if lane.RuntimeClass != "" && len(d.errs) == 0 && !kubeversion.AtLeast(lane.Version, runtimeClassSince) {
		d.fail(doc.Content[0], "runtimeClass: it needs %s or later", runtimeClassSince)
	}
	if lane.ContainerRuntime == Docker && len(d.errs) == 0 {
		d.dockerFits(doc.Content[0], lane)
	}
	if lane.AppArmor && lane.ContainerRuntime == Docker {
		d.fail(doc.Content[0], "appArmor: for nodes whose containers containerd runs")
	}
	if lane.Expect.Field == Dropped || lane.Expect.Field == Refused {
		if lane.Expect.Processes == Shared {
			d.fail(doc.Content[0], "expect: a field that is %s cannot lead to processes: shared", lane.Expect.Field)
		}
	}
	d.nodesFit(doc.Content[0], lane)
	return lane, errors.Join(d.errs...)
}

type decoder struct {
	file string
	errs []error
}

type fieldSet map[string]field

type field struct {
	required bool
	read     func(*yaml.Node)
}

func (d *decoder) fail(n *yaml.Node, format string, args ...any) {
	d.errs = append(d.errs, input.Errorf("%s:%d: %s", d.file, n.Line, fmt.Sprintf(format, args...)))
}

// mapping hands each value of n to its field's reader.
func (d *decoder) mapping(n *yaml.Node, what string, fs fieldSet) {
	allowed := make([]string, 0, len(fs))
	for name := range fs {
		allowed = append(allowed, name)
	}
	slices.Sort(allowed)
	if n.Kind != yaml.MappingNode {
		d.fail(n, "%s: want the fields %s", what, strings.Join(allowed, ", "))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		f, ok := fs[key.Value]
		switch {
		case !ok:
			d.fail(key, "%s: unknown field %q; allowed: %s", what, key.Value, strings.Join(allowed, ", "))
		case seen[key.Value]:
			d.fail(key, "%s: field %q is given twice", what, key.Value)
		default:
			f.read(n.Content[i+1])
		}
		seen[key.Value] = true
	}
	for _, name := range allowed {
		if fs[name].required && !seen[name] {
			d.fail(n, "%s: field %q is missing", what, name)
		}
	}
}

func (d *decoder) match(n *yaml.Node, what string, re *regexp.Regexp, example string) string {
	if n.Kind != yaml.ScalarNode || !re.MatchString(n.Value) {
		d.fail(n, "%s: %q is not of the form %s (as in %q)", what, n.Value, re, example)
	}
	return n.Value
}

func (d *decoder) gate(n *yaml.Node) map[Component]bool {
	gate := map[Component]bool{}
	fs := fieldSet{}
	for _, c := range Components {
		fs[string(c)] = field{read: func(v *yaml.Node) {
			gate[c] = d.truth(v, fmt.Sprintf("gate: %s", c), "leave the component out to start it without naming the gate")
		}}
	}
	d.mapping(n, "gate", fs)
	return gate
}

// features reads gates by name. Which there are is for the components to say: they don't start with one that they don't know.
func (d *decoder) features(n *yaml.Node) map[string]bool {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		d.fail(n, "features: want names of gates, each true or false")
		return nil
	}
	features := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := d.match(n.Content[i], "features", featureName, "ContainerStopSignals")
		if name == Gate {
			d.fail(n.Content[i], "features: %s has a field of its own, gate", Gate)
		}
		features[name] = d.truth(n.Content[i+1], "features: "+name, "leave the gate out to start components without naming it")
	}
	return features
}

// truth reads true or false. instead is what else can be done.
func (d *decoder) truth(n *yaml.Node, what, instead string) bool {
	on, err := strconv.ParseBool(n.Value)
	if err != nil || n.Tag != "!!bool" {
		d.fail(n, "%s: %q is neither true nor false (%s)", what, n.Value, instead)
	}
	return on
}

func (d *decoder) expect(n *yaml.Node) Expectation {
	e := Expectation{Naming: Accepted}
	d.mapping(n, "expect", fieldSet{
		"processes": {required: true, read: func(v *yaml.Node) { e.Processes = oneOf(d, v, "processes", Shared, Isolated) }},
		"field":     {required: true, read: func(v *yaml.Node) { e.Field = oneOf(d, v, "field", Kept, Dropped, Refused) }},
		"naming":    {read: func(v *yaml.Node) { e.Naming = oneOf(d, v, "naming", Accepted, LockedTrue, Unknown) }},
	})
	return e
}

// ids reads a list of claims' ids. Which claims there are is for the suite to say.
func (d *decoder) ids(n *yaml.Node) []string {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		d.fail(n, "claims: want a list of claims' ids, as in [gate-ratchet]; without the field the lane is for all claims")
	}
	var ids []string
	for _, v := range n.Content {
		ids = append(ids, d.match(v, "claims", NamePattern, "gate-ratchet"))
	}
	return ids
}

// reasons reads claims' ids, each with a reason.
func (d *decoder) reasons(n *yaml.Node) map[string]string {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		d.fail(n, "informative: want claims' ids, each with the reason why it doesn't decide")
		return nil
	}
	reasons := map[string]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		id, reason := d.match(n.Content[i], "informative", NamePattern, "term-1-ends-sandbox"), n.Content[i+1]
		if _, twice := reasons[id]; twice {
			d.fail(n.Content[i], "informative: %s is given twice", id)
		}
		reasons[id] = d.reason(reason, "informative: "+id)
	}
	return reasons
}

func (d *decoder) reason(n *yaml.Node, what string) string {
	if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" {
		d.fail(n, "%s: the reason is missing", what)
	}
	return strings.TrimSpace(n.Value)
}

func oneOf[T ~string](d *decoder, n *yaml.Node, what string, allowed ...T) T {
	v := T(n.Value)
	if n.Kind != yaml.ScalarNode || !slices.Contains(allowed, v) {
		d.fail(n, "%s: unknown value %q; allowed: %v", what, n.Value, allowed)
	}
	return v
}
