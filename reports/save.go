package reports

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// EventsFile is the name of the file, in the folder of reports, that holds a run's steps with their times.
const EventsFile = "events.jsonl"

// RunFile is the name of the run's JSON in the folder of reports.
const RunFile = "run.json"

// Save writes the run as JSON, for the process that shows it or merges it with others; the folder is made when missing.
func (r Run) Save(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make the folder for the run: %w", err)
	}
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the run: %w", err)
	}
	return ReplaceFile(path, append(data, '\n'))
}

// Load reads a run that Save wrote. When there is none, the error is os.ErrNotExist.
func Load(path string) (Run, error) {
	var r Run
	data, err := os.ReadFile(path)
	if err != nil {
		return r, fmt.Errorf("read the run: %w", err)
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return r, fmt.Errorf("read the run from %s: %w", path, err)
	}
	return r, nil
}
