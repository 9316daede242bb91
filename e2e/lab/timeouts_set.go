package lab

import (
	"fmt"
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
	changed := reflect.New(reflect.TypeOf(Timeouts)).Elem()
	changed.Set(reflect.ValueOf(Timeouts))
	for _, pair := range strings.Split(text, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		field := changed.FieldByName(name)
		if !field.IsValid() {
			return fmt.Errorf("there is no timeout %q; there are %s", name, strings.Join(timeoutNames(), ", "))
		}
		d, err := time.ParseDuration(value)
		if err != nil || d <= 0 {
			return fmt.Errorf("timeout %s: %q is no positive duration, as 90s is one", name, value)
		}
		field.SetInt(int64(d))
	}
	reflect.ValueOf(&Timeouts).Elem().Set(changed)
	return nil
}

func timeoutNames() []string {
	var out []string
	for _, f := range reflect.VisibleFields(reflect.TypeOf(Timeouts)) {
		out = append(out, f.Name)
	}
	return out
}
