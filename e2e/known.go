package e2e

import (
	"maps"
	"slices"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/e2e/claim"
)

// Known refuses a lane that names a claim which does not exist: it would be for nothing. The error is clusters.ErrInput.
func Known(lanes []clusters.Lane) error {
	for _, lane := range lanes {
		for _, id := range append(slices.Clone(lane.Claims), slices.Sorted(maps.Keys(lane.Informative))...) {
			if !Exists(id) {
				return clusters.Inputf("%s: there is no claim %q; e2e/CLAIMS.md has them all", lane.File, id)
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
