package existing

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path"
	"slices"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
	"github.com/google/go-containerregistry/pkg/v1/tarball"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/workload"
	"github.com/gateproof/gateproof/clusters/input"
)

// Images says where a cluster's nodes have the images from that pods run. Where nothing is said, it is the project's registry if that has those
// of this suite, or else the nodes must know them by the names that the manifests have.
type Images struct {
	Registry string // HOST/PATH that `images push` has filled, or NoRegistry
	Archive  string // file of `images archive`, which the nodes have been given
}

// NoRegistry, as a registry, says that the nodes know the images by the names that the manifests have.
const NoRegistry = "none"

// of are the names by which the nodes find the images. The error of a registry that answers and has them not, and of a file that is no such
// archive, is an input.Err.
func (i Images) of(ctx context.Context) (clusters.Images, error) {
	if i.Registry != "" && i.Archive != "" {
		return clusters.Images{}, input.Errorf("IMAGE_REGISTRY and IMAGE_ARCHIVE exclude each other: nodes pull the images, or have been given them")
	}
	if i.Registry == NoRegistry {
		return clusters.Images{}, nil
	}
	if i.Archive != "" {
		names, err := inArchive(i.Archive)
		return clusters.Images{Names: names, Archive: i.Archive}, err
	}
	ctx, cancel := context.WithTimeout(ctx, registryWithin)
	defer cancel()
	out := map[string]string{}
	all, err := workload.All()
	if err != nil {
		return clusters.Images{}, err
	}
	for _, of := range all {
		ref := path.Clean(i.Registry) + "/" + of.String()
		if i.Registry == "" { // not that of GATEPROOF_REGISTRY, which is for engines of ours
			if ref, err = of.Pinned(); err != nil || ref == "" {
				return clusters.Images{}, err
			}
		}
		if out[of.Name], err = pinned(ctx, ref); err != nil {
			return clusters.Images{}, err
		}
	}
	return clusters.Images{Names: out}, nil
}

// registryWithin is how long the registry may take to say what its tags are. It has no need to answer here: the nodes pull.
const registryWithin = 10 * time.Second

// pinned is the reference by its digest, which no push can change under a run; as it is, where its registry does not answer here.
func pinned(ctx context.Context, ref string) (string, error) {
	tag, err := name.ParseReference(ref)
	if err != nil {
		return "", input.Errorf("IMAGE_REGISTRY: %w", err)
	}
	if _, ok := tag.(name.Digest); ok {
		return ref, nil
	}
	found, err := remote.Head(tag, remote.WithContext(ctx), remote.WithAuthFromKeychain(authn.DefaultKeychain))
	var answer *transport.Error
	switch {
	case err == nil:
		return tag.Context().Digest(found.Digest.String()).String(), nil
	case errors.As(err, &answer) && answer.StatusCode == http.StatusNotFound:
		return "", input.Errorf("%s is not in its registry: gateproof images push --image-registry=%s puts this suite's images there", tag, path.Dir(tag.Context().Name()))
	}
	return ref, nil
}

// inArchive are the names that the images have in a docker archive.
func inArchive(file string) (map[string]string, error) {
	manifest, err := tarball.LoadManifest(func() (io.ReadCloser, error) { return os.Open(file) })
	if err != nil {
		return nil, input.Errorf("IMAGE_ARCHIVE=%s: not what `images archive` writes: %w", file, err)
	}
	var has []string
	for _, image := range manifest {
		has = append(has, image.RepoTags...)
	}
	out := map[string]string{}
	all, err := workload.All()
	if err != nil {
		return nil, err
	}
	for _, of := range all {
		if !slices.Contains(has, InArchive(of)) {
			return nil, input.Errorf("IMAGE_ARCHIVE=%s has no %s: it is of another suite, or another file; gateproof images archive --file=%s writes this suite's; it has %q",
				file, InArchive(of), file, has)
		}
		out[of.Name] = InArchive(of)
	}
	return out, nil
}

// InArchive is the name of an image that no registry has: nodes have it under this one when they have been given the archive.
func InArchive(image ours.Image) string { return "gateproof.invalid/" + image.String() }
