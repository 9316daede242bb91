package claims

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

var procRootLive = claim.Claim{
	ID:       "proc-root-live",
	Title:    "/proc/$pid/root is the other container's live file system, both ways, image layers and volumes alike",
	Page:     []string{"root.image", "filesystems"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"proc-root-live.yaml"},
	Shared: claim.Side{
		Observe: "in the image's folder that nginx serves and in an emptyDir: a file made in nginx after start is seen through the link, one written through the link is read by nginx (and served over HTTP); ConfigMap and Secret read as the API has them; the shell's own root has none of it",
		Check: func(ctx context.Context, b *lab.Bench) {
			p, words := podWith(b.NewPodWith(ctx, "proc-root-live.yaml", lab.Companions{Secrets: []string{"credentials"}, ConfigMaps: []string{"settings"}}))
			nginx, shell := p.Container("nginx"), p.Container("shell")
			master, _ := nginxProcesses(ctx, nginx)
			visible(ctx, shell, nginx, master)
			root := rootOf(master.PID)

			filesGoBothWays(ctx, nginx, shell, root, nginxHTML)
			filesGoBothWays(ctx, nginx, shell, root, "/scratch")
			for name, word := range words {
				path := "/" + name + "/" + lab.WordKey
				sameFile(ctx, nginx, path, word, "control: nginx should read its own volume")
				sameFile(ctx, shell, root+path, word, "the volume should be seen through the link as nginx and the API have it")
				absent(ctx, shell, path, "the volume is not mounted in shell")
			}
			page := lab.Word()
			possible(shell.Write(ctx, root+nginxHTML+"/left.html", page), "root in shell should be able to write through the link")
			Expect(must(shell.Output(ctx, "wget", "-q", "-O", "-", "http://127.0.0.1/left.html"))).To(Equal(page), "nginx should serve the file that was written through the link")
		},
	},
	Isolated: claim.NotApplicable("there is no process of the other container whose root could be followed (proc-root-page)"),
}

// nginxHTML is the folder of the image that nginx serves.
const nginxHTML = "/usr/share/nginx/html"

// filesGoBothWays makes a file on either side of the link and reads it on the other.
func filesGoBothWays(ctx context.Context, nginx, shell *lab.Container, root, folder string) {
	ginkgo.GinkgoHelper()
	made, left := folder+"/"+lab.Word(), folder+"/"+lab.Word()
	absent(ctx, shell, root+made, "nginx's container has not made the file yet")
	content := lab.Word()
	done(nginx.Write(ctx, made, content))
	sameFile(ctx, shell, root+made, content, "a file made in nginx's container after its start should be seen through the link")
	absent(ctx, shell, made, "the file is in nginx's file system, not in shell's own")

	content = lab.Word()
	possible(shell.Write(ctx, root+left, content), "root in shell should be able to write %s", root+left)
	sameFile(ctx, nginx, left, content, "a file written through the link should be seen in nginx's container")
}

// possible ends the claim where a command failed: by its own exit code it is a contradiction, by what kept it from running it is not.
func possible(err error, words ...any) {
	ginkgo.GinkgoHelper()
	if err != nil && lab.CauseOf(err) == reports.CauseOther {
		Fail(saying(words) + err.Error())
	}
	done(err, words...)
}

// sameFile expects the container to read the content under the path.
func sameFile(ctx context.Context, c *lab.Container, path, content, why string) {
	ginkgo.GinkgoHelper()
	a := attempt(ctx, c, lab.ToRead(path))
	Expect(a.Err).To(BeEmpty(), "%s: container %s cannot read %s; the reader: %s", why, c.Name, path, a.Self.Credentials())
	Expect(a.Text).To(Equal(content), "%s: container %s reads something else in %s", why, c.Name, path)
}

// absent expects that there is nothing under the path as the container sees it.
func absent(ctx context.Context, c *lab.Container, path, why string) {
	ginkgo.GinkgoHelper()
	a := attempt(ctx, c, lab.ToRead(path))
	Expect(a.Err).To(Equal("ENOENT"), "%s: container %s should find no %s; it read %d bytes (no error is \"\"); the reader: %s", why, c.Name, path, a.Size, a.Self.Credentials())
}

// podWith is must for a pod with objects beside it.
func podWith(p *lab.Pod, words map[string]string, err error) (*lab.Pod, map[string]string) {
	ginkgo.GinkgoHelper()
	return must(p, err), words
}
