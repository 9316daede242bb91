package lab

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"github.com/gateproof/gateproof/fixtures/probe"
)

// Call is one thing that the probe does. As is who does it; nil for who the container's processes are.
type Call struct {
	As    *Identity
	Words []string
}

// By is the same call of somebody else.
func (c Call) By(who Identity) Call { return Call{As: &who, Words: c.Words} }

func (c Call) String() string { return fmt.Sprint(c.Words) }

// ToKill sends a signal, by name or number.
func ToKill(signal string, pid int) Call {
	return Call{Words: []string{"kill", signal, strconv.Itoa(pid)}}
}

// ToRead reads a file.
func ToRead(path string) Call { return Call{Words: []string{"read", path}} }

// ToTrace attaches to a process with ptrace(2) and lets it go.
func ToTrace(pid int) Call { return Call{Words: []string{"attach", strconv.Itoa(pid)}} }

// ToFind looks for a word in what /proc tells of every process' arguments and environment.
func ToFind(word string) Call { return Call{Words: []string{"find", hex.EncodeToString([]byte(word))}} }

// ProcessesAnd makes calls and then lists what the container sees in its /proc, all by one exec.
func (c *Container) ProcessesAnd(ctx context.Context, calls ...Call) (Table, []probe.Answer, error) {
	answers, err := c.Calls(ctx, append(calls, Call{Words: []string{"table"}})...)
	if err != nil {
		return nil, nil, err
	}
	table, err := c.tableOf(ctx, answers[len(calls)])
	return table, answers[:len(calls)], err
}

// call is Calls for one.
func (c *Container) call(ctx context.Context, one Call) (probe.Answer, error) {
	answers, err := c.Calls(ctx, one)
	if err != nil {
		return probe.Answer{}, err
	}
	return answers[0], nil
}

// Calls makes calls one after another in the container, all by one exec. The answers, in order, say who asked, too.
func (c *Container) Calls(ctx context.Context, calls ...Call) ([]probe.Answer, error) {
	var args []string
	for i, call := range calls {
		if i > 0 {
			args = append(args, "--")
		}
		if call.As == nil {
			call.As = c.as
		}
		args = slices.Concat(args, call.As.words("as"), call.Words)
	}
	answer, err := c.self().ask(ctx, args...)
	if err != nil {
		return nil, err
	}
	answers := answer.Calls
	if len(calls) == 1 {
		answers = []probe.Answer{answer}
	}
	if len(answers) != len(calls) {
		return nil, fmt.Errorf("the probe in %s answered %d of %d calls", c, len(answers), len(calls))
	}
	for i, call := range calls {
		if err := c.moduleRefused(ctx, call, answers[i]); err != nil {
			return nil, err
		}
	}
	return answers, nil
}
