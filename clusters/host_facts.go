package clusters

import (
	"context"
	"strings"

	"k8s.io/apimachinery/pkg/version"
)

// hostScript prints NAME=VALUE lines on what the node's kernel and OCI runtime are; what is absent has no line.
const hostScript = `
case $(stat -fc %T /sys/fs/cgroup) in cgroup2fs) echo "cgroup version=2";; *) echo "cgroup version=1";; esac
[ -r /sys/kernel/security/lsm ] && echo "security modules=$(cat /sys/kernel/security/lsm)"
[ -r /proc/sys/kernel/yama/ptrace_scope ] && echo "yama ptrace_scope=$(cat /proc/sys/kernel/yama/ptrace_scope)"
echo "oci runtime=$(runc --version 2>/dev/null | head -n 1)"
echo "fs suid_dumpable=$(cat /proc/sys/fs/suid_dumpable)"
true`

// NoteHost adds what bears on the claims and the Kubernetes API does not tell. A node that does not answer says nothing.
func (c *Cluster) NoteHost(ctx context.Context) {
	out, err := c.Node.Exec(ctx, "sh", "-c", hostScript)
	if err != nil {
		return
	}
	for line := range strings.Lines(out) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && value != "" {
			c.Facts[name] = value
		}
	}
}

// GitCommit is a server's commit; "" where its build was not told.
func GitCommit(v *version.Info) string {
	if strings.HasPrefix(v.GitCommit, "$") {
		return ""
	}
	return v.GitCommit
}
