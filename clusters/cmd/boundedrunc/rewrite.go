package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"github.com/gateproof/gateproof/clusters/engine/bounding"
)

// rewrite drops from the file's capability sets what held lacks. A file that asks for no more stays untouched.
func rewrite(f file, held bounding.Set) error {
	before, err := os.ReadFile(f.path)
	if err != nil {
		return err
	}
	after, err := bound(before, f.keys, held)
	if err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	if after == nil {
		return nil
	}
	return os.WriteFile(f.path, after, 0o600) // an existing file keeps its mode
}

// bound returns the document with its capability sets reduced to held, or nil when nothing had to go.
// Numbers pass through as written: a float64 would spoil 64-bit limits.
func bound(doc []byte, keys []string, held bounding.Set) ([]byte, error) {
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	var root map[string]any
	if err := dec.Decode(&root); err != nil {
		return nil, err
	}
	sets := root
	for _, k := range keys {
		sets, _ = sets[k].(map[string]any) // absent: nil, which reads as empty
	}
	changed := false
	for kind, v := range sets {
		asked, _ := v.([]any)
		granted := []any{}
		for _, c := range asked {
			if name, ok := c.(string); !ok || held.Has(name) {
				granted = append(granted, c)
			}
		}
		if len(granted) < len(asked) {
			sets[kind], changed = granted, true
		}
	}
	if !changed {
		return nil, nil
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(root)
	return out.Bytes(), err
}
