package lab

import (
	"encoding/json"
	"testing"

	. "github.com/onsi/gomega"
)

func TestMode(t *testing.T) {
	g := NewWithT(t)
	for raw, name := range map[string]string{
		"":            "POD", // left out of the JSON: the zero value
		"0":           "POD",
		`"POD"`:       "POD",
		"1":           "CONTAINER",
		`"CONTAINER"`: "CONTAINER",
		"2":           "NODE",
		"3":           "TARGET",
		`"TARGET"`:    "TARGET",
		"4":           "4", // shown as it is, and equal to none
	} {
		g.Expect(mode(json.RawMessage(raw))).To(Equal(name), "%q", raw)
	}
}

// What crictl prints on a node, cut down to what is read: a sandbox, then a container that asks for another mode.
func TestInspected(t *testing.T) {
	g := NewWithT(t)
	out := `{"status": {"id": "s", "linux": {"namespaces": {"options": {"ipc": "POD", "pid": "CONTAINER"}}}},
		"info": {"pid": 41, "config": {"linux": {"security_context": {"namespace_options": {"pid": 2}}}}}}
	{"status": {"id": "c"}, "info": {"sandboxID": "s", "pid": 42, "config": {"linux": {"security_context": {"namespace_options": {}}}}}}`
	g.Expect(inspected(out)).To(Equal([]Task{{PID: 41, Mode: "CONTAINER"}, {PID: 42, Mode: "POD"}}))

	_, err := inspected(`{"status": {"id": "c"}, "info": {"sandboxID": "s", "pid": 42, "runtimeSpec": {}}}`) // as CRI-O answers
	g.Expect(err).To(MatchError(ContainSubstring("does not tell")))
	_, err = inspected(`{"status": {"id": "c"}, "info": {"sandboxID": "s", "config": {"linux": {"security_context": {"namespace_options": {}}}}}}`)
	g.Expect(err).To(MatchError(ContainSubstring("names no process")))
	_, err = inspected(`{"status": `)
	g.Expect(err).To(MatchError(ContainSubstring("crictl's answer")))
}
