package access

import (
	"testing"

	. "github.com/onsi/gomega"
)

// What containers have that ask for nothing, with and without more.
const (
	usual   = 0xa80425fb
	tracing = usual | capSysPtrace
)

var (
	root      = Creds{Caps: usual, Dumpable: true}
	tracer    = Creds{Caps: tracing, Dumpable: true}
	powerless = Creds{Dumpable: true} // uid 0 without capabilities
	worker    = Creds{UID: 101, GID: 101, Dumpable: true}
	other     = Creds{UID: 1000, GID: 1000, Dumpable: true}
)

func undumpable(c Creds) Creds { c.Dumpable = false; return c }

func TestKill(t *testing.T) {
	for what, c := range map[string]struct {
		by, to Creds
		err    string
	}{
		"root, to root":                                {root, root, ""},
		"root, to another uid":                         {root, worker, ""},
		"root without capabilities, to another uid":    {powerless, worker, "EPERM"},
		"root without capabilities, to a stronger one": {powerless, tracer, ""},
		"uid 101, to itself":                           {worker, worker, ""},
		"uid 101, to one that is not dumpable":         {worker, undumpable(worker), ""},
		"uid 101, to root":                             {worker, root, "EPERM"},
		"another uid with SYS_PTRACE":                  {Creds{UID: 1000, Caps: capSysPtrace}, root, "EPERM"},
		"another uid with KILL":                        {Creds{UID: 1000, Caps: capKill}, root, ""},
	} {
		NewWithT(t).Expect(Kill(c.by, c.to).Err).To(Equal(c.err), what)
	}
}

func TestRootAndAttach(t *testing.T) {
	for what, c := range map[string]struct {
		by, of Creds
		denied bool
	}{
		"root, of root with as much":               {root, root, false},
		"root, of root with more":                  {root, tracer, true},
		"root, of root with less":                  {tracer, root, false},
		"root without capabilities, of root":       {powerless, root, true},
		"root without capabilities, of another":    {powerless, worker, true},
		"root, of the worker":                      {root, worker, true},
		"root with SYS_PTRACE, of the worker":      {tracer, worker, false},
		"the worker's uid, of the worker":          {worker, worker, false},
		"the worker's uid, another gid":            {Creds{UID: 101}, worker, true},
		"another uid, of the worker":               {other, worker, true},
		"another uid with SYS_PTRACE, of root":     {Creds{UID: 1000, Caps: capSysPtrace}, root, false},
		"root, of root that is not dumpable":       {root, undumpable(root), true},
		"root with SYS_PTRACE, of not dumpable":    {tracer, undumpable(root), false},
		"the worker's uid, of one not dumpable":    {worker, undumpable(worker), true},
		"SYS_PTRACE alone, of one that has more":   {Creds{Caps: capSysPtrace}, tracer, false},
		"root without KILL, of root that has KILL": {Creds{Caps: usual &^ capKill}, root, true},
	} {
		g := NewWithT(t)
		read, attach := "", ""
		if c.denied {
			read, attach = "EACCES", "EPERM"
		}
		g.Expect(Root(c.by, c.of).Err).To(Equal(read), what)
		g.Expect(Attach(c.by, c.of, "").Err).To(Equal(attach), what)
		g.Expect(Attach(c.by, c.of, "0").Err).To(Equal(attach), what)
	}
}

func TestYama(t *testing.T) {
	for scope, want := range map[Scope]struct{ root, tracer string }{
		"":  {"", ""},
		"0": {"", ""},
		"1": {"EPERM", ""},
		"2": {"EPERM", ""},
		"3": {"EPERM", "EPERM"},
	} {
		g := NewWithT(t)
		g.Expect(Attach(root, root, scope).Err).To(Equal(want.root), "scope %q, without SYS_PTRACE", scope)
		g.Expect(Attach(tracer, root, scope).Err).To(Equal(want.tracer), "scope %q, with SYS_PTRACE", scope)
	}
}
