package procstat

import (
	"errors"
	"os"
	"strings"
	"testing"
)

const rest = " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20"

func TestParse(t *testing.T) {
	for text, want := range map[string]Stat{
		"42 (dockerd) S" + rest:        {"dockerd", "S", 1, 4711},
		"42 (a (b) c) Z" + rest + "\n": {"a (b) c", "Z", 1, 4711},
		"7 () R" + rest:                {"", "R", 1, 4711},
	} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("Parse(%q) = %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "42 dockerd S" + rest, "42 (dockerd) S 1 2", strings.Replace("42 (x) S"+rest, "4711", "-1", 1)} {
		if got, err := Parse(text); err == nil {
			t.Errorf("Parse(%q) = %+v, and no error", text, got)
		}
	}
}

func TestRead(t *testing.T) {
	s, err := Read(os.Getpid())
	if err != nil || !s.Alive() || s.Started == 0 {
		t.Errorf("this process: %+v, %v", s, err)
	}
	if _, err := Read(1 << 30); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a process that is not there: %v", err)
	}
}

func TestAlive(t *testing.T) {
	for state, want := range map[string]bool{"R": true, "S": true, "D": true, "T": true, "Z": false, "X": false, "": false} {
		if got := (Stat{State: state}).Alive(); got != want {
			t.Errorf("Alive of state %q = %v", state, got)
		}
	}
}
