package lab

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Script runs a shell script in the container, and returns all that it printed. Exec can lose output and still say 0: the
// end is marked, and an answer without the mark is asked for again. So the script must bear to be run twice.
func (c *Container) Script(ctx context.Context, script string, args ...string) (string, error) {
	var out string
	err := poll(ctx, Timeouts.ProbeAnswer, fmt.Sprintf("the whole answer of a script in %s", c), func() (bool, string, error) {
		mark := Word()
		text, err := c.Output(ctx, slices.Concat([]string{"sh", "-c", script + "\necho " + mark, "sh"}, args)...)
		if err != nil {
			return false, "", err
		}
		var whole bool
		out, whole = strings.CutSuffix(text, mark+"\n")
		return whole, fmt.Sprintf("%.300q", text), nil
	})
	return out, err
}
