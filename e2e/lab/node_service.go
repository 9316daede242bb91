package lab

import (
	"context"
	"fmt"
)

// Service is the main process of a unit of the node's systemd, as the node itself numbers it.
func (b *Bench) Service(ctx context.Context, unit string) (ID, error) {
	var id ID
	out, err := b.OnNode(ctx, "the main process of a service (systemctl show, /proc/PID/stat)", "sh", "-c",
		`pid=$(systemctl show --property=MainPID "$0") && pid=${pid#MainPID=} && echo "$pid" && sed 's/.*) //' "/proc/$pid/stat" | cut -d' ' -f20`, unit)
	if err != nil {
		return id, err
	}
	if _, err := fmt.Sscan(out, &id.PID, &id.Start); err != nil || id.PID == 0 {
		return id, fmt.Errorf("the main process of %s on the node: %q", unit, out)
	}
	return id, nil
}
