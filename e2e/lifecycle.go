package e2e

import "github.com/gateproof/gateproof/e2e/claim"

// Lifecycle is what ends with what.
var Lifecycle = claim.Group{Name: "lifecycle", About: "restarts, stops and deletion", Claims: []claim.Claim{}}
