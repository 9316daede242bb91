package lab

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Contents is a whole file as cat in the container prints it. It is asked for again until the probe's digest says that
// nothing was lost on the way.
func (c *Container) Contents(ctx context.Context, path string) (string, error) {
	var text string
	err := poll(ctx, Timeouts.ProbeAnswer, fmt.Sprintf("the whole of %s in %s", path, c), func() (bool, string, error) {
		file, err := c.Read(ctx, path)
		if err != nil {
			return false, "", err
		}
		if file.Err != "" {
			return false, "", fmt.Errorf("%s", file.Err)
		}
		if text, err = c.Output(ctx, "cat", path); err != nil {
			return false, "", err
		}
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:]) == file.SHA256, fmt.Sprintf("%d bytes of %d", len(text), file.Size), nil
	})
	return text, err
}
