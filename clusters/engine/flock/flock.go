// Package flock holds advisory locks on files that may be removed. The kernel drops a lock when its holder dies, however it dies, so a count of
// holders is never wrong.
package flock

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Kind is how a lock is held.
type Kind int

// A lock has many shared holders or one exclusive holder.
const (
	Shared Kind = iota
	Exclusive
)

// ErrHeld is returned by Try when another holder is in the way.
var ErrHeld = errors.New("lock held by another process")

// poll is how often Wait asks again; flock(2) itself cannot be cancelled.
const poll = 50 * time.Millisecond

// Lock is a lock that is held.
type Lock struct{ f *flock.Flock }

// Try takes the lock at once or fails with ErrHeld. The file and its folder are made where missing; the holder of
// an exclusive lock may remove them. Reading the file is enough of a right, so users other than its owner can share it.
func Try(path string, kind Kind) (*Lock, error) {
	for {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, fmt.Errorf("folder of the lock file: %w", err)
		}
		l := &Lock{flock.New(path, flock.SetFlag(os.O_RDONLY|os.O_CREATE), flock.SetPermissions(0o644))}
		take := l.f.TryRLock
		if kind == Exclusive {
			take = l.f.TryLock
		}
		ok, err := take()
		switch {
		case errors.Is(err, os.ErrNotExist): // its folder has just been removed
			continue
		case err != nil:
			l.Release()
			return nil, fmt.Errorf("lock file %s: %w", path, err)
		case !ok:
			l.Release()
			return nil, fmt.Errorf("%s: %w", path, ErrHeld)
		case l.current():
			return l, nil
		}
		l.Release()
	}
}

// Wait takes the lock as soon as it is free, or fails when ctx ends.
func Wait(ctx context.Context, path string, kind Kind) (*Lock, error) {
	for {
		l, err := Try(path, kind)
		if !errors.Is(err, ErrHeld) {
			return l, err
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("waiting for the lock %s: %w", path, context.Cause(ctx))
		case <-time.After(poll):
		}
	}
}

// current tells whether the locked file is still the one under its name: a lock on a removed file binds nobody.
func (l *Lock) current() bool {
	held, err := l.f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(l.f.Path())
	return err == nil && os.SameFile(held, named)
}

// Release drops the lock; releasing twice, or a nil lock, does nothing.
func (l *Lock) Release() {
	if l == nil || l.f == nil {
		return
	}
	_ = l.f.Close()
	l.f = nil
}
