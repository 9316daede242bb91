package claims

import (
	"context"
	"fmt"
	"strconv"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
)

// Filesystem is what /proc/PID/root opens.
var Filesystem = claim.Group{Name: "filesystem", About: "what /proc/PID/root opens", Claims: []claim.Claim{
	procRootPage, procRootLive, procRootSecret, procRootAccess,
}}

const nginxConf = "/etc/nginx/nginx.conf"

var procRootPage = claim.Claim{
	ID:       "proc-root-page",
	Title:    "another container's files are read through /proc/$pid/root",
	Page:     []string{"root.image", "root.head", "root.conf"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest},
	Shared: claim.Side{
		Observe: "through /proc/MASTER/root the shell reads nginx.conf, digest as inside nginx, first lines as the page prints them; its own root has no such file",
		Check: func(ctx context.Context, b *lab.Bench) {
			_, nginx, shell := pagePod(ctx, b)
			master, _ := nginxProcesses(ctx, nginx)
			inside := must(nginx.Read(ctx, nginxConf))
			Expect(inside.Err).To(BeEmpty(), "nginx should read its own %s", nginxConf)

			path := rootOf(master.PID) + nginxConf
			through := must(shell.Read(ctx, path))
			Expect(through.Err).To(BeEmpty(), "shell should be able to read %s", path)
			Expect(through.SHA256).To(Equal(inside.SHA256), "%s should be the file that nginx reads (%d bytes, %d inside)", path, through.Size, inside.Size)
			// exec can lose output and still say 0.
			head := must(lab.Await(ctx, lab.Timeouts.ProbeAnswer,
				func(ctx context.Context) (string, error) { return shell.Output(ctx, "head", path) },
				func(text string) bool { return words(text) == pageConfHead }))
			evidence("head "+path, head)
			Expect(words(head)).To(Equal(pageConfHead), "head %s should print what the page prints", path)
			Expect(must(shell.Read(ctx, nginxConf)).Err).To(Equal("ENOENT"), "shell's own root should have no %s", nginxConf)
		},
	},
	Isolated: claim.Side{
		Observe: "no process in the shell's /proc leads to the file; its own root link does work",
		Check: func(ctx context.Context, b *lab.Bench) {
			_, nginx, shell := pagePod(ctx, b)
			Expect(must(nginx.Read(ctx, nginxConf)).Err).To(BeEmpty(), "nginx should read its own %s", nginxConf)
			table := expectExactly(ctx, shell, firstProcess(ctx, shell))
			evidence("process table of shell", table)
			for _, p := range table.Theirs() {
				path := rootOf(p.PID) + nginxConf
				Expect(must(shell.Read(ctx, path)).Err).To(Equal("ENOENT"), "%s should lead nowhere (%s)", path, p)
			}
			Control(must(shell.Read(ctx, rootOf(1)+"/bin/busybox")).Err).To(BeEmpty(), "control: shell should read its own files through /proc/1/root")
			_, worker := nginxProcesses(ctx, nginx)
			if _, taken := table.PID(worker.PID); !taken {
				Expect(must(shell.Read(ctx, rootOf(worker.PID)+nginxConf)).Err).To(Equal("ENOENT"), "nginx's PID %d should be no process in shell", worker.PID)
			}
		},
	},
}

func rootOf(pid int) string { return fmt.Sprintf("/proc/%s/root", strconv.Itoa(pid)) }
