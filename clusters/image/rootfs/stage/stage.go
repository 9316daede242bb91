// Package stage keeps what is built once and reused: each result is a folder in the cache, named after all that
// went into it. A result appears under its name only when it is whole, so an interrupted build leaves
// nothing that a later one could take for finished, and what had been finished is not done again.
package stage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/engine/flock"
	"github.com/gateproof/gateproof/clusters/image/rootfs/diskfull"
	"github.com/gateproof/gateproof/clusters/paths"
)

// digestDigits is how much of a digest names a result: 48 bits, plenty for a cache.
const digestDigits = 12

// Digest is over everything that decides a result: plain data, in order. It panics on what JSON cannot hold.
func Digest(inputs ...any) string {
	data, err := json.Marshal(inputs)
	if err != nil {
		panic(fmt.Sprintf("inputs of a digest: %v", err))
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])[:digestDigits]
}

// Dir is where the result of that name and digest is, or will be.
func Dir(name, digest string) string { return filepath.Join(paths.Cache(), "stage", name+"-"+digest) }

// Ensure returns the result's folder, which build fills where it is missing. Of several processes that want the
// same result one builds and the others wait. A full disk is told as a *diskfull.Error.
func Ensure(ctx context.Context, name, digest string, build func(ctx context.Context, dir string) error) (string, error) {
	dir := Dir(name, digest)
	if whole(dir) {
		return dir, nil
	}
	lock, err := Lock(ctx, name)
	if err != nil {
		return "", err
	}
	defer lock.Release()
	if whole(dir) {
		return dir, nil
	}
	return dir, Explain(fill(ctx, dir, name, build))
}

// Lock keeps other processes from building the same thing until it is released.
func Lock(ctx context.Context, name string) (*flock.Lock, error) {
	return flock.Wait(ctx, filepath.Join(paths.Cache(), "lock", name), flock.Exclusive)
}

func whole(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

// fill runs build in a temporary folder and gives it its name at the end. The lock's holder is the only one to use
// that folder, so what a killed process left in it can go.
func fill(ctx context.Context, dir, name string, build func(ctx context.Context, dir string) error) (err error) {
	tmp := filepath.Join(paths.Cache(), "tmp", name)
	if err := os.RemoveAll(tmp); err != nil {
		return err
	}
	defer func() {
		err = Explain(err) // while the disk is still as full as it was
		err = errors.Join(err, os.RemoveAll(tmp))
	}()
	for _, d := range []string{tmp, filepath.Dir(dir)} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return err
		}
	}
	if err := build(ctx, tmp); err != nil {
		return err
	}
	return os.Rename(tmp, dir)
}

// Explain is diskfull.Explain for what is written to the cache and to temporary files.
func Explain(err error) error {
	return diskfull.Explain(err, func() []diskfull.Place {
		return []diskfull.Place{Place(), {Dir: os.TempDir(), Remedy: "free some space there or set TMPDIR to a folder with more"}}
	})
}

// Place is the cache, for diskfull.Explain.
func Place() diskfull.Place {
	return diskfull.Place{Dir: paths.Cache(),
		Remedy: "free some space there or set GATEPROOF_CACHE to a folder on a larger disk"}
}
