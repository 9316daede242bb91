// Package documented sets a page of documentation beside what a run found: sentence by sentence, whether it is so.
package documented

import (
	"slices"
	"strings"

	"github.com/gateproof/gateproof/reports"
)

// Page is a page of documentation, in parts, with the claims that prove each.
type Page struct {
	Title, Source, Licence string
	Manifest               string // the text that a part of the kind manifest stands for
	Parts                  []Part
	Lanes                  []string // names of declared lanes: others are clusters that somebody has
}

// Part is what the page says in one place. It is proved by claims, or cannot be.
type Part struct {
	Begins     bool   // a passage: it does not go on from the part before
	Kind       string // title, value, heading, sentence, step, item, command, output, manifest
	ID         string // for ever
	Text       string // as a reader sees it
	Source     string // as it stands in the page's source
	Claims     []string
	Untestable string   // why no claim proves it
	RefutedBy  []string // claims that show, where all hold, that it is not so
	Of         string   // shared or isolated: where processes are so it is said of; "" for both
	Because    string   // what is so instead
	Today      string   // what the page of today says instead
	Note       string   // what a reader should know who sees it measured
}

// Verdict is what a part comes to in a lane: one of reports' verdicts, or one of these.
type Verdict string

// The verdicts beside those of claims.
const (
	Refuted    Verdict = "refuted"    // measured otherwise, wherever Kubernetes keeps its promises: the page errs, no cluster does
	Untestable Verdict = "untestable" // says nothing that could be measured
	Elsewhere  Verdict = "elsewhere"  // it is said of shared processes, and these are isolated, as declared; or the other way round
	Otherwise  Verdict = "otherwise"  // informative claims alone show something else
)

// worst is the order in which one claim's verdict decides over another's.
var worst = []reports.Verdict{reports.Contradicted, reports.NotObserved, reports.NotRun, reports.Holds, reports.NotApplicable}

// In is what the part comes to in a lane. A sentence of shared processes is not proved where
// isolated ones are as declared. An informative claim that shows something else decides over no other.
func (p Part) In(l reports.Lane) Verdict {
	if p.Untestable != "" {
		return Untestable
	}
	at, otherwise := p.come(l, p.Claims)
	refuting, otherwiseRefuting := p.come(l, p.RefutedBy)
	refuted := len(p.RefutedBy) > 0 && !slices.ContainsFunc(p.RefutedBy, func(claim string) bool {
		r, ok := l.Result(claim)
		return !ok || r.Verdict != reports.Holds
	})
	switch both := worse(at, refuting); {
	case both == reports.Contradicted: // whatever else is refuted, a cluster that breaks it is not hidden by it
		return Verdict(both)
	case refuted:
		return Refuted
	case both == reports.NotObserved || both == reports.NotRun:
		return Verdict(both)
	case otherwise || otherwiseRefuting:
		return Otherwise
	case at == reports.NotApplicable || len(p.RefutedBy) > 0: // what would refute it has nothing to see there
		return Verdict(reports.NotApplicable)
	case p.Of != "" && p.Of != l.Expect:
		return Elsewhere
	}
	return Verdict(reports.Holds)
}

// come is what these claims come to, the worst of them, and whether an informative one shows something else.
func (p Part) come(l reports.Lane, claims []string) (at reports.Verdict, otherwise bool) {
	at = reports.NotApplicable
	for _, claim := range claims {
		r, ok := l.Result(claim)
		if !ok {
			r.Verdict = reports.NotRun
		}
		if r.Kind == reports.Informative && r.Verdict == reports.Contradicted {
			otherwise = true
			continue
		}
		at = worse(at, r.Verdict)
	}
	return at, otherwise
}

func worse(a, b reports.Verdict) reports.Verdict {
	return worst[min(slices.Index(worst, a), slices.Index(worst, b))]
}

// Found is one verdict and the lanes that have it.
type Found struct {
	Verdict Verdict
	Lanes   []string
}

// Words are the verdict's, as a reader of the page understands them.
func (f Found) Words() string {
	switch f.Verdict {
	case Refuted:
		return "not so"
	case Untestable:
		return "nothing to measure"
	case Verdict(reports.NotApplicable):
		return "nothing to see there"
	case Verdict(reports.NotObserved):
		return "not observed"
	case Verdict(reports.NotRun):
		return "not tried"
	case Elsewhere:
		return "not there, as declared"
	case Otherwise:
		return "otherwise (informative)"
	}
	return string(f.Verdict)
}

// Found says for the lanes of a run what the part comes to, one entry a verdict, in the order in which lanes first have it.
func (p Part) Found(run reports.Run) []Found {
	var out []Found
	for _, l := range run.Lanes {
		v := p.In(l)
		i := slices.IndexFunc(out, func(f Found) bool { return f.Verdict == v })
		if i < 0 {
			out, i = append(out, Found{Verdict: v}), len(out)
		}
		out[i].Lanes = append(out[i].Lanes, l.Name)
	}
	return out
}

// Refuted are the parts that some lane refutes.
func (p Page) Refuted(run reports.Run) []Part { return p.with(run, Refuted) }

// Contradicted are the parts that a cluster of the run does not keep.
func (p Page) Contradicted(run reports.Run) []Part { return p.with(run, Verdict(reports.Contradicted)) }

func (p Page) with(run reports.Run, v Verdict) (out []Part) {
	for _, part := range p.Parts {
		if slices.ContainsFunc(part.Found(run), func(f Found) bool { return f.Verdict == v }) {
			out = append(out, part)
		}
	}
	return out
}

// Markdown is for whoever mends the page: each sentence that was measured otherwise, what is so, on what it was seen, and how to see it again.
func (p Page) Markdown(run reports.Run) string {
	var out strings.Builder
	refuted := p.Refuted(run)
	if len(refuted) == 0 {
		return "Nothing on the page was measured otherwise.\n"
	}
	for _, part := range refuted {
		out.WriteString("> " + part.Source + "\n\nMeasured: " + part.Because + ".\n\n")
		for _, f := range part.Found(run) {
			if f.Verdict != Refuted {
				continue
			}
			for _, name := range f.Lanes {
				l, _ := run.Lane(name)
				out.WriteString("- " + seenOn(l) + " (" + name + ")\n")
			}
			out.WriteString("\nAgain: `gateproof run " + p.where(f.Lanes) + " --label-filter '" + filter(part.RefutedBy) + "'`\n\n")
		}
	}
	return out.String()
}

// seenOn is what a lane's cluster is, as far as it is known.
func seenOn(l reports.Lane) string {
	words := []string{"Kubernetes " + l.Version}
	kernel := l.Facts["kernel"]
	if kernel != "" {
		kernel = "kernel " + kernel
	}
	for _, fact := range []string{l.Facts["container runtime"], l.OCIRuntime(), kernel} {
		if fact != "" {
			words = append(words, fact)
		}
	}
	return strings.Join(words, ", ")
}

// where are the options that send a run to one of the lanes: a declared one, if there is, or a cluster of the reader's own.
func (p Page) where(lanes []string) string {
	for _, name := range lanes {
		if slices.Contains(p.Lanes, name) {
			return "--lanes " + name
		}
	}
	return "--kubeconfig KUBECONFIG --expect shared"
}

func filter(claims []string) string { return "claim:" + strings.Join(claims, " || claim:") }
