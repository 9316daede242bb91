package owner

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestProcessAsText(t *testing.T) {
	want := ProcessOf(os.Getpid())
	text := want.String()
	if strings.ContainsAny(text, " \t\"'") {
		t.Errorf("%q needs quotes", text)
	}
	if got, err := ParseProcess(text); err != nil || got != want {
		t.Errorf("%q read as %+v, %v; want %+v", text, got, err, want)
	}
	for _, text := range []string{"", "a/b/c/1", "a/b/c/x/1", "a/b/c/1/x", "a/b/c/1/2/3"} {
		if p, err := ParseProcess(text); err == nil {
			t.Errorf("%q read as %+v", text, p)
		}
	}
}

func TestGone(t *testing.T) {
	child := exec.Command("true")
	if err := child.Run(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(p *Process)
		gone   bool
	}{
		"this one":                         {func(*Process) {}, false},
		"ended":                            {func(p *Process) { p.PID = child.Process.Pid }, true},
		"its number is another's":          {func(p *Process) { p.Started++ }, true},
		"before this boot":                 {func(p *Process) { p.Boot = "other" }, true},
		"of another machine":               {func(p *Process) { p.Machine, p.Boot = "other:", "other" }, false},
		"out of sight":                     {func(p *Process) { p.Namespace, p.PID = "pid:[1]", child.Process.Pid }, false},
		"recorded where there is no /proc": {func(p *Process) { *p = Process{Machine: p.Machine, PID: p.PID} }, false},
	} {
		p := ProcessOf(os.Getpid())
		c.change(&p)
		if p.Gone() != c.gone {
			t.Errorf("%s: Gone() = %v, want %v (%s)", name, !c.gone, c.gone, p)
		}
	}
}

func TestRunIsHandedOn(t *testing.T) {
	labels := Labels()
	if want := Label + "=" + os.Getenv(Env); labels[0] != want || len(ID()) != 8 {
		t.Errorf("label %q, want %q", labels[0], want)
	}
	if want := ProcessLabel + "=" + os.Getenv(ProcessEnv); labels[1] != want || os.Getenv(ProcessEnv) != ProcessOf(os.Getpid()).String() {
		t.Errorf("label %q, want %q of %s", labels[1], want, ProcessOf(os.Getpid()))
	}
	if got := LabelArgs(); !slices.Equal(got, []string{"--label=" + labels[0], "--label=" + labels[1]}) {
		t.Errorf("flags %q", got)
	}
	if !Marks(Env+"=1") || !Marks(ProcessEnv+"=") || Marks("PATH=1") {
		t.Error("Marks")
	}
}
