package html

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/documented"
)

// documentedPage is the documentation, with what was found beside each thing that it says.
type documentedPage struct {
	page
	Of       documented.Page
	Blocks   []block
	Broken   []breach // what a cluster of the run does not keep
	NotSo    []part   // what is not so on any cluster
	Measured string   // in one line
	Apart    string   // the file that has the evidence; "" where this one has it
}

// block is what stands on lines of its own: a heading, a paragraph, an item, a terminal.
type block struct {
	Form  string // title, heading, paragraph, item, terminal, manifest
	Parts []part
	Typed *typed // of a terminal; nil where no run typed it
}

// typed is what a real terminal showed where the page has one.
type typed struct{ Claim, Lane, Text string }

// part is one thing that the page says.
type part struct {
	documented.Part
	Sign  string // the worst of the lanes', which underlines it
	Found []found
	In    []found // by lane, in the run's order
	Links []link  // to the claims' evidence
}

type found struct{ Sign, Words, Lanes string }

type link struct{ To, Claim string }

// Measurable says that somebody could have measured it.
func (p part) Measurable() bool { return p.Untestable == "" }

// RenderDocumented writes the documentation page with what the run found, in one file.
func RenderDocumented(w io.Writer, of documented.Page, run reports.Run) error {
	return renderDocumented(w, of, run, "")
}

// renderDocumented leaves the evidence to another file, a run's page, where one is named.
func renderDocumented(w io.Writer, of documented.Page, run reports.Run, apart string) error {
	p := documentedPage{page: pageOf(run), Of: of, Apart: apart}
	counts := map[string]int{}
	for _, one := range of.Parts {
		at := p.partOf(one, run)
		if one.Untestable == "" {
			counts[at.Sign]++
		}
		if at.Sign == string(documented.Refuted) {
			p.NotSo = append(p.NotSo, at)
		}
		p.put(at)
	}
	p.Broken = breaches(p.Blocks)
	for i := range p.Blocks {
		p.Blocks[i].Typed = typedFor(p.Blocks[i], run)
	}
	var words []string
	for _, v := range []string{string(reports.Contradicted), string(documented.Refuted), string(reports.NotObserved), string(reports.NotRun), string(documented.Otherwise), string(reports.Holds)} {
		switch n := counts[v]; {
		case n == 0:
		case n > 1 && v == string(reports.Holds):
			words = append(words, fmt.Sprintf("%d hold", n))
		default:
			words = append(words, fmt.Sprintf("%d %s", n, documented.Found{Verdict: documented.Verdict(v)}.Words()))
		}
	}
	if words == nil {
		words = []string{"nothing was measured"}
	}
	p.Measured = strings.Join(words, ", ")
	p.head = headOf(of.Title+": measured", p.Measured)
	return execute(w, "documented.html", p)
}

// severity is the order in which a lane's verdict shows over another's.
var severity = []string{string(reports.Contradicted), string(documented.Refuted), string(reports.NotObserved), string(reports.NotRun), string(documented.Otherwise),
	string(reports.Holds), string(documented.Elsewhere), string(reports.NotApplicable), string(documented.Untestable)}

// inLanes says that a word is a lane's name: one is "on".
func inLanes(names []string) string {
	if len(names) == 1 {
		return "lane " + names[0]
	}
	return "lanes " + strings.Join(names, ", ")
}

// fewLanes are named beside a sentence; more are counted, and named in the table by lane, but for those of a verdict that somebody must look into.
const fewLanes = 3

func lanesOf(f documented.Found) string {
	grave := []documented.Verdict{documented.Verdict(reports.Contradicted), documented.Verdict(reports.NotObserved), documented.Verdict(reports.NotRun), documented.Otherwise}
	if len(f.Lanes) > fewLanes && !slices.Contains(grave, f.Verdict) {
		return fmt.Sprintf("%d lanes", len(f.Lanes))
	}
	return inLanes(f.Lanes)
}

func (p documentedPage) partOf(one documented.Part, run reports.Run) part {
	out := part{Part: one, Sign: severity[len(severity)-1]}
	for _, f := range one.Found(run) {
		out.Found = append(out.Found, found{string(f.Verdict), f.Words(), lanesOf(f)})
	}
	slices.SortStableFunc(out.Found, func(a, b found) int { return slices.Index(severity, a.Sign) - slices.Index(severity, b.Sign) })
	if len(out.Found) > 0 {
		out.Sign = out.Found[0].Sign
	}
	worst := ""
	for _, l := range run.Lanes {
		v := one.In(l)
		out.In = append(out.In, found{string(v), documented.Found{Verdict: v}.Words(), inLanes([]string{l.Name})})
		if worst == "" && string(v) == out.Sign {
			worst = l.Name
		}
	}
	for _, claim := range one.Claims {
		if id := p.evidence(claim, worst); id != "" {
			out.Links = append(out.Links, link{p.Apart + "#" + id, claim})
		}
	}
	return out
}

// evidence is the fragment of a claim's evidence, in the lane where it has some there; "" where no lane has the claim. It is inside of what a browser
// opens by itself.
func (p documentedPage) evidence(claim, lane string) (id string) {
	for _, g := range p.Groups {
		for _, r := range g.Rows {
			for _, c := range r.Cells {
				for _, s := range c.Sides {
					if r.Claim == claim && (id == "" || s.Lane == lane) {
						id = s.ID
					}
				}
			}
		}
	}
	return id
}

// terminalEvidence is what claims call the screen of a terminal that they have typed on.
const terminalEvidence = "terminal"

// typedFor is what a claim that proves the terminal's lines saw on a terminal of its own, where processes are as the page says.
func typedFor(b block, run reports.Run) *typed {
	if b.Form != "terminal" {
		return nil
	}
	for _, one := range slices.Backward(b.Parts) { // what is typed last has all before it on its screen
		for _, claim := range one.Claims {
			for _, l := range run.Lanes {
				r, ok := l.Result(claim)
				i := slices.IndexFunc(r.Evidence, func(e reports.Evidence) bool { return e.Name == terminalEvidence })
				if ok && i >= 0 && l.Expect == "shared" {
					return &typed{claim, l.Name, reports.Printable(r.Evidence[i].Text)}
				}
			}
		}
	}
	return nil
}

// Notes are the parts whose findings stand beside the block, but for those that say the same as the one before.
func (b block) Notes() (out []part) {
	for _, one := range b.Parts {
		if last := len(out) - 1; last >= 0 && one.Because+one.Today+one.Note == "" && slices.Equal(one.Found, out[last].Found) && slices.Equal(one.Links, out[last].Links) {
			continue
		}
		out = append(out, one)
	}
	return out
}

// forms are how the kinds of parts stand on the page; sentences flow.
var forms = map[string]string{"title": "title", "heading": "heading", "step": "item", "item": "item", "command": "terminal", "output": "terminal", "manifest": "manifest"}

// put adds the part to the last block, or begins another.
func (p *documentedPage) put(one part) {
	form := forms[one.Kind]
	if form == "" {
		form = "paragraph"
	}
	last := len(p.Blocks) - 1
	flows := last >= 0 && !one.Begins && (form == "terminal" && p.Blocks[last].Form == "terminal" ||
		one.Kind == "sentence" && (p.Blocks[last].Form == "paragraph" && p.Blocks[last].Parts[0].Kind == "sentence" || p.Blocks[last].Form == "item" && p.Blocks[last].Parts[0].Kind == "item"))
	if flows {
		p.Blocks[last].Parts = append(p.Blocks[last].Parts, one)
		return
	}
	p.Blocks = append(p.Blocks, block{Form: form, Parts: []part{one}})
}
