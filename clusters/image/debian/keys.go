package debian

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"sync"

	"github.com/ProtonMail/go-crypto/openpgp"
)

//go:embed keys/*.gpg
var keyFiles embed.FS

// debianKeys are the keys that sign Debian's releases: so a host without Debian's keyring can check them.
var debianKeys = sync.OnceValues(func() (openpgp.EntityList, error) {
	names, err := fs.Glob(keyFiles, "keys/*.gpg")
	if err != nil {
		return nil, err
	}
	var keys openpgp.EntityList
	for _, name := range names {
		data, err := keyFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		some, err := openpgp.ReadKeyRing(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		keys = append(keys, some...)
	}
	return keys, nil
})

func (a Archive) keys() (openpgp.EntityList, error) {
	if a.Keys != nil {
		return a.Keys, nil
	}
	return debianKeys()
}
