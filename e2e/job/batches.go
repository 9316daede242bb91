package job

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/gateproof/gateproof/clusters/doctor"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/merge"
)

// lanesPerCore: a cluster that does nothing still takes a tenth of a core, and more than that make the others' waits long.
const lanesPerCore = 2

// atOnce is how many nodes of lanes the engine has room for; where its free memory (-1) cannot be seen, all of it (-1, too) counts.
func atOnce(freeMemory, memory int64, cpus int) int {
	n := lanesPerCore * cpus
	if freeMemory < 0 {
		freeMemory = memory
	}
	if freeMemory >= 0 {
		n = min(n, int(freeMemory/doctor.LaneMemory))
	}
	return max(n, 1)
}

// batches are the lanes, as many at once as there is room for, in their order. most is that room, in nodes; a lane that has more is alone.
func batches(lanes []lane.Lane, most int) [][]lane.Lane {
	fill := func(most int) (out [][]lane.Lane) {
		room := 0
		for i, l := range lanes {
			if room -= l.Size(); i == 0 || room < 0 {
				out, room = append(out, nil), most-l.Size()
			}
			out[len(out)-1] = append(out[len(out)-1], l)
		}
		return out
	}
	out := fill(most)
	// As even as it goes: five lanes with room for four are three and two.
	for less := most - 1; less > 0; less-- {
		even := fill(less)
		if len(even) > len(out) {
			break
		}
		out = even
	}
	return out
}

// proveAll runs the suite on all lanes: at once where there is room, or else batch by batch, as one run.
func (j *job) proveAll(ctx context.Context) error {
	most := atOnce(doctor.FreeMemory(j.on), j.on.MemoryBytes, j.on.CPUs)
	all := batches(j.asked.Lanes, most)
	if _, err := up.LoadKept(); err == nil || j.asked.Existing != nil || len(all) < 2 {
		return j.prove(ctx)
	}
	fmt.Fprintf(j.renderer, "%d lanes, in %d batches: there is room for %d nodes at once\n",
		len(j.asked.Lanes), len(all), most)
	within, err := time.ParseDuration(j.timeout)
	if err != nil {
		return err
	}
	deadline := time.Now().Add(within)
	var shards []merge.Shard
	for i, batch := range all {
		if err := os.Setenv(settings.LanesEnv, lane.Words(batch)); err != nil {
			return err
		}
		if ctx.Err() != nil {
			shards = append(shards, notRun(i, batch, "the run was interrupted before it"))
			continue
		}
		left := time.Until(deadline)
		if left <= 0 {
			shards = append(shards, notRun(i, batch, "the run's time was up before it"))
			continue
		}
		j.timeout = left.Round(time.Second).String()
		// What earlier batches told has been told.
		if err := errors.Join(remove(j.result()), remove(os.Getenv(progress.Env))); err != nil {
			return err
		}
		err := j.prove(ctx)
		var run reports.Run
		if err == nil {
			run, err = reports.Load(j.result())
		}
		if err != nil { // the other batches' verdicts stand
			shards = append(shards, notRun(i, batch, err.Error()))
			continue
		}
		shards = append(shards, merge.Shard{Name: fmt.Sprintf("batch %d", i+1), Run: run})
	}
	for i := range shards { // it is one compiled suite, even where somebody has committed meanwhile
		shards[i].Run.SuiteVersion, shards[i].Run.Selection = shards[0].Run.SuiteVersion, shards[0].Run.Selection
	}
	run, err := merge.Runs(shards, nil)
	if err != nil {
		return err
	}
	run.Duration = time.Since(run.Started).Round(time.Millisecond)
	return run.Save(j.result())
}

// notRun is a batch without verdicts: its lanes stay in the report, with the reason.
func notRun(i int, batch []lane.Lane, why string) merge.Shard {
	s := merge.Shard{Name: fmt.Sprintf("batch %d", i+1), Run: reports.Run{Started: time.Now()}}
	for _, l := range batch {
		s.Run.Lanes = append(s.Run.Lanes, reports.Lane{Name: l.Name, Version: l.Version, Expect: string(l.Expect.Processes),
			Problems: []reports.Problem{{Step: "boot lane " + l.Name, Message: why}}})
	}
	return s
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
