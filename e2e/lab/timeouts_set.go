package lab

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"time"
)

// SetTimeouts overrides waits of the table, as in "PodReady=3m,Quiet=5s": for machines much slower than most.
// Unknown names and values that are no positive duration are refused, and then nothing is changed.
func SetTimeouts(text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	names := map[string]bool{}
	changed := reflect.New(reflect.TypeOf(Timeouts)).Elem()
	changed.Set(reflect.ValueOf(Timeouts))
	for _, pair := range strings.Split(text, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		field := changed.FieldByName(name)
		if !field.IsValid() {
			return fmt.Errorf("there is no timeout %q; there are %s", name, strings.Join(timeoutNames(), ", "))
		}
		d, err := time.ParseDuration(value)
		if err != nil || d < 0 || d == 0 && name != "NamespaceGone" {
			return fmt.Errorf("timeout %s: %q is no positive duration, as 90s is one", name, value)
		}
		field.SetInt(int64(d))
		names[name] = true
	}
	reflect.ValueOf(&Timeouts).Elem().Set(changed)
	maps.Copy(asked, names)
	return nil
}

// asked are the waits that SetTimeouts has set: whoever sets one knows the machine.
var asked = map[string]bool{}

// scaled are the waits for what a cluster does. Quiet is none: how long nothing may happen is the suite's own choice.
var scaled = []string{"ServiceAccount", "PodReady", "PodMade", "Exec", "ProbeAnswer", "Observation", "Terminal", "Restart", "PodGone", "NodeBack", "Spec"}

// ScaleTimeouts makes the waits for what a cluster does longer by the factor, but for those that SetTimeouts has set.
func ScaleTimeouts(factor float64) {
	table := reflect.ValueOf(&Timeouts).Elem()
	for _, name := range scaled {
		if field := table.FieldByName(name); !asked[name] {
			field.SetInt(int64(float64(field.Int()) * factor))
		}
	}
}

func timeoutNames() []string {
	var out []string
	for _, f := range reflect.VisibleFields(reflect.TypeOf(Timeouts)) {
		out = append(out, f.Name)
	}
	return out
}
