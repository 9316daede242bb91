package github

import (
	"os"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"
)

// readStrictly refuses fields that the type doesn't have.
func readStrictly(g Gomega, recipe string, out any) {
	text, err := os.ReadFile(dotGitHub + "/recipes/" + recipe)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(yaml.UnmarshalStrict(text, out)).To(Succeed(), recipe)
}

// prowPeriodic has the fields of Prow's configuration that the recipe needs; Prow's own module is far larger than the suite.
type prowPeriodic struct {
	Name     string `json:"name"`
	Interval string `json:"interval"`
	Cluster  string `json:"cluster"`
	Decorate bool   `json:"decorate"`
	Config   struct {
		Timeout string `json:"timeout"`
		Grace   string `json:"grace_period"`
	} `json:"decoration_config"`
	ExtraRefs []struct {
		Org  string `json:"org"`
		Repo string `json:"repo"`
		Base string `json:"base_ref"`
	} `json:"extra_refs"`
	Annotations map[string]string `json:"annotations"`
	Spec        corev1.PodSpec    `json:"spec"`
}

func TestProwRecipe(t *testing.T) {
	g := NewWithT(t)
	var config struct {
		Periodics []prowPeriodic `json:"periodics"`
	}
	readStrictly(g, "prow.yaml", &config)
	g.Expect(config.Periodics).To(HaveLen(1))
	job := config.Periodics[0]
	g.Expect(job.Decorate).To(BeTrue(), "without decoration nothing collects $ARTIFACTS")
	for _, d := range []string{job.Interval, job.Config.Timeout, job.Config.Grace} {
		_, err := time.ParseDuration(d)
		g.Expect(err).NotTo(HaveOccurred())
	}
	g.Expect(job.ExtraRefs).NotTo(BeEmpty(), "a periodic job has no sources of its own")
	g.Expect(job.Annotations).To(And(HaveKey("testgrid-dashboards"), HaveKey("testgrid-tab-name")))
	g.Expect(job.Spec.Containers).To(HaveLen(1))
	main := job.Spec.Containers[0]
	g.Expect(append(main.Command, main.Args...)).To(Equal([]string{"make", "e2e", "LANES=latest"}))
	g.Expect(main.SecurityContext.Privileged).To(HaveValue(BeTrue()))
}

func TestGitLabRecipe(t *testing.T) {
	g := NewWithT(t)
	type job struct {
		Image     string            `json:"image"`
		Services  []string          `json:"services"`
		Variables map[string]string `json:"variables"`
		Timeout   string            `json:"timeout"`
		Script    []string          `json:"script"`
		Artifacts struct {
			When    string   `json:"when"`
			Paths   []string `json:"paths"`
			Reports struct {
				JUnit string `json:"junit"`
			} `json:"reports"`
		} `json:"artifacts"`
	}
	var jobs map[string]job
	readStrictly(g, "gitlab-ci.yml", &jobs)
	gate, ok := jobs["release-gate"]
	g.Expect(ok).To(BeTrue())
	g.Expect(gate.Artifacts.When).To(Equal("always"), "a failure is what the reports are for")
	g.Expect(gate.Artifacts.Reports.JUnit).To(HaveSuffix("reports/out/junit_*.xml"))
}
