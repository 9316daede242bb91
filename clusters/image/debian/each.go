package debian

import (
	"context"
	"fmt"
)

// ahead is how many packages are fetched while another is used: a mirror far away answers late, not slowly.
const ahead = 4

// each fetches the packages, some at a time, and hands them over in order. The first error ends it.
func each(ctx context.Context, packages []Package, use func(Package, []byte) error) error {
	type fetched struct {
		p    Package
		data []byte
		err  error
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	next := make(chan chan fetched, ahead)
	go func() {
		defer close(next)
		for _, p := range packages {
			one := make(chan fetched, 1)
			select {
			case next <- one:
			case <-ctx.Done():
				return
			}
			go func() {
				data, err := p.from.archive.checked(ctx, p.file)
				one <- fetched{p, data, err}
			}()
		}
	}()
	for one := range next {
		f := <-one
		if f.err != nil {
			return fmt.Errorf("package %s %s: %w", f.p.Name, f.p.Version, f.err)
		}
		if err := use(f.p, f.data); err != nil {
			return err
		}
	}
	return context.Cause(ctx) // where the caller's ended
}
