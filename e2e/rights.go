package e2e

import _ "embed"

// Rights is the manifest of the service account that a run acts as.
//
//go:embed rights.yaml
var Rights string

// RightsNodeAccess is the manifest of what looking at somebody's nodes takes.
//
//go:embed rights-node-access.yaml
var RightsNodeAccess string
