package corpus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/alter"
)

// restoreWithin bounds how long a cluster may take to be as it was before a change.
const restoreWithin = 3 * time.Minute

// Damage is a change that could not be taken back: nothing means anything that is found on that cluster afterwards.
type Damage struct{ error }

// While changes the cluster, does something, and restores it, whatever comes. An error means that it
// could not be changed, or that what was done failed, or, with a Damage in it, that it may not be as it was.
func While(ctx context.Context, id string, change alter.Change, c clusters.Cluster, do func(alter.Altered) error) (err error) {
	altered, err := change.On(ctx, c)
	defer func() {
		restore, cancel := context.WithTimeout(context.WithoutCancel(ctx), restoreWithin)
		defer cancel()
		if offErr := altered.Off(restore); offErr != nil {
			err = errors.Join(err, Damage{fmt.Errorf("%s could not be taken back: %w", id, offErr)})
		}
	}()
	if err != nil {
		return fmt.Errorf("%s could not be switched on: %w", id, err)
	}
	return do(altered)
}
