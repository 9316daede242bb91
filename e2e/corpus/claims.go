package corpus

import (
	"fmt"
	"slices"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/reports"
)

// ClaimIDs are the ids of all claims, in the catalogue's order.
func ClaimIDs() []string {
	var ids []string
	for _, g := range claims.Catalogue {
		for _, c := range g.Claims {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// WalkThrough are the ids of the page's own, a quick choice.
func WalkThrough() []string {
	var ids []string
	for _, c := range claims.Start.Claims {
		ids = append(ids, c.ID)
	}
	return ids
}

// Quick are the page's own claims, and those that lanes are for alone, which have no others.
func Quick(lanes []lane.Lane) []string {
	ids := WalkThrough()
	for _, l := range lanes {
		ids = append(ids, l.Claims...)
	}
	return ids
}

// Known refuses ids that are no claim's.
func Known(ids ...string) error {
	all := ClaimIDs()
	for _, id := range ids {
		if !slices.Contains(all, id) {
			return fmt.Errorf("there is no claim %q", id)
		}
	}
	return nil
}

// Observed are the claims that hold in one of the run's lanes: the others have nothing to observe there, and cannot notice anything.
func Observed(run reports.Run, claims []string) []string {
	holds := map[string]bool{}
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			holds[r.Claim] = holds[r.Claim] || r.Verdict == reports.Holds
		}
	}
	return slices.DeleteFunc(slices.Clone(claims), func(id string) bool { return !holds[id] })
}
