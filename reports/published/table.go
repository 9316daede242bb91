package published

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/conformance"
)

// marks are the verdicts in a cell.
var marks = map[reports.Verdict]string{
	reports.Holds: "holds", reports.Contradicted: "**no**", reports.NotObserved: "?", reports.NotApplicable: "–", reports.NotRun: "not run",
}

// otherwise is the mark of what does not hold and decides nothing there.
const otherwise = "*no*"

// untold stands for what a report does not say of its nodes.
const untold = "?"

const preface = `# Compatibility

What follows from the [published results](published/): ` + "`gateproof report table`" + ` prints it. **no** is a contradiction; *no* is one that its [lane](../clusters/lane/declared)
excuses, with the reason, or that decides nowhere; ` + "`?`" + ` could not be observed. All of these link the upstream thread where there is one. ` + "`–`" + ` has nothing to observe there, and what has nothing to observe in
any lane of a release is left out. An empty cell is proved once for the cluster, in its first column.
`

// Table is the results as a page of Markdown: a table a release, in which a row is a claim, and a column a lane of a report, or one of its nodes.
func (r Results) Table() string {
	var out strings.Builder
	out.WriteString(preface + "\n| release | runtime | lanes | result | measured | on |\n|---|---|---|---|---|---|\n")
	for _, e := range r.Entries {
		var lanes []string
		for _, l := range e.Report.Lanes {
			lanes = append(lanes, l.Name)
		}
		node := e.Report.Lanes[0].Node
		fmt.Fprintf(&out, "| %s | %s | %s | [%s](published/%s/%s/%s) | %s | %s, kernel %s, cgroup v%s |\n", e.Version, e.by(), strings.Join(lanes, ", "),
			e.Report.Result, e.Version, e.Runtime, fileName, e.Report.Date.Format("2006-01-02"), cmp.Or(node.ContainerRuntime, untold), cmp.Or(node.Kernel, untold), cmp.Or(node.CgroupVersion, untold))
	}
	claims := r.Claims()
	for _, columns := range r.releases() {
		fmt.Fprintf(&out, "\n## %s\n\n| claim |", columns[0].Version)
		for _, c := range columns {
			fmt.Fprintf(&out, " %s |", c.Name())
		}
		out.WriteString("\n|---|" + strings.Repeat("---|", len(columns)) + "\n")
		for _, claim := range claims {
			if row, told := r.row(claim.ID, columns); told {
				out.WriteString("| " + claim.ID + " | " + strings.Join(row, " | ") + " |\n")
			}
		}
	}
	return out.String()
}

// by is what ran the report's pods, with versions, where they were told.
func (e Entry) by() string {
	var told []string
	for _, c := range e.columns() {
		if by := c.By(); by != "" && !slices.Contains(told, by) {
			told = append(told, by)
		}
	}
	return cmp.Or(strings.Join(told, ", "), e.Runtime)
}

// releases are the columns, release by release.
func (r Results) releases() (out [][]Column) {
	for _, c := range r.Columns() {
		last := len(out) - 1
		if last < 0 || out[last][0].Version != c.Version {
			out, last = append(out, nil), last+1
		}
		out[last] = append(out[last], c)
	}
	return out
}

// row are a claim's cells, and whether any of them has something to observe.
func (r Results) row(claim string, columns []Column) (cells []string, told bool) {
	for _, c := range columns {
		found, ok := c.Claim(claim)
		told = told || ok && found.Verdict != reports.NotApplicable
		cells = append(cells, r.cell(found, ok, c))
	}
	return cells, told
}

func (r Results) cell(found conformance.Claim, ok bool, c Column) string {
	if !ok {
		return ""
	}
	mark := marks[found.Verdict]
	if found.Verdict == reports.Contradicted && found.Kind == reports.Informative {
		mark = otherwise
	}
	if t := r.Thread(found, c); t.At != "" {
		return fmt.Sprintf("[%s](%s %q)", mark, t.At, t.Says)
	}
	return mark
}
