package nodeimage

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/run"
)

// OtherVersionError says that a given node image is of a Kubernetes release that the lane was not declared for.
type OtherVersionError struct{ Ref, Has, Want string }

func (e *OtherVersionError) Error() string {
	return fmt.Sprintf("node image %s is of Kubernetes %s, and the lane is declared for %s: what it expects may not be true of it", e.Ref, e.Has, e.Want)
}

// versionOf is the Kubernetes version of a node image, from the file that kind's builds write.
func versionOf(ctx context.Context, image Image) (string, error) {
	argv := append([]string{"docker", "run", "--pull=never", "--rm", "--network=none", "--entrypoint=cat"}, owner.LabelArgs()...)
	out, err := run.Output(ctx, append(argv, image.ID, "/kind/version")...)
	if err != nil {
		return "", fmt.Errorf("%s is no node image of kind's, or cannot be started: %w", image.Ref, err)
	}
	version := strings.TrimSpace(out)
	if !semver.IsValid(version) {
		return "", fmt.Errorf("%s is no node image of kind's: its /kind/version is %q", image.Ref, version)
	}
	return version, nil
}

// stands says whether an image of that version may stand for the lane's: of the same minor release or, where no component is told of
// the gate, of a later one, which is how a release is tried before it is out.
func stands(version string, req Request) bool {
	if semver.MajorMinor(version) == semver.MajorMinor(req.Version) {
		return true
	}
	return req.LaterToo && semver.Compare(version, req.Version) > 0
}
