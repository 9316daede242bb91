package claims

import "github.com/gateproof/gateproof/e2e/claim"

// Catalogue is every claim, by group, in the order in which reports show them.
var Catalogue = []claim.Group{API, Start, Visibility, Init, Signals, Filesystem, Secrets, Lifecycle, Boundaries, Shapes, Gate, Later}
