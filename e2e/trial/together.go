package trial

import (
	"github.com/gateproof/gateproof/clusters/alter"
	"github.com/gateproof/gateproof/clusters/benign"
)

// atOnce is how many variants are tried at once, at most.
const atOnce = 3

// group are variants that are tried at once: clusters have many habits.
type group struct {
	at       []int // of the selected ones
	variants []benign.Variant
	change   alter.Change // all of theirs
}

func (g group) slow() bool { return len(g.variants) == 1 && g.variants[0].Slow != "" }

func alone(at int, v benign.Variant) group { return group{[]int{at}, []benign.Variant{v}, v.Change} }

// joins says that every claim must hold on the variant, and that nothing else about it is special: together with others like it, it shows
// what it shows alone. By another way to the cluster the claims that ask the node are not applicable, which others would lose.
func joins(v benign.Variant) bool {
	return v.Credentials == nil && v.Serve == nil && v.Answer == "" && len(v.May)+len(v.Claims) == 0 && !v.Ends && v.Waits == "" && v.Slow == "" && v.Needs == nil && v.Lasting == ""
}

// groups puts each variant that joins to the first of its lane that it goes together with. Asked for by their ids, or as a sample, each is
// alone.
func (t trial) groups() []group {
	var out []group
next:
	for i, v := range t.selected {
		if t.all && joins(v) {
			for j, g := range out {
				if len(g.variants) == atOnce || g.variants[0].Lane != v.Lane || !joins(g.variants[0]) {
					continue
				}
				if both, ok := g.change.Join(v.Change); ok {
					out[j] = group{append(g.at, i), append(g.variants, v), both}
					continue next
				}
			}
		}
		out = append(out, alone(i, v))
	}
	return out
}
