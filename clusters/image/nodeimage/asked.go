package nodeimage

import (
	"context"
	"fmt"
	"path"
	"strings"

	build "github.com/gateproof/gateproof/clusters/image/builder"
	"github.com/gateproof/gateproof/clusters/image/nodeimage/recipe"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
)

// askedImages are the images that the release's own kubeadm asks for.
type askedImages []string

func (b *builder) asked(ctx context.Context) (askedImages, error) {
	built, err := build.Ensure(ctx, b.arch)
	if err != nil {
		return nil, err
	}
	in := &rootfs.Tree{}
	in.Put("kubeadm", rootfs.Entry{File: b.program(recipe.Kubeadm), Mode: 0o755})
	var out strings.Builder
	err = built.Run(ctx, build.Job{In: in, Script: "./kubeadm config images list --kubernetes-version=" + b.recipe.Version}, &out)
	return strings.Fields(out.String()), err
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
