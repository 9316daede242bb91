package run

import (
	"context"
	"errors"
	"io"
)

// Pipe runs two commands at once, the second with the first one's standard output as its input, and returns how each ended.
func Pipe(ctx context.Context, from, to Cmd) (fromErr, toErr error) {
	r, w := io.Pipe()
	from.Stdout, to.Stdin = w, r
	ended := make(chan error, 1)
	go func() {
		_, err := from.Run(ctx)
		ended <- errors.Join(err, w.CloseWithError(err))
	}()
	_, toErr = to.Run(ctx)
	_ = r.Close() // whoever writes on sees that nobody reads
	return <-ended, toErr
}
