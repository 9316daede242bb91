package e2e

import "github.com/gateproof/gateproof/e2e/claim"

// Boundaries is where sharing ends.
var Boundaries = claim.Group{Name: "boundaries", About: "where sharing ends", Claims: []claim.Claim{}}
