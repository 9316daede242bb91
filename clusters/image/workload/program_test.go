package workload

import (
	"bytes"
	"context"
	"debug/elf"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/fixtures/images"
)

// The image lone is a program and nothing else: it must need nothing else.
func TestProgramsAreStatic(t *testing.T) {
	g := NewWithT(t)
	dir, err := images.Open("lone")
	g.Expect(err).NotTo(HaveOccurred())
	r, err := parse(dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.Programs).To(HaveKeyWithValue("lone", "cmd/main.go"))
	for arch, machine := range map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64} {
		program, err := compile(context.Background(), dir, r.Programs["lone"], arch)
		g.Expect(err).NotTo(HaveOccurred())
		file, err := elf.NewFile(bytes.NewReader(program))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(file.Machine).To(Equal(machine))
		g.Expect(file.ImportedLibraries()).To(BeEmpty())
		for _, part := range file.Progs {
			g.Expect(part.Type).NotTo(Equal(elf.PT_INTERP), "the program wants a dynamic loader")
		}
	}
}
