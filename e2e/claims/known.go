package claims

import (
	"maps"
	"slices"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claim"
)

// Known refuses a lane that names a claim which does not exist: it would be for nothing. The error is input.Err.
func Known(lanes []lane.Lane) error {
	for _, l := range lanes {
		for _, id := range append(slices.Clone(l.Claims), slices.Sorted(maps.Keys(l.Informative))...) {
			if !Exists(id) {
				return input.Errorf("%s: there is no claim %q; e2e/CLAIMS.md has them all", l.File, id)
			}
		}
	}
	return nil
}

// Exists says whether there is a claim of that id.
func Exists(id string) bool {
	return slices.ContainsFunc(Catalogue, func(g claim.Group) bool {
		return slices.ContainsFunc(g.Claims, func(c claim.Claim) bool { return c.ID == id })
	})
}
