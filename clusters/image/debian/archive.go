// Package debian makes root file systems of Debian's packages, and fetches their sources, straight from a mirror: no tool of
// the host is needed, so any operating system can do it, for any architecture. All that is fetched is traced back to Debian's
// signature.
package debian

import (
	"fmt"
	"net/url"
	"os"
	"regexp"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
)

// Format is part of the digest of all that is made of packages: raise it when a change of this package changes what is in a root file
// system or a source.
const Format = 1

// DefaultMirror is Debian's own, which passes each request to a server near by.
const DefaultMirror = "http://deb.debian.org/debian"

// defaultSecurity is the archive of security updates that mmdebstrap takes beside DefaultMirror.
const defaultSecurity = "http://security.debian.org/debian-security"

// MirrorEnv is the environment variable that names another mirror.
const MirrorEnv = "DEBIAN_MIRROR"

// Archive is a mirror of Debian's archive. The zero value is Debian's own mirror with Debian's own keys, and no updates.
type Archive struct {
	Mirror   string             // base URL, the folder that holds dists and pool; "" is DefaultMirror
	Security string             // base URL of its security updates; "" for none: a suite is then read without any updates
	Keys     openpgp.EntityList // who may sign a suite; nil are Debian's archive keys
	Stale    bool               // lists may be older than they say to be valid: sid's end after a week, and mirrors rest

	patience *patience // nil: defaultPatience
}

// patience is how long a mirror may take.
type patience struct {
	stall time.Duration // without a byte, until an attempt is given up
	pause time.Duration // before the second attempt; it doubles for the third
}

var defaultPatience = patience{stall: time.Minute, pause: 2 * time.Second}

// FromEnv is the mirror that DEBIAN_MIRROR names, alone, or DefaultMirror with its updates: as mmdebstrap does with a mirror and without.
func FromEnv() (Archive, error) {
	mirror := os.Getenv(MirrorEnv)
	if mirror == "" || mirror == DefaultMirror {
		return Archive{Mirror: DefaultMirror, Security: defaultSecurity}, nil
	}
	_, err := parseMirror(mirror)
	return Archive{Mirror: mirror}, err
}

// Named says whether it is another mirror than DefaultMirror: one that tools must be told of.
func (a Archive) Named() bool { return a.Mirror != "" && a.Mirror != DefaultMirror }

// credentials are what stands before the host in an address.
var credentials = regexp.MustCompile(`(\w+://|^)\S*@`)

// WithoutCredentials is a text, for messages, without the names and passwords of the addresses in it.
func WithoutCredentials(text string) string { return credentials.ReplaceAllString(text, "${1}xxxxx@") }

func parseMirror(mirror string) (*url.URL, error) {
	u, err := url.Parse(mirror)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, fmt.Errorf("%q is not the address of a Debian mirror: set %s to something like %s, or unset it",
			WithoutCredentials(mirror), MirrorEnv, DefaultMirror)
	}
	return u, nil
}

// url is the address of a path on the mirror.
func (a Archive) url(path string) (*url.URL, error) {
	mirror := a.Mirror
	if mirror == "" {
		mirror = DefaultMirror
	}
	u, err := parseMirror(mirror)
	if err != nil {
		return nil, err
	}
	return u.JoinPath(path), nil
}

// address is the same for messages, without a password.
func (a Archive) address(path string) string {
	u, err := a.url(path)
	if err != nil {
		return path
	}
	return u.Redacted()
}
