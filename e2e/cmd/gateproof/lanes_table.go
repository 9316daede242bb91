package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/gateproof/gateproof/clusters/lane"
)

// printLanes shows lanes as a table.
func printLanes(w io.Writer, lanes []lane.Lane) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "LANE\tKUBERNETES\tRUNTIME\tPROCESSES\tFIELD\tGATE BY COMPONENT")
	elsewhere := map[string][]string{} // lanes' names, by why they are not booted
	for _, l := range lanes {
		note := ""
		if l.OnRequest {
			note = " (on request)"
		}
		if why := l.NotBooted(); why != "" {
			note = " (*)"
			elsewhere[why] = append(elsewhere[why], l.Name)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s%s\n", l.Name, strings.Join(l.Versions(), " "), runtimes(l), l.Expect.Processes, l.Expect.Field, gates(l), note)
	}
	err := t.Flush()
	if len(elsewhere) > 0 {
		fmt.Fprintln(w, "\n(*) not booted, the expectation for a cluster that runs (gateproof run --kubeconfig=... --expect=LANE):")
	}
	for _, why := range slices.Sorted(maps.Keys(elsewhere)) {
		fmt.Fprintf(w, "%s: %s\n", strings.Join(elsewhere[why], ", "), why)
	}
	return err
}

// runtimes names what the lane's pods run by.
func runtimes(l lane.Lane) string {
	if l.Elsewhere != "" { // a lane for a runtime is called by it
		return l.Name
	}
	all := l.Runtimes()
	if l.RuntimeClass == "" { // the control plane's pods, and those of nodes that say nothing else
		all = append([]string{strings.TrimSpace("runc " + l.ContainerRuntime)}, all...)
	}
	for _, suite := range l.Containerds() {
		all = append(all, "containerd-"+suite)
	}
	return strings.Join(all, " ")
}

// gates puts the gate's values in few words.
func gates(l lane.Lane) string {
	if value, ok := l.Uniform(); ok && l.GatesDiffer() {
		return fmt.Sprintf("all %t, kubelets differ", value)
	} else if ok {
		return fmt.Sprintf("all %t", value)
	}
	var parts []string
	for _, c := range lane.Components {
		if v, named := l.Gate[c]; named {
			parts = append(parts, fmt.Sprintf("%s=%t", c, v))
		}
	}
	if len(parts) == 0 {
		return "not named"
	}
	return strings.Join(parts, " ")
}
