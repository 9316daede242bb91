package trial

import (
	"slices"

	"github.com/gateproof/gateproof/clusters/alter"
	"github.com/gateproof/gateproof/clusters/benign"
	matrices "github.com/gateproof/gateproof/reports/benign"
)

// atOnce is how many variants are tried at once, at most.
const atOnce = 4

// group are variants that are tried at once: clusters have many habits.
type group struct {
	at       []int // of the selected ones
	variants []benign.Variant
	change   alter.Change // all of theirs
}

func (g group) slow() bool { return len(g.variants) == 1 && g.variants[0].Slow != "" }

func alone(at int, v benign.Variant) group { return group{[]int{at}, []benign.Variant{v}, v.Change} }

// joins says that few claims may be not observed on the variant, and that nothing else about it is special: together with others like it, it
// shows what it shows alone. By another way to the cluster the claims that ask the node are not applicable, which others would lose.
func joins(v benign.Variant) bool {
	return v.Credentials == nil && v.Serve == nil && v.Answer == "" && len(v.May) <= mayMiss && !slices.Contains(v.May, benign.All) && len(v.Claims) == 0 &&
		!v.Ends && v.Waits == "" && v.Slow == "" && v.Needs == nil && v.Lasting == ""
}

// mayMiss is how many claims a variant that joins may miss, at most: the others of its group are asked for these alone.
const mayMiss = 5

// tells says that it shows of each of the two whether it is in force: that admission has changed something may be the doing of either.
func tells(v, other benign.Variant) bool {
	return v.Admit == "" || other.Admit == "" || v.InForce.Look != "" && other.InForce.Look != ""
}

// fits says that the variant can be tried at once with the group's.
func (g group) fits(v benign.Variant) bool {
	return len(g.variants) < atOnce && joins(v) && !slices.ContainsFunc(g.variants, func(other benign.Variant) bool {
		return other.Lane != v.Lane || !joins(other) || !tells(v, other)
	})
}

// excused are the claims that could not look at the group's variant i, although they must, and that another of the group may miss.
func (g group) excused(i int, row matrices.Variant) (claims []string) {
	for _, s := range row.Unobserved {
		if !g.variants[i].MayMiss(s.Claim) && slices.ContainsFunc(g.variants, func(v benign.Variant) bool { return v.MayMiss(s.Claim) }) {
			claims = append(claims, s.Claim)
		}
	}
	return claims
}

// groups puts each variant that joins to the first of its lane that it goes together with. Asked for by their ids, or as a sample, each is
// alone.
func (t trial) groups() []group {
	var out []group
next:
	for i, v := range t.selected {
		for j, g := range out {
			if !t.all || !g.fits(v) {
				continue
			}
			if both, ok := g.change.Join(v.Change); ok {
				out[j] = group{append(g.at, i), append(g.variants, v), both}
				continue next
			}
		}
		out = append(out, alone(i, v))
	}
	return out
}
