package doctor

import (
	"context"

	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/up"
)

// Check looks at each lane. given is a node image of the user's own, or "".
func (h Host) Check(ctx context.Context, lanes []lane.Lane, given string) ([]Checked, error) {
	var out []Checked
	for _, l := range lanes {
		c := Checked{Lane: l}
		var image nodeimage.Prospect
		if l.CannotBoot() == "" {
			var err error
			image, err = nodeimage.Foresee(ctx, nodeimage.Request{Version: l.Version, Given: given, Arch: h.Architecture, Cgroup: h.Cgroup}, h.Answers)
			if err != nil {
				return nil, &up.LaneError{Lane: l.Name, Err: err}
			}
			c.Image = image.Words
		}
		c.Findings = h.Fit(l, image)
		for _, s := range h.Kernel {
			if s.Refuses {
				c.Findings = append(c.Findings, Finding{Words: s.Name + " " + s.Value + ": " + s.Note})
			}
		}
		out = append(out, c)
	}
	return out, nil
}
