package progress

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Env names the file that events of child processes go to: what they print is captured by the test runner.
const Env = "GATEPROOF_PROGRESS"

// poll is how often Follow looks for news.
const poll = 100 * time.Millisecond

// ToFile returns a sink that appends events to the file, which is made when missing: one JSON object a line, one
// write an event, so that several processes may share it. Progress is no part of the work: a write that fails
// is let go. The file stays open as long as the sink is in use.
func ToFile(path string) (Sink, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open the progress file: %w", err)
	}
	return func(e Event) {
		if line, err := json.Marshal(e); err == nil {
			_, _ = f.Write(append(line, '\n'))
		}
	}, nil
}

// Follow tells sink every event of the file, from its beginning, until ctx ends and what was written by then is told.
// The file may come later. Lines that are no events are skipped. The error is the file system's, never ctx's.
func Follow(ctx context.Context, path string, sink Sink) error {
	var f *os.File
	var rest []byte
	defer func() {
		if f != nil {
			_ = f.Close()
		}
	}()
	for {
		ended := ctx.Err() != nil // asked before reading: what came before the end is read below
		if f == nil {
			var err error
			if f, err = os.Open(path); err != nil && !errors.Is(err, os.ErrNotExist) {
				return fmt.Errorf("follow the progress file: %w", err)
			}
		}
		if f != nil {
			data, err := io.ReadAll(f)
			if err != nil {
				return fmt.Errorf("follow the progress file: %w", err)
			}
			rest = tell(append(rest, data...), sink)
		}
		if ended {
			return nil
		}
		select {
		case <-ctx.Done():
		case <-time.After(poll):
		}
	}
}

// tell passes on the whole lines of data and returns what is left.
func tell(data []byte, sink Sink) []byte {
	for {
		line, rest, whole := bytes.Cut(data, []byte("\n"))
		if !whole {
			return data
		}
		var e Event
		if json.Unmarshal(line, &e) == nil && e.State != "" {
			sink(e)
		}
		data = rest
	}
}
