package corpus

import (
	"context"
	"errors"
	"os"

	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/up"
)

// The exit codes of both commands.
const (
	ExitShown    = 0 // what was to be shown is shown
	ExitNotShown = 1
)

// OnKept does something with the lanes that are up.
func OnKept(ctx context.Context, do func(kept *up.Set) error) (err error) {
	defer func() { err = errors.Join(err, os.RemoveAll(paths.Temp(owner.ID()))) }() // how API servers elsewhere are reached
	kept, leave, err := Kept(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(kept), leave())
}
