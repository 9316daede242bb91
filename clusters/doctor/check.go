package doctor

import (
	"context"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/nodeimage"
)

// Check looks at each lane. given is a node image of the user's own, or "".
func (h Host) Check(ctx context.Context, lanes []clusters.Lane, given string) ([]Checked, error) {
	var out []Checked
	for _, lane := range lanes {
		c := Checked{Lane: lane}
		var image nodeimage.Prospect
		if lane.CannotBoot() == "" {
			var err error
			image, err = nodeimage.Foresee(ctx, nodeimage.Request{Version: lane.Version, Given: given, Cgroup: h.Cgroup}, h.Answers)
			if err != nil {
				return nil, &clusters.LaneError{Lane: lane.Name, Err: err}
			}
			c.Image = image.Words
		}
		c.Findings = h.Fit(lane, image)
		for _, s := range h.Kernel {
			if s.Refuses {
				c.Findings = append(c.Findings, Finding{Words: s.Name + " " + s.Value + ": " + s.Note})
			}
		}
		out = append(out, c)
	}
	return out, nil
}
