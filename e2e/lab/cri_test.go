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
