// Package merge makes one run of the shards of a matrix, a lane a runner.
package merge

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/reports"
)

// Shard is one runner's run, and where it came from.
type Shard struct {
	Name string
	Run  reports.Run
}

// Runs merges the shards. It refuses what would make a report of two suites or with holes: a lane that is there twice,
// one of want that is missing, a shard without results, different suite versions or selections (the digest is that of a build, which paths and toolchain change).
func Runs(shards []Shard, want []string) (reports.Run, error) {
	var out reports.Run
	if len(shards) == 0 {
		return out, errors.New("there is nothing to merge: name the folders of the shards' reports")
	}
	first := shards[0]
	out = reports.Run{
		SuiteVersion: first.Run.SuiteVersion, SuiteDigest: first.Run.SuiteDigest, Selection: first.Run.Selection, Started: first.Run.Started,
	}
	from := map[string]string{}
	var errs []error
	for _, s := range shards {
		errs = append(errs, alike(first, s), filled(s))
		if s.Run.Started.Before(out.Started) {
			out.Started = s.Run.Started
		}
		out.Duration = max(out.Duration, s.Run.Duration)
		for _, p := range s.Run.Infrastructure {
			p.Step = s.Name + ": " + p.Step
			out.Infrastructure = append(out.Infrastructure, p)
		}
		for _, step := range s.Run.Steps {
			step.Name = s.Name + ": " + step.Name
			out.Steps = append(out.Steps, step)
		}
		for _, l := range s.Run.Lanes {
			if other, ok := from[l.Name]; ok {
				errs = append(errs, fmt.Errorf("lane %s is in %s and in %s: which one counts?", l.Name, other, s.Name))
				continue
			}
			from[l.Name] = s.Name
			out.Lanes = append(out.Lanes, l)
		}
	}
	var missing []string
	for _, name := range want {
		if _, ok := from[name]; !ok {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		errs = append(errs, fmt.Errorf("no shard has lane %s: a matrix with a hole proves less than it seems to", strings.Join(missing, ", ")))
	}
	if len(want) > 0 {
		slices.SortStableFunc(out.Lanes, func(a, b reports.Lane) int { return rank(want, a.Name) - rank(want, b.Name) })
	}
	return out, errors.Join(errs...)
}

// rank puts the lanes that were asked for first, in that order.
func rank(want []string, name string) int {
	if i := slices.Index(want, name); i >= 0 {
		return i
	}
	return len(want)
}

func alike(a, b Shard) error {
	for _, field := range []struct{ name, a, b string }{
		{"suite version", a.Run.SuiteVersion, b.Run.SuiteVersion},
		{"selection", a.Run.Selection, b.Run.Selection},
	} {
		if field.a != field.b {
			return fmt.Errorf("%s and %s are of different suites: %s %q and %q", a.Name, b.Name, field.name, field.a, field.b)
		}
	}
	return nil
}

func filled(s Shard) error {
	for _, l := range s.Run.Lanes {
		if len(l.Results) > 0 || explains(l.Problems) {
			return nil
		}
	}
	if explains(s.Run.Infrastructure) {
		return nil // it says itself why there is nothing
	}
	return fmt.Errorf("%s has no results, and does not say why", s.Name)
}

// explains says that one of them is more than a warning.
func explains(problems []reports.Problem) bool {
	return slices.ContainsFunc(problems, func(p reports.Problem) bool { return !p.Warning })
}
