package claims

import (
	"context"
	"encoding/json"
	"fmt"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var troubleshootShellLess = claim.Claim{
	ID:       "troubleshoot-shell-less",
	Title:    "a container whose image has no shell is troubleshot from another container's shell",
	Page:     []string{"intro.uses"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"troubleshoot-shell-less.yaml"},
	Shared: claim.Side{
		Observe: "the image holds one static program; from the busybox shell /proc/PID shows its command line, program, working folder, an open file with its content, and through root the program itself: all as the program says of itself",
		Check: func(ctx context.Context, b *lab.Bench) {
			shell, said := shellLessPod(ctx, b)
			table := expectExactly(ctx, shell, firstProcess(ctx, shell), must(shell.Own(ctx)), said.process())
			evidence("process table of shell", table)
			lone, _ := table.PID(said.PID)
			Expect(lone.Argv).To(Equal(said.Argv), "/proc/%d/cmdline should be what the program says of itself", said.PID)

			proc := fmt.Sprintf("/proc/%d", said.PID)
			evidence(proc+", for people", must(shell.Run(ctx, "ls", "-l", proc+"/exe", proc+"/cwd", proc+"/fd")))
			fd := fmt.Sprint("fd/", said.FD)
			for _, link := range [][2]string{{"exe", said.Program}, {"cwd", said.Dir}, {fd, said.Open}} {
				target, failed, err := shell.Link(ctx, proc+"/"+link[0])
				done(err)
				Expect(target).To(Equal(link[1]), "%s/%s leads to %q %s, the program itself says to %s", proc, link[0], target, failed, link[1])
			}
			for _, file := range [][2]string{{"exe", said.ProgramSHA256}, {"root" + said.Program, said.ProgramSHA256}, {fd, said.OpenSHA256}} {
				seen := must(shell.Read(ctx, proc+"/"+file[0]))
				Expect(seen.SHA256).To(Equal(file[1]), "%s/%s should hold what the program itself reads there (%d bytes seen, %s)", proc, file[0], seen.Size, seen.Err)
			}
			for _, sh := range []string{"/bin/sh", "/bin/bash", "/bin/busybox"} {
				Control(must(shell.Read(ctx, proc+"/root"+sh)).Err).To(Equal("ENOENT"), "control: the program's image should have no %s", sh)
			}
		},
	},
	Isolated: claim.Side{
		Observe: "the program runs and has written to the volume; the shell sees itself alone, and no root in its /proc leads to the program",
		Check: func(ctx context.Context, b *lab.Bench) {
			shell, said := shellLessPod(ctx, b)
			Expect(said.PID).To(Equal(1), "the program should be PID 1 of its container; by its own words it has PID %d", said.PID)
			table := expectExactly(ctx, shell, must(shell.Own(ctx)))
			evidence("process table of shell", table)
			for _, p := range table.Lasting() {
				Expect(must(shell.Read(ctx, rootOf(p.PID)+said.Program)).Err).To(Equal("ENOENT"), "%s of the other container should not be reached by %s (%s)", said.Program, rootOf(p.PID), p)
			}
			Control(must(shell.Read(ctx, rootOf(1)+"/bin/busybox")).Err).To(BeEmpty(), "control: the shell should read its own files through /proc/1/root")
		},
	},
}

// said is what the program of the image lone says of itself (fixtures/images/lone).
type said struct {
	PID           int
	Start         uint64
	Argv          []string
	Program       string
	ProgramSHA256 string
	Dir           string
	FD            int
	Open          string
	OpenSHA256    string
}

func (s said) process() lab.Process {
	var p lab.Process
	p.PID, p.Start, p.Argv = s.PID, s.Start, s.Argv
	return p
}

// shellLessPod is a pod with a container that no exec can look into, and a shell beside it.
func shellLessPod(ctx context.Context, b *lab.Bench) (shell *lab.Container, s said) {
	p := must(b.NewPod(ctx, "troubleshoot-shell-less.yaml"))
	shell = p.Container("shell")
	// What ran has said so: that an exec has succeeded is told by whoever is in between, too.
	for _, argv := range [][]string{{"sh", "-c", `echo "$0"`}, {"/bin/busybox", "echo"}} {
		word := lab.Word()
		r, _ := p.Container("lone").Run(ctx, append(argv, word)...)
		Expect(r.Stdout).NotTo(ContainSubstring(word), "the program's image should have nothing to run by exec, but %v ran in it", argv)
		Control(must(shell.Output(ctx, append(argv, word)...))).To(ContainSubstring(word), "control: where there is a shell the same exec works")
	}
	file := must(lab.Await(ctx, lab.Timeouts.Observation,
		func(ctx context.Context) (lab.File, error) { return shell.Read(ctx, "/said/lone.json") },
		func(f lab.File) bool { return f.Err == "" }))
	Control(file.Err).To(BeEmpty(), "control: the program should have described itself on the volume")
	Control(json.Unmarshal([]byte(file.Text), &s)).To(Succeed(), "control: the program's description: %s", file.Text)
	evidence("the program of itself", file.Text)
	return shell, s
}
