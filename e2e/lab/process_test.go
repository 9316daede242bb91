package lab

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/fixtures/probe"
)

func process(pid, ppid int, start uint64, argv ...string) Process {
	return Process{Process: probe.Process{PID: pid, PPID: ppid, Start: start, Argv: argv, State: "S"}}
}

var (
	pause    = process(1, 0, 100, "/pause")
	master   = process(7, 0, 120, "nginx: master process nginx -g daemon off;")
	worker   = process(8, 7, 121, "nginx: worker process")
	held     = process(40, 1, 300, ProbePath, "hold", "gpword")
	question = process(50, 0, 400, ProbePath, "gpnonce", "table")
	bringing = process(51, 0, 401, "sh", "-c", "cat", ProbePath+".gpname")
	table    = Table{pause, master, worker, held, question, bringing}
)

func TestTableHelpers(t *testing.T) {
	g := NewWithT(t)
	g.Expect(table.Theirs()).To(Equal(Table{pause, master, worker}))
	g.Expect(table.Lasting()).To(Equal(Table{pause, master, worker, held}))
	g.Expect(table.WithWord("gpword")).To(Equal(Table{held}))
	g.Expect(table.WithWord("gp")).To(BeEmpty(), "a word is whole")
	g.Expect(table.StartedAt(121)).To(Equal(Table{worker}))
	g.Expect(table.ChildrenOf(7)).To(Equal(Table{worker}))
	one, ok := table.PID(1)
	g.Expect(ok).To(BeTrue())
	g.Expect(one).To(Equal(pause))
	_, ok = table.PID(2)
	g.Expect(ok).To(BeFalse())
	g.Expect(Table{pause, worker}.IDs()).To(Equal([]ID{{1, 100}, {8, 121}}))
	g.Expect(Table(nil).IDs()).To(BeEmpty())
	_, used := table.PID(table.UnusedPID())
	g.Expect(used).To(BeFalse())
}

func TestAges(t *testing.T) {
	g := NewWithT(t)
	v := View{Self: probe.Self{Start: question.Start}, Table: table}
	g.Expect(v.OlderThan(2 * time.Second)).To(Equal(Table{pause, master, worker}))
	g.Expect(v.OlderThan(3*time.Second)).To(BeEmpty(), "what is as old is not older")
}

func TestWhatACutExecHasLeftIsTheSuitesOwn(t *testing.T) {
	g := NewWithT(t)
	cat, below, daemon := process(52, 51, 402, "cat"), process(53, 52, 403, "sleep", "1"), process(54, 40, 404, "sleep", "1")
	pace := process(55, 1, 405, ProbePath, "hold", paceWord+"gpword")
	left := append(Table{below, cat, daemon, pace}, table...)
	left.markAsked()
	g.Expect(left.Unaccounted(pause, master, worker, held, daemon)).To(BeEmpty(), "a child of the probe's is its own, one of a held process is not")
	g.Expect(left.Theirs().IDs()).To(ConsistOf(pause.ID(), master.ID(), worker.ID(), daemon.ID()))
}

func TestFree(t *testing.T) {
	g := NewWithT(t)
	for pid, free := range map[int]bool{
		1: false, 8: false, 51: false, // taken
		9: true, 49: true, // passed
		52: false, 51 + outOfReach: false, // may be given out while the spec runs
		52 + outOfReach: true,
	} {
		g.Expect(table.Free(pid)).To(Equal(free), "PID %d", pid)
	}
}

func TestUnaccounted(t *testing.T) {
	g := NewWithT(t)
	g.Expect(table.Unaccounted(pause, master, worker, held)).To(BeEmpty())
	g.Expect(table.Unaccounted(held, worker, master, pause)).To(BeEmpty(), "in whatever order")
	g.Expect(table.Unaccounted(pause, master, worker)).To(Equal("sees 1 that it should not: " + held.String()))
	other := process(8, 7, 122, "nginx: worker process") // the same number, another process
	g.Expect(table.Unaccounted(pause, master, other, held)).To(Equal(
		"sees 1 that it should not: " + worker.String() + "; does not see 1 that it should: " + other.String()))
	g.Expect(Table(nil).Unaccounted(pause)).To(Equal("does not see 1 that it should: " + pause.String()))
	zombie := process(9, 7, 130)
	zombie.State, zombie.Comm = "Z", "nginx"
	g.Expect(Table{pause, zombie}.Unaccounted(pause)).To(ContainSubstring("[nginx]"), "one without a command line has a name")
}

func TestOursIsToldByPath(t *testing.T) {
	g := NewWithT(t)
	g.Expect(held.Ours()).To(BeTrue())
	g.Expect(held.Held()).To(BeTrue())
	g.Expect(question.Held()).To(BeFalse())
	g.Expect(bringing.Ours()).To(BeTrue())
	g.Expect(process(3, 1, 1, "cat", "/etc/"+ProbePath).Ours()).To(BeFalse())
	g.Expect(process(3, 1, 1, "hold").Held()).To(BeFalse())
}

func TestTableIsShownWhole(t *testing.T) {
	g := NewWithT(t)
	kernelThread := process(2, 0, 5)
	kernelThread.Comm = "kthreadd"
	g.Expect(Table{pause, kernelThread}.String()).To(Equal(
		"PID  PPID  UID  START  STATE  COMMAND\n1    0     0    100    S      /pause\n2    0     0    5      S      [kthreadd]\n"))
}
