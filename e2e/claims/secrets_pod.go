package claims

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
)

// secretPod is a pod where one container holds a password, made once for the claims that read.
type secretPod struct {
	app      *lab.Container // gets the password as an argument, in its environment and in files
	reader   *lab.Container // root with the default capabilities
	tracer   *lab.Container // root with SYS_PTRACE, too
	password string
}

// The files that hold the password in app: mode 0400, and 0444.
const (
	secretForRoot = "/secrets/for-root"
	secretForAll  = "/secrets/for-all"
)

func newSecretPod(ctx context.Context, b *lab.Bench) secretPod {
	ginkgo.GinkgoHelper()
	p, words := podWith(b.SharedPodWith(ctx, "environment-visible.yaml", lab.Companions{Secrets: []string{"credentials"}}))
	return secretPod{p.Container("app"), p.Container("reader"), p.Container("tracer"), words["credentials"]}
}

// processes are two of app's, as the other containers see them: root's, its first, and one of uid 1000.
func (s secretPod) processes(ctx context.Context) (roots, users lab.Process) {
	ginkgo.GinkgoHelper()
	roots, users = must(s.app.First(ctx)), must(s.app.As(lab.Identity{UID: 1000}).Hold(ctx))
	visible(ctx, s.reader, s.app, roots, users)
	return roots, users
}

// user is uid 1000 without capabilities, in reader.
func (s secretPod) user() *lab.Container { return s.reader.As(lab.Identity{UID: 1000}) }

// contains expects that the container reads the password in a file.
func (s secretPod) contains(ctx context.Context, c *lab.Container, path, why string) {
	ginkgo.GinkgoHelper()
	a := attempt(ctx, c, lab.ToRead(path))
	Expect(a.Err).To(BeEmpty(), "%s: %s cannot be read in container %s; the reader: %s", why, path, c.Name, a.Self.Credentials())
	Expect(a.Text).To(ContainSubstring(s.password), "%s: the password is not in %s as container %s reads it", why, path, c.Name)
}

// refused expects that the container is not allowed to read a file.
func (s secretPod) refused(ctx context.Context, c *lab.Container, path, why string) {
	ginkgo.GinkgoHelper()
	a := attempt(ctx, c, lab.ToRead(path))
	Expect(a.Err).To(Equal("EACCES"), "%s: reading %s in container %s should be refused; the reader: %s", why, path, c.Name, a.Self.Credentials())
}

// nowhere expects that no process' arguments or environment in the other containers' /proc holds the password, by a
// search that sees everything and finds what is there.
func (s secretPod) nowhere(ctx context.Context) {
	ginkgo.GinkgoHelper()
	for _, c := range []*lab.Container{s.reader, s.tracer} {
		Expect(s.searchEverywhere(ctx, c)).To(BeEmpty(), "the password of container app should not be found in /proc of container %s", c.Name)
		held := must(c.Hold(ctx))
		Control(s.search(ctx, c, held.Word)).To(ConsistOf(procFile(held, "cmdline")), "control: container %s should find a word of its own process", c.Name)
	}
	first := must(s.app.First(ctx))
	Control(s.search(ctx, s.app, s.password)).To(ContainElements(procFile(first, "cmdline"), procFile(first, "environ")), "control: app's own container should find the password in its own /proc")
}

// searchEverywhere is where the container finds the password, by a search that was refused nothing. A process that
// exec is just starting is not readable yet: then the search is made again.
func (s secretPod) searchEverywhere(ctx context.Context, c *lab.Container) (found []string) {
	ginkgo.GinkgoHelper()
	eventually(ctx, c, func(g Gomega) {
		answers := seen(c.Calls(ctx, lab.ToFind(s.password)))
		found = append(found, answers[0].Found...)
		g.Expect(answers[0].Refused).To(BeEmpty(), "the search could not look into these; it: %s", answers[0].Self.Credentials())
	}, "a search in container %s should be able to look everywhere in its /proc", c.Name)
	return found
}

func (s secretPod) search(ctx context.Context, c *lab.Container, word string) (found []string) {
	ginkgo.GinkgoHelper()
	return must(c.Calls(ctx, lab.ToFind(word)))[0].Found
}
