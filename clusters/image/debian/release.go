package debian

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/clearsign"
	"pault.ag/go/debian/control"
)

// maxRelease bounds a suite's InRelease, bytes; bookworm's has 150 KB.
const maxRelease = 16 << 20

// release is a suite's signed list of lists.
type release struct {
	archive Archive
	suite   string
	fields  map[string]string
	files   map[string]file // by their path below dists/SUITE
}

// release fetches and verifies the list of a suite, which may be called by codename (bookworm) or by rank (oldstable).
func (a Archive) release(ctx context.Context, suite string) (*release, error) {
	name := path.Join("dists", suite, "InRelease")
	data, err := a.get(ctx, name, maxRelease)
	if absent(err) {
		return nil, fmt.Errorf("suite %q: %w", suite, err)
	}
	if err != nil {
		return nil, err
	}
	r := &release{archive: a, suite: suite}
	if err := r.read(data); err != nil {
		return nil, fmt.Errorf("%s: %w", a.address(name), err)
	}
	return r, nil
}

// read believes nothing that the signature does not cover.
func (r *release) read(data []byte) error {
	keys, err := r.archive.keys()
	if err != nil {
		return err
	}
	block, _ := clearsign.Decode(data)
	if block == nil {
		return fmt.Errorf("%d bytes that begin with %.60q are no signed text: a proxy's page, or no Debian mirror; set %s to one",
			len(data), data, MirrorEnv)
	}
	if _, err := block.VerifySignature(keys, nil); err != nil {
		return fmt.Errorf("none of %d archive keys vouches for it: %w; the mirror is not Debian's, the keys are older than the suite, "+
			"or this machine's clock is wrong", len(keys), err)
	}
	paragraphs, err := control.NewParagraphReader(bytes.NewReader(block.Plaintext), nil)
	if err != nil {
		return err
	}
	p, err := paragraphs.Next()
	if err != nil {
		return err
	}
	r.fields = p.Values
	if r.fields["Suite"] != r.suite && r.fields["Codename"] != r.suite {
		return fmt.Errorf("it is the release file of suite %q, codename %q, not of %q", r.fields["Suite"], r.fields["Codename"], r.suite)
	}
	if err := r.inTime(time.Now()); err != nil {
		return err
	}
	r.files, err = parseSums(r.fields["SHA256"])
	return err
}

// inTime refuses a list that is no longer the newest. Stable suites have no such date: their lists never expire.
func (r *release) inTime(now time.Time) error {
	until := r.fields["Valid-Until"]
	if until == "" || r.archive.Stale {
		return nil
	}
	t, err := time.Parse(time.RFC1123, until)
	if err != nil {
		return fmt.Errorf("field Valid-Until: %w", err)
	}
	if now.After(t) {
		return fmt.Errorf("it was valid until %s: the mirror is no longer updated; set %s to another one", until, MirrorEnv)
	}
	return nil
}
