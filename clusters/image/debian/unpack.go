package debian

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"pault.ag/go/debian/deb"

	"github.com/gateproof/gateproof/clusters/progress"
)

// Unpack writes what packages that Resolve returned contain as one tar stream: their entries in order, with their owners (as
// numbers), modes and times. A .deb at a time is unpacked, in memory.
func (a Archive) Unpack(ctx context.Context, packages []Package, w io.Writer) (err error) {
	size := int64(0)
	for _, p := range packages {
		size += p.file.size
	}
	step := progress.Start(ctx, fmt.Sprintf("fetch %d Debian packages, %d MB", len(packages), size/1e6))
	defer step.End(&err)
	out := newMerger(w)
	err = each(ctx, packages, func(p Package, data []byte) error {
		if err := unpack(data, p.Name, out); err != nil {
			return fmt.Errorf("package %s, %s: %w", p.Name, p.from.archive.address(p.file.path), err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return out.Close()
}

// unpack adds the files of a .deb.
func unpack(data []byte, name string, out *merger) error {
	archive, err := deb.LoadAr(bytes.NewReader(data))
	if err != nil {
		return err
	}
	for {
		member, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return errors.New("no member data.tar: this is no .deb")
		}
		if err != nil {
			return err
		}
		if !strings.HasPrefix(member.Name, "data.tar") {
			continue
		}
		in, closer, err := member.Tarfile()
		if err != nil {
			return err
		}
		return errors.Join(out.add(name, in), closer.Close())
	}
}
