// Package page is the documentation page that the suite proves, cut into what it says: sentences, steps, commands, what a terminal prints.
package page

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters/strictyaml"
)

//go:embed v1.10.yaml v1.10.txt
var files embed.FS

// Page is an edition of the page.
type Page struct {
	Title   string `yaml:"title"`
	Source  string `yaml:"source"`  // address of the text
	Licence string `yaml:"licence"` // of the text
	Units   []Unit `yaml:"units"`   // in their order; with a blank between two they are the text
}

// Unit is what the page says in one place.
type Unit struct {
	Kind       Kind    `yaml:"kind"`
	ID         string  `yaml:"id"`         // for ever; "" of markup
	Text       string  `yaml:"text"`       // as it stands in the page's source
	Shown      string  `yaml:"shown"`      // what the reader sees instead of the text, of what the page includes
	Untestable string  `yaml:"untestable"` // why no claim proves it
	Refuted    Refuted `yaml:"refuted"`    // what was measured against it
	Today      string  `yaml:"today"`      // what the page of today says instead
	Of         Of      `yaml:"of"`         // where processes are what it is said of; shared where nothing is said
	Note       string  `yaml:"note"`       // what a reader should know who sees it measured
}

// Of is where processes are so that a unit is about them.
type Of string

// The sides that a unit can be about.
const (
	Shared   Of = "shared"
	Isolated Of = "isolated"
	Both     Of = "both"
)

// Refuted says which claims, where they hold, show that a sentence is not so, and what is.
type Refuted struct {
	By      []string `yaml:"by"` // ids of claims
	Because string   `yaml:"because"`
}

// Kind is what a unit looks like to the reader.
type Kind string

// The kinds.
const (
	Markup   Kind = "markup" // of the page's source; the reader does not see it
	Title    Kind = "title"
	Value    Kind = "value"
	Heading  Kind = "heading"
	Sentence Kind = "sentence"
	Step     Kind = "step" // of the walk-through, numbered
	Item     Kind = "item" // of a list, numbered
	Command  Kind = "command"
	Output   Kind = "output"
	Manifest Kind = "manifest"
)

var kinds = []Kind{Markup, Title, Value, Heading, Sentence, Step, Item, Command, Output, Manifest}

// Load is the page of v1.10, which the suite proves. The error is one of the files'.
func Load() (Page, error) {
	var p Page
	if err := strictyaml.ReadFile(files, "v1.10.yaml", &p); err != nil {
		return p, err
	}
	text, err := files.ReadFile("v1.10.txt")
	if err != nil {
		return p, err
	}
	return p, p.check(string(text))
}

var id = regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`)

// check finds what is wrong with the cut: the text must be all of it, and nothing else.
func (p Page) check(text string) error {
	var texts, seen []string
	for _, u := range p.Units {
		texts = append(texts, u.Text)
		if !slices.Contains(kinds, u.Kind) {
			return fmt.Errorf("%q: kind %q is none of %q", u.Text, u.Kind, kinds)
		}
		if u.Kind == Markup {
			if u.ID != "" || u.Untestable != "" || u.Refuted.By != nil {
				return fmt.Errorf("%q is markup, which says nothing that could be decided on", u.Text)
			}
			continue
		}
		switch {
		case !id.MatchString(u.ID):
			return fmt.Errorf("%q: the id %q is not of the form %s", u.Text, u.ID, id)
		case slices.Contains(seen, u.ID):
			return fmt.Errorf("%s: two have this id", u.ID)
		case (len(u.Refuted.By) > 0) != (u.Refuted.Because != ""):
			return fmt.Errorf("%s is refuted by %q because of %q: both are needed", u.ID, u.Refuted.By, u.Refuted.Because)
		case !slices.Contains([]Of{"", Shared, Isolated, Both}, u.Of):
			return fmt.Errorf("%s is said of %q, which is none of %s, %s, %s", u.ID, u.Of, Shared, Isolated, Both)
		case u.Untestable != "" && u.Refuted.By != nil:
			return fmt.Errorf("%s cannot be untestable and refuted", u.ID)
		}
		seen = append(seen, u.ID)
	}
	joined := strings.Join(texts, " ")
	for i := range min(len(joined), len(text)) {
		if joined[i] != text[i] {
			return fmt.Errorf("the units are not the page's text: %q, and the page has %q", near(joined, i), near(text, i))
		}
	}
	if len(joined) != len(text) {
		return fmt.Errorf("the units have %d characters and the page %d: %q is left over", len(joined), len(text), (joined + text)[min(len(joined), len(text)):])
	}
	return nil
}

// near is what stands around a place of a text.
func near(text string, at int) string { return text[max(at-30, 0):min(at+30, len(text))] }

// Matching are the units that a claim's word for them means: an id, or a pattern as attach.ps* that is of several. None is an error.
func (p Page) Matching(word string) ([]Unit, error) {
	var out []Unit
	for _, u := range p.Units {
		if ok, err := path.Match(word, u.ID); err != nil {
			return nil, err
		} else if ok && u.ID != "" {
			out = append(out, u)
		}
	}
	if out == nil {
		return nil, fmt.Errorf("the page has no %q", word)
	}
	return out, nil
}

var emphasis = strings.NewReplacer("`", "", "**", "")

// Plain is the unit as somebody reads it: without marks of emphasis, numbers of lists and prompts.
func (u Unit) Plain() string {
	if u.Shown != "" {
		return u.Shown
	}
	text := emphasis.Replace(u.Text)
	for _, mark := range []string{"1. ", "## ", "$ ", "/ # "} {
		if rest, ok := strings.CutPrefix(text, mark); ok && u.Kind != Output {
			text = rest
		}
	}
	return text
}
