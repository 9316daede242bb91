package flock

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestSharedAndExclusive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "lock")
	a, err := Try(path, Shared)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Try(path, Shared)
	if err != nil {
		t.Fatal(err)
	}
	a.Release()
	if _, err := Try(path, Exclusive); !errors.Is(err, ErrHeld) {
		t.Errorf("exclusive beside a shared holder: %v", err)
	}
	b.Release()
	b.Release()
	(*Lock)(nil).Release()
	if _, err := Try(path, Exclusive); err != nil {
		t.Errorf("exclusive, nobody there: %v", err)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	held, err := Try(path, Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Release()
	ctx, cancel := context.WithTimeout(t.Context(), 2*poll)
	defer cancel()
	if _, err := Wait(ctx, path, Shared); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

func TestARemovedFileBindsNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dir", "lock")
	held, err := Try(path, Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan error, 1)
	go func() {
		l, err := Wait(t.Context(), path, Shared)
		l.Release()
		got <- err
	}()
	time.Sleep(2 * poll)
	for os.RemoveAll(filepath.Dir(path)) != nil { // the other one has made the file anew meanwhile
	}
	if err := <-got; err != nil {
		t.Errorf("waiting across the removal: %v", err)
	}
	held.Release()
}
