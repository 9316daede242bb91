package gobuild

import (
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"
)

func TestStampedFlags(t *testing.T) {
	m := Module{Name: "k", Version: "v1.16.15", Stamp: []string{"a/version"}}
	NewWithT(t).Expect(m.ldflags()).To(Equal(
		"-s -w -X=a/version.gitVersion=v1.16.15 -X=a/version.gitMajor=1 -X=a/version.gitMinor=16 -X=a/version.gitTreeState=clean"))
}

func TestProgramNames(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Program{Package: "k8s.io/kubernetes/cmd/kubelet"}.Name()).To(Equal("kubelet"))
	g.Expect(Program{Package: "k8s.io/kubernetes", C: "build/pause/pause.c"}.Name()).To(Equal("pause"))
}

func TestTaggedPackages(t *testing.T) {
	g := NewWithT(t)
	tag := []byte("// +k8s:openapi-gen=true\n")
	found, err := tagged(fstest.MapFS{
		"api/v1/doc.go":        {Data: tag},
		"api/v1/types.go":      {Data: tag},
		"api/v2/doc.go":        {Data: []byte("package v2\n")},
		"api/v3/doc_test.go":   {Data: tag},
		"vendor/api/v1/doc.go": {Data: tag},
		"README.md":            {Data: tag},
	}, "+k8s:openapi-gen=")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(found).To(Equal([]string{"api/v1"}))
}
