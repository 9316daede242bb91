package lab

import "context"

// Write puts text into a file, as the container's own shell does.
func (c *Container) Write(ctx context.Context, path, text string) error {
	_, err := c.Output(ctx, "sh", "-c", `printf %s "$1" >"$0"`, path, text)
	return err
}
