package builder

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestJobsGetNoMoreThanTheyNeed(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("MIRROR", "http://me:secret@mirror.example")
	for _, name := range proxies {
		t.Setenv(name, "")
	}
	b := Builder{id: "sha256:abc"}
	plain := b.argv(Job{Script: "true"}, "job")
	g.Expect(plain).To(ContainElements("--pull=never", "--name=job", "--network=none", "sha256:abc"))
	g.Expect(plain).NotTo(ContainElement(SatisfyAny(Equal("--privileged"), HavePrefix("--userns"), HavePrefix("--cgroupns"), HavePrefix("--env=MIRROR"))))
	g.Expect(plain[len(plain)-4:]).To(Equal([]string{"sha256:abc", "bash", "-c", begin + "true"}))

	all := b.argv(Job{Network: true, Cgroups: true, Privileged: true, Env: []string{"MIRROR", "UNSET"}}, "job")
	g.Expect(all).To(ContainElements("--network=host", "--cgroupns=host", "--privileged", "--userns=host", "--env=MIRROR"))
	g.Expect(all).NotTo(ContainElement(SatisfyAny(ContainSubstring("secret"), ContainSubstring("UNSET"))))
}
