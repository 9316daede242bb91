package claims

import (
	"context"
	"fmt"
	"regexp"
	"strconv"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var cooperatingSidecar = claim.Claim{
	ID:       "cooperating-sidecar",
	Title:    "a log handler sidecar rotates nginx's log",
	Page:     []string{"intro.uses"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"cooperating-sidecar.yaml"},
	Shared: claim.Side{
		Observe: "the sidecar finds nginx, renames access.log on the volume and sends USR1 to the master: nginx writes to a new access.log; the two files together hold every request made, once; master and worker live on",
		Check: func(ctx context.Context, b *lab.Bench) {
			nginx, sidecar := sidecarPod(ctx, b)
			master, worker := nginxProcesses(ctx, nginx)
			evidence("process table of sidecar", expectExactly(ctx, sidecar, firstProcess(ctx, sidecar), must(sidecar.Own(ctx)), master, worker))

			load := startRequests(ctx, sidecar)
			must(sidecar.Output(ctx, "mv", accessLog, rotatedLog))
			Expect(must(sidecar.Kill(ctx, "USR1", master.PID))).To(BeEmpty(), "the sidecar should be able to signal nginx's master (PID %d)", master.PID)
			expectLogged(ctx, sidecar, "USR1 from the sidecar")
			made := load()
			expectNoneLost(ctx, sidecar, made, rotatedLog, accessLog)

			masterNow, workerNow := nginxProcesses(ctx, nginx)
			Expect([]lab.ID{masterNow.ID(), workerNow.ID()}).To(Equal([]lab.ID{master.ID(), worker.ID()}), "USR1 should leave nginx's processes as they are")
		},
	},
	Isolated: claim.Side{
		Observe: "the sidecar sees itself alone and gets ESRCH for nginx's PIDs; after its rename nginx goes on writing to the renamed file; the same USR1 from nginx's own container does open a new one",
		Check: func(ctx context.Context, b *lab.Bench) {
			nginx, sidecar := sidecarPod(ctx, b)
			master, worker := nginxProcesses(ctx, nginx)
			table := expectExactly(ctx, sidecar, must(sidecar.Own(ctx)))
			evidence("process table of sidecar", table)
			for _, pid := range foreignPIDs(ctx, b, nginx, sidecar, master, worker) {
				Expect(must(sidecar.Kill(ctx, "USR1", pid))).To(Equal("ESRCH"), "the sidecar's kill -USR1 %d should find no process", pid)
			}

			must(sidecar.Output(ctx, "mv", accessLog, rotatedLog))
			made := startRequests(ctx, sidecar)()
			expectNoneLost(ctx, sidecar, made, rotatedLog)
			Expect(must(sidecar.Read(ctx, accessLog)).Err).To(Equal("ENOENT"), "nginx should not have opened a new %s: nobody in its own container told it to", accessLog)

			// Control: what the sidecar cannot do works from where nginx is in reach.
			Expect(must(nginx.Kill(ctx, "USR1", master.PID))).To(BeEmpty(), "nginx's container should be able to signal its own master")
			load := startRequests(ctx, sidecar)
			expectLogged(ctx, sidecar, "USR1 from nginx's own container")
			load()
		},
	},
}

// The log as the sidecar sees it on the volume, before and after its rename.
const (
	accessLog  = "/logs/access.log"
	rotatedLog = "/logs/access.log.1"
)

func sidecarPod(ctx context.Context, b *lab.Bench) (nginx, sidecar *lab.Container) {
	p := must(b.NewPod(ctx, "cooperating-sidecar.yaml"))
	return p.Container("nginx"), p.Container("sidecar")
}

// expectLogged wants nginx to write to access.log, anew.
func expectLogged(ctx context.Context, sidecar *lab.Container, because string) {
	eventually(ctx, sidecar, func(g Gomega) {
		file := seen(sidecar.Read(ctx, accessLog))
		g.Expect(file.Size).To(BeNumerically(">", 0), "%d bytes, %s", file.Size, file.Err)
	}, "after %s nginx should write requests to a new %s", because, accessLog)
}

// expectNoneLost wants every request answered, each found once in the files together, and some in each file.
func expectNoneLost(ctx context.Context, sidecar *lab.Container, made requests, files ...string) {
	Expect(made.failed).To(BeZero(), "nginx should answer every request: it answered %d, and not %d", made.answered, made.failed)
	// nginx logs a request when it has been answered.
	var log requestLog
	eventually(ctx, sidecar, func(g Gomega) {
		log = seen(readLogs(ctx, sidecar, made, files))
		g.Expect(log.amiss(made)).To(BeEmpty(), "by file: %v", log.byFile)
	}, "each of the %d requests should be in one of %v, once", made.answered, files)
	evidence("requests in the logs", fmt.Sprintf("%d made; by file: %v", made.answered, log.byFile))
	for _, file := range files {
		Expect(log.byFile[file]).To(BeNumerically(">", 0), "%s should hold some of the requests; by file: %v", file, log.byFile)
	}
}

// requestLog is what nginx has logged: how often each numbered request, and how many in each file.
type requestLog struct {
	times  map[int]int
	byFile map[string]int
}

func readLogs(ctx context.Context, sidecar *lab.Container, made requests, files []string) (requestLog, error) {
	log := requestLog{map[int]int{}, map[string]int{}}
	for _, file := range files {
		text, err := sidecar.Contents(ctx, file)
		if err != nil {
			return log, err
		}
		log.add(file, text, made.mark)
	}
	return log, nil
}

// add counts the requests with that mark in a file's text.
func (l requestLog) add(file, text, mark string) {
	request := regexp.MustCompile(`"GET /\?` + mark + `-([0-9]+) HTTP/`)
	for _, found := range request.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(found[1]) // digits, by the expression
		l.times[n]++
		l.byFile[file]++
	}
}

// amiss says which of the requests were not logged exactly once.
func (l requestLog) amiss(made requests) []string {
	var out []string
	for n := range made.answered {
		if times := l.times[n]; times != 1 {
			out = append(out, fmt.Sprintf("request %d: %d times", n, times))
		}
	}
	return out
}
