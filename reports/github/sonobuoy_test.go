package github

import (
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
)

// sonobuoyPlugin has the fields of Sonobuoy's plugin definition that the recipe uses.
type sonobuoyPlugin struct {
	Config struct {
		Driver       string `json:"driver"`
		Name         string `json:"plugin-name"`
		ResultFormat string `json:"result-format"`
		Description  string `json:"description"`
		Source       string `json:"source-url"`
	} `json:"sonobuoy-config"`
	Spec corev1.Container `json:"spec"`
}

func TestSonobuoyRecipe(t *testing.T) {
	g := NewWithT(t)
	var plugin sonobuoyPlugin
	readStrictly(g, "sonobuoy.yaml", &plugin)
	g.Expect(plugin.Config.Driver).To(Equal("Job"))
	g.Expect(plugin.Config.ResultFormat).To(Equal("junit"))
	g.Expect(plugin.Spec.VolumeMounts).To(ContainElement(HaveField("MountPath", "/tmp/sonobuoy/results")))
	g.Expect(plugin.Spec.Env).To(ContainElement(HaveField("Name", "EXPECT")), "what is expected is never asked of the cluster")
}
