package doctor

import (
	"context"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/up"
)

// Check looks at each lane. given is a node image of the user's own, or "".
func (h Host) Check(ctx context.Context, lanes []lane.Lane, given string) ([]Checked, error) {
	var out []Checked
	for _, l := range lanes {
		c := Checked{Lane: l}
		var images []string
		for _, version := range l.Versions() { // each release needs a node image, and may be one that this host cannot run
			var image nodeimage.Prospect
			of := l
			of.Version = version
			if of.CannotBoot() == "" {
				var err error
				image, err = nodeimage.Foresee(ctx, nodeimage.Request{Version: version, Given: given, Arch: h.Architecture, Cgroup: h.Cgroup}, h.Answers)
				if err != nil {
					return nil, &up.LaneError{Lane: l.Name, Err: err}
				}
				images = append(images, image.Words)
			}
			for _, f := range h.Fit(of, image) {
				if !slices.Contains(c.Findings, f) {
					c.Findings = append(c.Findings, f)
				}
			}
		}
		c.Image = strings.Join(images, "; ")
		for _, s := range h.Kernel {
			if s.Refuses {
				c.Findings = append(c.Findings, Finding{Words: s.Name + " " + s.Value + ": " + s.Note})
			}
		}
		out = append(out, c)
	}
	return out, nil
}
