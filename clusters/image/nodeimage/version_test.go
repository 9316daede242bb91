package nodeimage

import "testing"

func TestAnImageStandsForLanesOfItsOwnRelease(t *testing.T) {
	for _, c := range []struct {
		has, lane string
		laterToo  bool
		want      bool
	}{
		{"v1.16.15", "v1.16.15", false, true},
		{"v1.16.2", "v1.16.15", false, true},
		{"v1.37.0", "v1.16.15", false, false}, // names a gate that is not known any more
		{"v1.38.0-alpha.1", "v1.37.0", true, true},
		{"v1.36.4", "v1.37.0", true, false},
	} {
		if got := stands(c.has, Request{Version: c.lane, LaterToo: c.laterToo}); got != c.want {
			t.Errorf("an image of %s for a lane of %s (later too: %t): %t, want %t", c.has, c.lane, c.laterToo, got, c.want)
		}
	}
}
