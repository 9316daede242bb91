package bounding

import (
	"slices"
	"testing"
)

func TestParse(t *testing.T) {
	got, err := parse("Name:\tx\nCapBnd:\t000001fffeffffff\nCapAmb:\t0000000000000000\n")
	if err != nil || got != 0x1fffeffffff {
		t.Errorf("parse = %x, %v", got, err)
	}
	if _, err := parse("Name:\tx\n"); err == nil {
		t.Error("a status without CapBnd is accepted")
	}
}

func TestHas(t *testing.T) {
	s := Set(0x1fffeffffff) // all but bit 24
	for name, want := range map[string]bool{
		"CAP_CHOWN": true, "CAP_SYS_RESOURCE": false, "CAP_CHECKPOINT_RESTORE": true, "CAP_OF_A_LATER_KERNEL": true,
	} {
		if s.Has(name) != want {
			t.Errorf("Has(%s) = %v", name, !want)
		}
	}
	if Set(1<<19) != bit(t, "CAP_SYS_PTRACE") || Set(1<<40) != bit(t, "CAP_CHECKPOINT_RESTORE") {
		t.Error("the table of names is out of step with the kernel's numbers")
	}
}

func bit(t *testing.T, name string) Set {
	t.Helper()
	for i := range names {
		if s := Set(1 << i); s.Has(name) {
			return s
		}
	}
	t.Fatalf("%s is not in the table", name)
	return 0
}

func TestLacking(t *testing.T) {
	if got := Set(0x1fffeffffff).lacking(40); !slices.Equal(got, []string{"CAP_SYS_RESOURCE"}) {
		t.Errorf("lacking = %q", got)
	}
	if got := Set(0xffffffff).lacking(31); len(got) != 0 {
		t.Errorf("an older kernel's full set lacks %q", got)
	}
}
