package debian

import (
	"errors"
	"path"
	"strings"
)

// links are symbolic links: their targets by path.
type links map[string]string

// maxLinks bounds how many symbolic links a path may lead through, as Linux does.
const maxLinks = 40

// real is the path, without a leading slash, that name has behind the symbolic links above it: a package that ships
// /lib/x has /usr/lib/x where lib is a link to usr/lib.
func (l links) real(name string) (string, error) {
	name = clean(name)
	for range maxLinks {
		link, below, found := l.above(name)
		if !found {
			return name, nil
		}
		to := l[link]
		if !path.IsAbs(to) {
			to = path.Join(path.Dir(link), to)
		}
		name = clean(path.Join(to, below))
	}
	return "", errors.New("too many symbolic links above it")
}

// above finds the first symbolic link that name is below of.
func (l links) above(name string) (link, below string, found bool) {
	for i, c := range name {
		if c != '/' {
			continue
		}
		if _, found := l[name[:i]]; found {
			return name[:i], name[i+1:], true
		}
	}
	return "", "", false
}

func clean(name string) string { return strings.TrimPrefix(path.Clean("/"+name), "/") }
