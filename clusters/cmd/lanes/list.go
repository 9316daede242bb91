package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/gateproof/gateproof/clusters"
)

// printLanes shows lanes as a table.
func printLanes(w io.Writer, lanes []clusters.Lane) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "LANE\tKUBERNETES\tPROCESSES\tFIELD\tGATE BY COMPONENT")
	for _, l := range lanes {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", l.Name, l.Version, l.Expect.Processes, l.Expect.Field, gates(l))
	}
	return t.Flush()
}

// gates puts the gate's values in few words.
func gates(l clusters.Lane) string {
	var parts []string
	for _, c := range clusters.Components {
		if v, named := l.Gate[c]; named {
			parts = append(parts, fmt.Sprintf("%s=%t", c, v))
		}
	}
	if len(parts) == 0 {
		return "not named"
	}
	return strings.Join(parts, " ")
}
