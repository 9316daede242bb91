package nodeimage

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/recipe"
	"github.com/gateproof/gateproof/clusters/run"
)

// askedImages are the images that the release's own kubeadm asks for.
type askedImages []string

func (b *builder) asked(ctx context.Context) (askedImages, error) {
	out, err := run.Output(ctx, b.program(recipe.Kubeadm), "config", "images", "list", "--kubernetes-version="+b.recipe.Version)
	return strings.Fields(out), err
}

// named finds the whole name by its last word: of etcd, k8s.gcr.io/etcd:3.3.15-0.
func (a askedImages) named(word string) (string, error) {
	for _, name := range a {
		repository, _, _ := strings.Cut(path.Base(name), ":")
		if repository == word {
			return name, nil
		}
	}
	return "", fmt.Errorf("kubeadm asks for no image %s, but for %s", word, strings.Join(a, ", "))
}
