package merge

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func shard(name, version string, hour int, lanes ...string) Shard {
	run := reports.Run{SuiteVersion: version, Started: time.Date(2026, 1, 1, hour, 0, 0, 0, time.UTC), Duration: time.Duration(hour) * time.Minute}
	for _, l := range lanes {
		run.Lanes = append(run.Lanes, reports.Lane{Name: l, Results: []reports.Result{{Claim: "a", Kind: reports.Conformance, Verdict: reports.Holds}}})
	}
	return Shard{name, run}
}

func TestMerge(t *testing.T) {
	g := NewWithT(t)
	two := shard("two", "v1", 2, "off")
	two.Run.Infrastructure = []reports.Problem{{Step: "boot", Message: "slow"}}
	two.Run.Lanes[0].Results[0].Verdict, two.Run.Lanes[0].Results[0].Cause = reports.NotObserved, reports.CauseExec
	run, err := Runs([]Shard{two, shard("one", "v1", 1, "on")}, []string{"on", "off"})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Lanes).To(HaveExactElements(HaveField("Name", "on"), HaveField("Name", "off")))
	g.Expect(run.Lanes[1].Results[0].Cause).To(Equal(reports.CauseExec))
	g.Expect(run.Started.Hour()).To(Equal(1))
	g.Expect(run.Duration).To(Equal(2 * time.Minute))
	g.Expect(run.Infrastructure).To(HaveExactElements(reports.Problem{Step: "two: boot", Message: "slow"}))
}

func TestWhatIsNotMerged(t *testing.T) {
	for says, c := range map[string]struct {
		shards []Shard
		want   []string
	}{
		"nothing to merge":                        {},
		"lane on is in one and in two":            {shards: []Shard{shard("one", "v1", 1, "on"), shard("two", "v1", 1, "on")}},
		"no shard has lane off":                   {shards: []Shard{shard("one", "v1", 1, "on")}, want: []string{"on", "off"}},
		"two has no results":                      {shards: []Shard{shard("one", "v1", 1, "on"), shard("two", "v1", 1)}},
		`suite version "v1" and "v2"`:             {shards: []Shard{shard("one", "v1", 1, "on"), shard("two", "v2", 1, "off")}},
		"one and two are of different suites: su": {shards: []Shard{shard("one", "v1", 1, "on"), shard("two", "", 1, "off")}},
	} {
		_, err := Runs(c.shards, c.want)
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(says)))
	}
}
