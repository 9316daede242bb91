package e2e

import _ "embed"

// Rights is the manifest of the service account that a run acts as.
//
//go:embed rights.yaml
var Rights string
