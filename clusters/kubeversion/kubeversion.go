// Package kubeversion orders Kubernetes' versions.
package kubeversion

import "golang.org/x/mod/semver"

// Compare orders v1.9.1 before v1.10.0.
func Compare(a, b string) int { return semver.Compare(a, b) }

// AtLeast says whether version is that one or a later one.
func AtLeast(version, first string) bool { return Compare(version, first) >= 0 }
