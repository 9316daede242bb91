package bench

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/reports"
)

// print shows phases, who took the processors, and claims, the longest first.
func (b Bench) print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "phase of the main job\tseconds")
	for _, e := range b.events {
		if e.State == progress.Done && !b.isClaim(e.Step) {
			fmt.Fprintf(t, "%s\t%s\n", e.Step, seconds(e.Elapsed))
		}
	}
	fmt.Fprintln(t, "\nwho took the processors\tCPU seconds")
	for _, l := range b.processors {
		fmt.Fprintf(t, "%s\t%.1f\n", l.who, l.seconds)
	}
	fmt.Fprintln(t, "\nclaim\tlane\tseconds\tnamespaces\tpods\texecs\tother requests")
	total := map[string]int{}
	for _, r := range b.longestFirst() {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", r.Claim, r.lane, seconds(r.Duration), calls(r.Calls))
		for kind, n := range r.Calls {
			total[kind] += n
		}
	}
	fmt.Fprintf(t, "all\t\t\t%s\n", calls(total))
	return t.Flush()
}

// calls are four columns.
func calls(by map[string]int) string {
	return fmt.Sprintf("%d\t%d\t%d\t%d", by["namespaces made"], by["pods made"], by["exec"]+by["attach"], by["other"]+by["pods deleted"])
}

// boot is the longest lane's: they boot at once.
func (b Bench) boot() time.Duration {
	var longest time.Duration
	for _, l := range b.run.Lanes {
		longest = max(longest, l.Boot)
	}
	return longest
}

func (b Bench) isClaim(step string) bool {
	for _, l := range b.run.Lanes {
		for _, r := range l.Results {
			if step == l.Name+" "+r.Claim {
				return true
			}
		}
	}
	return false
}

type timed struct {
	reports.Result
	lane string
}

func (b Bench) longestFirst() []timed {
	var out []timed
	for _, l := range b.run.Lanes {
		for _, r := range l.Results {
			out = append(out, timed{r, l.Name})
		}
	}
	slices.SortFunc(out, func(a, b timed) int { return int(b.Duration - a.Duration) })
	return out
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()) }
