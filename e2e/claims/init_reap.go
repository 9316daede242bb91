package claims

import (
	"context"
	"fmt"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var reapsOrphans = claim.Claim{
	ID:       "reaps-orphans",
	Title:    "the sandbox's process adopts orphans and reaps them",
	Promise:  claim.Promise{From: "pid_namespaces(7)", Text: "PID 1 is the parent of every orphan of its namespace"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"reaps-orphans.yaml"},
	Takes:    10 * time.Second,
	Shared: claim.Side{
		Observe: "1000 orphans get PID 1, which is not the container's own process, as their parent, and none stays a zombie; nor does a child that a timed-out exec probe leaves behind. Control: a zombie of a parent that never waits is seen",
		Check: func(ctx context.Context, b *lab.Bench) {
			app := must(b.NewPod(ctx, "reaps-orphans.yaml")).Container("app")
			sandboxInit(ctx, app)
			orphaned(ctx, app, 1000)
			eventuallyNoZombie(ctx, app, "1000 orphans")

			child := leftByProbe(ctx, app)
			Expect(must(app.Kill(ctx, "TERM", child.PID))).To(BeEmpty(), "ending what the probe left behind")
			eventuallyNoZombie(ctx, app, "an exec probe that timed out")
			zombieIsSeen(ctx, app)
		},
	},
	Isolated: claim.Side{
		Observe: "orphans, and the child that a timed-out exec probe leaves behind, get the container's own PID 1 as their parent; that is sleep, which never waits: they stay zombies",
		Check: func(ctx context.Context, b *lab.Bench) {
			app := must(b.NewPod(ctx, "reaps-orphans.yaml")).Container("app")
			ownInit(ctx, app)
			orphaned(ctx, app, 10)
			eventuallyZombies(ctx, app, 10, "10 orphans, whose parent never waits,")

			child := leftByProbe(ctx, app)
			Expect(must(app.Kill(ctx, "TERM", child.PID))).To(BeEmpty(), "ending what the probe left behind")
			eventuallyZombies(ctx, app, 11, "10 orphans, and the child of an exec probe that timed out,")
		},
	},
}

// orphanScript makes $1 grandchildren whose parents exit at once. Each waits to be adopted, and says who did. No more than twenty are
// under way: a pod may be allowed a hundred processes.
const orphanScript = `f=/tmp/orphans.$$; : >$f; i=0
while [ $i -lt "$1" ]; do
  i=$((i+1))
  ( ( n=0
      while read -r _ _ _ parent _ </proc/self/stat && [ "$parent" != 1 ] && [ $((n+=1)) -lt 30000 ]; do :; done
      echo "$parent" >>$f ) & )
  [ $((i % 20)) != 0 ] || while [ $(wc -l <$f) -lt $i ]; do usleep 5000; done
done
while [ $(wc -l <$f) -lt $i ]; do usleep 5000; done
sort $f | uniq -c`

// orphaned makes orphans in the container: PID 1 must become the parent of each.
func orphaned(ctx context.Context, c *lab.Container, n int) {
	out := must(c.Script(ctx, orphanScript, fmt.Sprint(n)))
	evidence("orphans by their new parent's PID", out)
	Expect(words(out)).To(Equal(fmt.Sprint(n, " 1")), "orphans in %s were not adopted by PID 1; how many by whom:\n%s", c, out)
}

// zombies are the dead children of PID 1 that it has not waited for.
func zombies(table lab.Table) lab.Table {
	return table.ChildrenOf(1).InState("Z")
}

func eventuallyNoZombie(ctx context.Context, c *lab.Container, after string) {
	eventuallyZombies(ctx, c, 0, after)
}

func eventuallyZombies(ctx context.Context, c *lab.Container, want int, after string) {
	eventually(ctx, c, func(g Gomega) {
		left := zombies(seen(c.Processes(ctx)))
		g.Expect(left).To(HaveLen(want), "%d zombies; the first of them:\n%s", len(left), left[:min(len(left), 5)])
	}, "%s should leave %d zombies to PID 1 in %s", after, want, c)
}

// leftByProbe has the readiness probe hang until it times out, and returns the child of it that lives on.
func leftByProbe(ctx context.Context, c *lab.Container) lab.Process {
	child, err := c.SlowProbe(ctx)
	done(err, "a child of an exec probe that timed out should live on, adopted by PID 1")
	evidence("child of the exec probe that timed out", child)
	return child
}

// zombieIsSeen is the control: the scan finds a zombie that is there.
func zombieIsSeen(ctx context.Context, c *lab.Container) {
	must(c.Output(ctx, "sh", "-c", `(true & exec sleep 3600) </dev/null >/dev/null 2>&1 &`))
	table := must(lab.Await(ctx, lab.Timeouts.Observation, c.Processes, func(t lab.Table) bool { return len(t.InState("Z")) > 0 }))
	Control(table.InState("Z")).NotTo(BeEmpty(), "control: a zombie whose parent never waits should be seen in %s; it sees:\n%s", c, table)
}
