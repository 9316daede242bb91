// Package room says how much a disk of this machine has left.
package room

import (
	"errors"
	"os"
	"path/filepath"
)

// At is what this user can write to a folder, in bytes; of one that is not there yet, to its nearest that is. ok is false where that cannot be
// said.
func At(dir string) (bytes int64, ok bool) {
	for {
		bytes, err := free(dir)
		if err == nil {
			return bytes, true
		}
		if !errors.Is(err, os.ErrNotExist) || dir == filepath.Dir(dir) {
			return 0, false
		}
		dir = filepath.Dir(dir)
	}
}
