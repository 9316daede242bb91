package debian

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"

	"pault.ag/go/debian/control"
	"pault.ag/go/debian/deb"
)

// indexExt is the compression of lists that Debian has of all.
const indexExt = ".xz"

// fetch returns one of the suite's lists, compressed; name is without the ending.
func (r *release) fetch(ctx context.Context, name string) ([]byte, error) {
	f, ok := r.files[name+indexExt]
	if !ok {
		return nil, fmt.Errorf("suite %s has no %s; its architectures are: %s", r.suite, name, r.fields["Architectures"])
	}
	folder := path.Join("dists", r.suite)
	f.path = path.Join(folder, f.path)
	if r.fields["Acquire-By-Hash"] == "yes" { // so that an update of the mirror between two requests does no harm
		hashed := f
		hashed.path = path.Join(path.Dir(f.path), "by-hash", "SHA256", f.sha256)
		data, err := r.archive.checked(ctx, hashed)
		if !absent(err) {
			return data, err
		}
	}
	return r.archive.checked(ctx, f)
}

// paragraphs reads a compressed list, paragraph by paragraph, as fields by name.
func paragraphs(data []byte) iter.Seq2[map[string]string, error] {
	return func(yield func(map[string]string, error) bool) {
		plain, err := deb.DecompressorFor(indexExt)(bytes.NewReader(data))
		if err != nil {
			yield(nil, err)
			return
		}
		defer plain.Close()
		in, err := control.NewParagraphReader(plain, nil)
		if err != nil {
			yield(nil, err)
			return
		}
		for {
			p, err := in.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(p.Values, nil) {
				return
			}
		}
	}
}
