// Package flock holds advisory locks on files. The kernel drops a lock when its holder dies, however it
// dies, so a count of holders is never wrong.
package flock

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Kind is how a lock is held.
type Kind int

// A lock has many shared holders or one exclusive holder.
const (
	Shared    Kind = syscall.LOCK_SH
	Exclusive Kind = syscall.LOCK_EX
)

// ErrHeld is returned by Try when another holder is in the way.
var ErrHeld = errors.New("lock held by another process")

// poll is how often Wait asks again; flock(2) itself cannot be cancelled.
const poll = 50 * time.Millisecond

// Lock is a lock that is held.
type Lock struct{ f *os.File }

// Try takes the lock at once or fails with ErrHeld. The file and its folder are made where missing.
func Try(path string, kind Kind) (*Lock, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("folder of the lock file: %w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_CLOEXEC, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock file: %w", err)
	}
	l := &Lock{f: f}
	if err := l.change(kind); err != nil {
		_ = f.Close()
		return nil, err
	}
	return l, nil
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

func (l *Lock) change(kind Kind) error {
	err := syscall.Flock(int(l.f.Fd()), int(kind)|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return fmt.Errorf("%s: %w", l.f.Name(), ErrHeld)
	}
	if err != nil {
		return fmt.Errorf("flock %s: %w", l.f.Name(), err)
	}
	return nil
}

// Release drops the lock; releasing twice, or a nil lock, does nothing.
func (l *Lock) Release() {
	if l == nil || l.f == nil {
		return
	}
	_ = l.f.Close()
	l.f = nil
}
