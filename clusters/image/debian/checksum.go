package debian

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// file is a file of the archive as a signed list knows it.
type file struct {
	path   string // below the mirror's base
	size   int64  // bytes
	sha256 string // hexadecimal
}

// checked fetches a file and compares it with what the list says.
func (a Archive) checked(ctx context.Context, f file) ([]byte, error) {
	data, err := a.get(ctx, f.path, f.size)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != f.sha256 {
		return nil, fmt.Errorf("%s: want %d bytes with SHA256 %s, got %d bytes with %s: a proxy changed it, or the mirror "+
			"is being updated; try again later, or set %s to another one", a.address(f.path), f.size, f.sha256, len(data), got, MirrorEnv)
	}
	return data, nil
}

// parseSums reads lines of "SHA256 SIZE PATH", by path.
func parseSums(lines string) (map[string]file, error) {
	files := map[string]file{}
	for line := range strings.Lines(lines) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) != 3 {
			return nil, fmt.Errorf("line %q is not a checksum, a size and a path", line)
		}
		size, err := strconv.ParseInt(words[1], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("line %q: %w", line, err)
		}
		files[words[2]] = file{path: words[2], size: size, sha256: words[0]}
	}
	return files, nil
}
