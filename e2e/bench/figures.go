package bench

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// Benches are several measurements, one after the other.
type Benches []Bench

// figure is one that is compared.
type figure struct {
	what   string
	of     func(Bench) float64
	format string
}

// figures are what the last table shows.
var figures = []figure{
	{"kind create cluster, all lanes at once, until Ready: seconds", func(b Bench) float64 { return b.kindCreate.Seconds() }, "%.1f"},
	{"kind delete cluster, all lanes at once: seconds", func(b Bench) float64 { return b.kindDelete.Seconds() }, "%.1f"},
	{"the suite's boot of the same lanes: seconds", func(b Bench) float64 { return b.boot().Seconds() }, "%.1f"},
	{"the same, by kind's create", func(b Bench) float64 { return ratio(b.boot(), b.kindCreate) }, "%.2f"},
	{"the main job: seconds", func(b Bench) float64 { return b.e2e.Seconds() }, "%.1f"},
	{"the same, by kind's create and delete", func(b Bench) float64 { return ratio(b.e2e, b.kindCreate+b.kindDelete) }, "%.2f"},
	{"its processor time on the nodes: seconds", func(b Bench) float64 { return b.spent(nodesWord) }, "%.1f"},
	{"its processor time in the engine and gateproof: seconds", func(b Bench) float64 { return b.spent(engineWord) + b.spent(suiteWord) }, "%.1f"},
	{"processes on its nodes, at most", func(b Bench) float64 { return float64(b.processes) }, "%.0f"},
	{"memory of the machine that it took, at most: MiB", func(b Bench) float64 { return float64(b.run.PeakMemory) / (1 << 20) }, "%.0f"},
}

// spent is what the processors' table says of somebody, in seconds.
func (b Bench) spent(who string) float64 {
	for _, l := range b.processors {
		if l.who == who {
			return l.seconds
		}
	}
	return 0
}

// median is the measurement whose main job took the median time, the shorter one of two.
func (b Benches) median() Bench {
	sorted := slices.SortedFunc(slices.Values(b), func(x, y Bench) int { return int(x.e2e - y.e2e) })
	return sorted[(len(sorted)-1)/2]
}

// Print shows the median one, and the figures of all.
func (b Benches) Print(w io.Writer) error {
	if err := b.median().print(w); err != nil {
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	head := "in one run"
	if len(b) > 1 {
		head = fmt.Sprintf("in %d runs, one after the other; the tables above are of the median one\tmedian\tleast\tmost", len(b))
	}
	fmt.Fprintln(t, "\n"+head)
	for _, f := range figures {
		var of []float64
		for _, one := range b {
			of = append(of, f.of(one))
		}
		slices.Sort(of)
		fmt.Fprintf(t, "%s\t"+f.format, f.what, of[(len(of)-1)/2])
		if len(b) > 1 {
			fmt.Fprintf(t, "\t"+f.format+"\t"+f.format, of[0], of[len(of)-1])
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

func ratio(a, b time.Duration) float64 { return a.Seconds() / b.Seconds() }
