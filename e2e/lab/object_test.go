package lab

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestEveryTemplateOfTheFixtureHasTheField(t *testing.T) {
	g := NewWithT(t)
	objects, err := Objects("field-in-templates.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	var kinds []string
	for _, o := range objects {
		kinds = append(kinds, o.GetKind())
		g.Expect(o.PodField("shareProcessNamespace")).To(Equal("true"), "%s", o)
		g.Expect(o.PodField("hostPID")).To(Equal("absent"), "%s", o)
	}
	g.Expect(kinds).To(ConsistOf("Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "ReplicationController", "Job", "CronJob", "PodTemplate"))
}

func TestPodFieldNeedsAPodSpec(t *testing.T) {
	g := NewWithT(t)
	objects, err := Objects("hostpid-exclusive.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(objects).To(HaveLen(3))
	g.Expect(objects[1].PodField("hostPID")).To(Equal("true"))
	objects[1].SetKind("Deployment") // its pod spec would be elsewhere
	_, err = objects[1].PodField("hostPID")
	g.Expect(err).To(MatchError(ContainSubstring("no pod spec")))
}
