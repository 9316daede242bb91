package claims

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var procRootSecret = claim.Claim{
	ID:       "proc-root-secret",
	Title:    "another container's Secret volume is protected by file permissions alone",
	Page:     []string{"filesystems.secrets"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"environment-visible.yaml"},
	Shared: claim.Side{
		Observe: "a Secret mounted in one container only, mode 0400 of root: root in another container reads it through the link; uid 1000, by way of a uid-1000 process' root, gets EACCES and does read the same Secret with mode 0444; by way of root's process it gets EACCES for either",
		Check: func(ctx context.Context, b *lab.Bench) {
			s := newSecretPod(ctx, b)
			roots, users := s.processes(ctx)
			root, way := rootOf(roots.PID), rootOf(users.PID)
			absent(ctx, s.reader, secretForRoot, "the Secret is mounted in container app only")
			s.contains(ctx, s.reader, root+secretForRoot, "root in another container should read the Secret through the link")

			s.refused(ctx, s.user(), way+secretForRoot, "a Secret of mode 0400 is root's")
			s.contains(ctx, s.user(), way+secretForAll, "control: on the same way uid 1000 should read the Secret whose mode is 0444")
			s.refused(ctx, s.user(), root+secretForAll, "uid 1000 may not follow the root link of root's process")
		},
	},
	Isolated: claim.Side{
		Observe: "no process in the other containers' /proc leads to the Secret, even with SYS_PTRACE; each one's own root link works, and the Secret's own container reads it through its own",
		Check: func(ctx context.Context, b *lab.Bench) {
			s := newSecretPod(ctx, b)
			s.contains(ctx, s.app, rootOf(must(s.app.First(ctx)).PID)+secretForRoot, "control: the container itself should read the Secret through its own link")
			done(s.app.UsePIDs(ctx))
			far := must(s.app.Hold(ctx)) // a number that is no process in the others
			for _, c := range []*lab.Container{s.reader, s.tracer} {
				table := must(c.Processes(ctx)).Theirs()
				evidence("process table of "+c.Name, table)
				for _, p := range append(table, far) {
					absent(ctx, c, rootOf(p.PID)+secretForRoot, "no process leads to another container's Secret")
				}
				Control(attempt(ctx, c, lab.ToRead(rootOf(1)+"/bin/busybox")).Err).To(BeEmpty(), "control: container %s should read its own files through its own root link", c.Name)
			}
		},
	},
}
