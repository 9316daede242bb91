// Package served is a registry of the images that lie in one folder in OCI layout: what the mirror's container runs.
package served

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"path/filepath"

	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/layout"
)

// RefName is the annotation that names an image in the layout's index, from the OCI image specification.
const RefName = "org.opencontainers.image.ref.name"

// Handler serves each image of the layout in folder as library/NAME:latest, where Docker Hub has it under a name without a folder.
func Handler(folder string) (http.Handler, error) {
	handler := registry.New(
		registry.Logger(log.New(io.Discard, "", 0)),
		registry.WithBlobHandler(registry.NewDiskBlobHandler(filepath.Join(folder, "blobs"))))
	path, err := layout.FromPath(folder)
	if err != nil {
		return nil, err
	}
	index, err := path.ImageIndex()
	if err != nil {
		return nil, err
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		return nil, err
	}
	for _, image := range manifest.Manifests {
		if err := offer(handler, path, image); err != nil {
			return nil, fmt.Errorf("image %s: %w", image.Annotations[RefName], err)
		}
	}
	return handler, nil
}

// offer tells the registry of an image, whose blobs it has.
func offer(handler http.Handler, path layout.Path, image v1.Descriptor) error {
	manifest, err := path.Bytes(image.Digest)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPut, "/v2/library/"+image.Annotations[RefName]+"/manifests/latest", bytes.NewReader(manifest))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", string(image.MediaType))
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	if answer.Code != http.StatusCreated {
		return fmt.Errorf("the registry answers %d: %s", answer.Code, answer.Body)
	}
	return nil
}
