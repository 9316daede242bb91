package alter

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters"
)

// Altered is a changed cluster.
type Altered struct {
	// Off restores the cluster, and makes sure that it is as before. It is to be called even where On fails.
	Off func(context.Context) error
	// Kubeconfig leads to the cluster by the change; "" where the cluster's own does.
	Kubeconfig string
	// Did says what the change has done so far, where it can count that; "" for nothing.
	Did func() string
}

// as is a cluster on which nothing has been changed.
func as() Altered {
	return Altered{Off: func(context.Context) error { return nil }, Did: func() string { return "" }}
}

// means is one way to change a cluster.
type means struct {
	used bool
	on   func(context.Context, clusters.Cluster) (Altered, error)
}

// On changes the cluster.
func (c Change) On(ctx context.Context, to clusters.Cluster) (Altered, error) {
	all := as()
	if c.At != "" {
		var err error
		if to, err = to.At(c.At); err != nil {
			return all, err
		}
	}
	var offs []func(context.Context) error
	var did []func() string
	all.Off = func(ctx context.Context) error {
		var errs []error
		for _, off := range slices.Backward(offs) {
			errs = append(errs, off(ctx))
		}
		return errors.Join(errs...)
	}
	all.Did = func() string {
		var said []string
		for _, d := range did {
			if words := d(); words != "" {
				said = append(said, words)
			}
		}
		return strings.Join(said, "; ")
	}
	for _, m := range c.means() {
		if !m.used {
			continue
		}
		one, err := m.on(ctx, to)
		if one.Off != nil {
			offs = append(offs, one.Off)
		}
		if one.Did != nil {
			did = append(did, one.Did)
		}
		if one.Kubeconfig != "" {
			all.Kubeconfig = one.Kubeconfig
		}
		if err != nil {
			return all, err
		}
	}
	return all, nil
}
