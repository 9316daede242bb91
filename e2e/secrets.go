package e2e

import "github.com/gateproof/gateproof/e2e/claim"

// Secrets is what /proc tells of other containers' secrets.
var Secrets = claim.Group{Name: "secrets", About: "what /proc tells of other containers' secrets", Claims: []claim.Claim{}}
