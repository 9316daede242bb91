package debian

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// names are Debian's of the architectures that Go and Kubernetes know.
var names = map[string]string{
	"386": "i386", "amd64": "amd64", "arm": "armhf", "arm64": "arm64", "ppc64le": "ppc64el", "riscv64": "riscv64", "s390x": "s390x",
}

// Architecture returns Debian's name of an architecture for Go's.
func Architecture(goarch string) (string, error) {
	if name, ok := names[goarch]; ok {
		return name, nil
	}
	known := strings.Join(slices.Sorted(maps.Keys(names)), ", ")
	return "", fmt.Errorf("no Debian architecture is known for %q; there are %s", goarch, known)
}
