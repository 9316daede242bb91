package corpus

import (
	"slices"
	"sync"

	"github.com/gateproof/gateproof/clusters/alter"
	"github.com/gateproof/gateproof/clusters/lane"
)

// Turn is what one change asks of the lanes.
type Turn struct {
	Lane   string       // whose cluster it is meant for
	Change alter.Change // what it does
	Slow   bool         // it mostly waits, so that it goes first, beside others that work
}

// fits says that the lane may try it: its own, or one of which as much is expected. What a shell does on the node stays on its own lane,
// whose components it may know by how they were started.
func (t Turn) fits(l lane.Lane, own lane.Lane) bool {
	return l.Name == t.Lane || t.Change.Node == nil && Alike(l, own)
}

// Alike says that as much is expected of the one lane as of the other, so that it can stand in for it. One with several nodes stands for itself.
func Alike(l, own lane.Lane) bool {
	return l.Version == own.Version && l.RuntimeClass == own.RuntimeClass && l.ContainerRuntime == own.ContainerRuntime && l.AppArmor == own.AppArmor && l.Expect == own.Expect &&
		len(l.Claims)+len(own.Claims)+len(l.Nodes)+len(own.Nodes) == 0 && !l.Cluster && !own.Cluster
}

// queue is what waits for its turn. A lane takes its own from the front, where the slow ones are, and another's from the end.
type queue struct {
	sync.Mutex
	turns  []Turn
	own    map[string]lane.Lane
	order  []int // of turns
	damage map[string]error
}

func line(lanes []lane.Lane, turns []Turn) *queue {
	q := &queue{turns: turns, own: map[string]lane.Lane{}, damage: map[string]error{}}
	for _, l := range lanes {
		q.own[l.Name] = l
	}
	for _, slow := range []bool{true, false} {
		for i, t := range turns {
			if t.Slow == slow {
				q.order = append(q.order, i)
			}
		}
	}
	return q
}

// next takes the lane's next turn; there is none where ok is false.
func (q *queue) next(l lane.Lane) (i int, ok bool) {
	q.Lock()
	defer q.Unlock()
	at := slices.IndexFunc(q.order, func(i int) bool { return q.turns[i].Lane == l.Name })
	for j := len(q.order) - 1; at < 0 && j >= 0; j-- {
		if t := q.turns[q.order[j]]; t.fits(l, q.own[t.Lane]) {
			at = j
		}
	}
	if at < 0 {
		return 0, false
	}
	i = q.order[at]
	q.order = slices.Delete(q.order, at, at+1)
	return i, true
}

// leave says that the lane takes no more turns, and why.
func (q *queue) leave(l lane.Lane, why error) {
	q.Lock()
	defer q.Unlock()
	q.damage[l.Name] = why
}

// left are those that no lane took, with what became of their own, which takes all that are its own otherwise.
func (q *queue) left() map[int]error {
	q.Lock()
	defer q.Unlock()
	out := map[int]error{}
	for _, i := range q.order {
		out[i] = q.damage[q.turns[i].Lane]
	}
	return out
}
