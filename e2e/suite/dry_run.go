package suite

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"
)

// listPlanned prints what a run with the same settings would prove: a line a spec, sorted, lane first.
func listPlanned(w io.Writer) {
	var lines []string
	for _, spec := range planned.SpecReports.WithLeafNodeType(types.NodeTypeIt) {
		if !spec.State.Is(types.SpecStateSkipped) {
			lines = append(lines, strings.Join(spec.ContainerHierarchyTexts, " ")+"  "+spec.LeafNodeText)
		}
	}
	slices.Sort(lines)
	for _, line := range lines {
		fmt.Fprintln(w, line)
	}
	fmt.Fprintf(w, "%d specs would run\n", len(lines))
}
