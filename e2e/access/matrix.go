package access

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
)

// Who is a caller in words: the user, and the capabilities.
type Who struct{ User, Caps string }

func (w Who) String() string { return w.User + ", capabilities: " + w.Caps }

// Cell is one attempt of somebody on a target.
type Cell struct {
	Who         Who
	Target      string
	Rule        Ruling // what the manual page says
	Seen        string // the error's name, "" for success; other words for what is neither
	Credentials string // who the caller was, as the caller itself measured it
}

func (c Cell) String() string { return fmt.Sprintf("%s -> %s", c.Who, c.Target) }

func (c Cell) agrees() bool { return c.Seen == c.Rule.Err }

// Matrix is every caller's attempt on every target.
type Matrix struct {
	Attempt string // what was tried
	Page    string // the manual page that rules it
	Cells   []Cell
}

// Problems says where the manual page and what was seen differ, and which refusals prove nothing because no attempt on
// the same target succeeded. A matrix without cells is one, too.
func (m Matrix) Problems() []string {
	if len(m.Cells) == 0 {
		return []string{"nothing was tried"}
	}
	var out []string
	for _, c := range m.Cells {
		if !c.agrees() {
			out = append(out, fmt.Sprintf("%s: %s, but %s says %s; the caller: %s", c, outcome(c.Seen), m.Page, c.Rule, c.Credentials))
		} else if _, ok := m.control(c); c.Seen != "" && !ok {
			out = append(out, fmt.Sprintf("%s: %s proves nothing: nobody's attempt on this target succeeded", c, c.Seen))
		}
	}
	return out
}

// control is an attempt on the same target that succeeded, where possible of the same user.
func (m Matrix) control(of Cell) (Cell, bool) {
	var others []Cell
	for _, c := range m.Cells {
		switch {
		case c.Target != of.Target || c.Seen != "":
		case c.Who.User == of.Who.User:
			return c, true
		default:
			others = append(others, c)
		}
	}
	if len(others) == 0 {
		return Cell{}, false
	}
	return others[0], true
}

// Decides names the users and targets where one set of capabilities is refused what another is allowed.
func (m Matrix) Decides(without, with string) []string {
	var out []string
	for _, c := range m.Cells {
		if c.Who.Caps != without || c.Seen == "" {
			continue
		}
		if other, ok := m.find(Who{c.Who.User, with}, c.Target); ok && other.Seen == "" {
			out = append(out, c.Who.User+" -> "+c.Target)
		}
	}
	return out
}

// Succeeded counts the attempts that did, of callers whose capabilities are named so.
func (m Matrix) Succeeded(caps ...string) int {
	n := 0
	for _, c := range m.Cells {
		if c.Seen == "" && slices.Contains(caps, c.Who.Caps) {
			n++
		}
	}
	return n
}

func (m Matrix) find(who Who, target string) (Cell, bool) {
	i := slices.IndexFunc(m.Cells, func(c Cell) bool { return c.Who == who && c.Target == target })
	if i < 0 {
		return Cell{}, false
	}
	return m.Cells[i], true
}

// String is the matrix for readers: a row a caller, a column a target, then every refusal with its circumstances.
func (m Matrix) String() string { return m.Grid() + "\n" + m.refusals() }

// Grid is the matrix without the circumstances.
func (m Matrix) Grid() string {
	return fmt.Sprintf("%s: what was seen (and what %s says, where that is something else)\n\n%s", m.Attempt, m.Page, m.rows())
}

func (m Matrix) rows() string {
	var targets []string
	for _, c := range m.Cells {
		if !slices.Contains(targets, c.Target) {
			targets = append(targets, c.Target)
		}
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CALLER\tCAPABILITIES\t"+strings.Join(targets, "\t"))
	for _, who := range m.callers() {
		row := []string{who.User, who.Caps}
		for _, t := range targets {
			row = append(row, m.entry(who, t))
		}
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	_ = w.Flush() // a Builder takes everything
	return b.String()
}

func (m Matrix) entry(who Who, target string) string {
	c, ok := m.find(who, target)
	switch {
	case !ok:
		return "-"
	case !c.agrees():
		return fmt.Sprintf("%s (%s)", outcome(c.Seen), outcome(c.Rule.Err))
	}
	return outcome(c.Seen)
}

// callers are all of them, in order.
func (m Matrix) callers() []Who {
	var out []Who
	for _, c := range m.Cells {
		if !slices.Contains(out, c.Who) {
			out = append(out, c.Who)
		}
	}
	return out
}

// refusals says of each who was refused, why by the rule, and who was not: by caller.
func (m Matrix) refusals() string {
	var b strings.Builder
	for _, who := range m.callers() {
		said := ""
		for _, c := range m.Cells {
			if c.Who != who || c.Seen == "" {
				continue
			}
			if c.Credentials != said {
				said = c.Credentials
				fmt.Fprintf(&b, "%s (%s)\n", who, said)
			}
			control := "nobody"
			if other, ok := m.control(c); ok {
				control = other.Who.String()
			}
			fmt.Fprintf(&b, "    %s on %s; by the rule: %s; allowed: %s\n", c.Seen, c.Target, c.Rule, control)
		}
	}
	return b.String()
}
