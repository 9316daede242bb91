package trial

import (
	"fmt"
	"os"
	"slices"

	"github.com/gateproof/gateproof/clusters/benign"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/corpus"
)

// known refuses variants that name a claim which does not exist.
func known(variants []benign.Variant) error {
	for _, v := range variants {
		ids := slices.DeleteFunc(slices.Concat(v.May, v.Holds, v.Claims, v.Bears), func(id string) bool { return id == benign.All })
		if err := corpus.Known(ids...); err != nil {
			return fmt.Errorf("variant %s: %w", v.ID, err)
		}
	}
	return nil
}

// choose are the variants whose lane is among the kept ones, or a sample of those that take no long time and need nothing. One that was
// asked for by its id must be there.
func (o options) choose(selected []benign.Variant, kept *up.Set) ([]benign.Variant, error) {
	out, err := corpus.OnLanes(selected, kept, func(v benign.Variant) string { return v.Lane }, o.chosen != "", func(v benign.Variant) error {
		return input.Errorf("variant %s is one of lane %s, which is not up: gateproof benign --lanes=%s --variants=%s", v.ID, v.Lane, v.Lane, v.ID)
	})
	if err != nil {
		return nil, err
	}
	if o.sample.N > 0 {
		out = slices.DeleteFunc(out, func(v benign.Variant) bool { return v.Slow != "" || v.Needs != nil })
	}
	return corpus.Of(o.sample, out, func(v benign.Variant) string { return v.ID }, os.Stdout), nil
}
