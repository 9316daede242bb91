package html_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/gateproof/gateproof/reports"
)

// holding is a run as a release engineer likes it: two lanes, two groups, a claim that does not apply to one lane, and
// a matrix that goes as the manual page says.
func holding() reports.Run {
	return reports.Run{
		SuiteVersion: "v0.1.0", SuiteDigest: "sha256:" + strings.Repeat("01ab", 16),
		Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Duration: 245 * time.Second,
		Lanes: []reports.Lane{laneOf("on", "shared"), laneOf("off", "isolated")},
		Steps: []reports.Step{{Name: "compile the suite", Duration: 10 * time.Second}, {Name: "boot lane on", Duration: 19 * time.Second}},
	}
}

func laneOf(name, expect string) reports.Lane {
	hup := resultOf("hup-restarts-worker", "signals", "SIGHUP from the shell container makes nginx restart its worker process")
	access := resultOf("signal-access", "signals", "who may signal another container's processes is decided as kill(2) says")
	access.Kind, access.Matrices = reports.Informative, []reports.Matrix{signals()}
	access.Measurements = map[string]float64{"seconds-from-delete-to-gone": 8.73}
	live := resultOf("proc-root-live", "filesystem", "/proc/$pid/root is the other container's live file system")
	if expect == "isolated" {
		live.Verdict, live.Reason, live.Evidence, live.Duration = reports.NotApplicable, "there is no process of the other container", nil, 0
	}
	return reports.Lane{
		Name: name, Version: "v1.16.15", Expect: expect, Boot: 19 * time.Second,
		Facts:   map[string]string{"gate kubelet": fmt.Sprint(name == "on"), "kernel": "6.18", "node image id": "sha256:" + strings.Repeat("9f", 32)},
		Results: []reports.Result{hup, access, live},
	}
}

func resultOf(claim, group, title string) reports.Result {
	return reports.Result{
		Claim: claim, Group: group, Title: title, Kind: reports.Conformance, Verdict: reports.Holds,
		Duration: 6600 * time.Millisecond, Location: "e2e/signals.go:51", Evidence: []reports.Evidence{table},
	}
}

var table = reports.Evidence{Name: "process table of shell", Text: strings.TrimPrefix(`
PID  PPID  UID  START    STATE  COMMAND
1    0     0    1776269  S      /pause
7    0     0    1776298  S      nginx: master process nginx -g daemon off;
14   7     101  1776326  S      nginx: worker process
169  0     0    1776883  R      /tmp/gateproof-probe gp148df94ca4c3d94a table with a line that is wider than any telephone
`, "\n")}

func signals() reports.Matrix {
	m := reports.Matrix{Attempt: "kill from another container", Page: "kill(2)"}
	for _, user := range []string{"uid 0", "uid 1000"} {
		for _, caps := range []string{"default", "default, SYS_PTRACE", "none"} {
			for _, target := range []string{"process of uid 0", "process of uid 1000"} {
				c := reports.Cell{User: user, Caps: caps, Target: target, Because: "CAP_KILL"}
				switch {
				case strings.HasSuffix(target, " of "+user):
					c.Because = "same uid"
				case caps == "none":
					c.Seen, c.Rule, c.Because = "EPERM", "EPERM", "another uid, no CAP_KILL"
				}
				m.Cells = append(m.Cells, c)
			}
		}
	}
	return m
}

const failureText = "nginx's worker should be a new process\nExpected\n    <int>: 14\nnot to equal\n    <int>: 14\n\nTimed out after 20.001s."

// failing has a failure of each kind, a claim that was not run, a troubled lane, a matrix that disagrees, and text
// that wants to be markup.
func failing() reports.Run {
	run := holding()
	on, off := &run.Lanes[0], &run.Lanes[1]
	on.Results[0].Verdict, on.Results[0].Failure = reports.Contradicted, failureText
	on.Results[0].Output = "\x1b[31mattached\x1b[0m\x00\r\n"
	on.Results[0].Evidence = append(on.Results[0].Evidence, reports.Evidence{Name: "<b>a name</b>", Text: `<script>document.title = "taken over"</script>`})
	on.Results[1].Verdict, on.Results[1].Failure = reports.Contradicted, "the kernel and kill(2) differ"
	on.Results[1].Matrices[0].Cells[4].Seen = "EPERM"
	off.Results[0].Verdict, off.Results[0].Reason = reports.NotRun, "interrupted while it ran"
	off.Problems = []reports.Problem{{Step: "restart kubelet", Message: "no answer within 1m0s\nlast seen: connection refused", Output: "kubelet[812]: misconfiguration"}}
	return run
}

// unseeing is a run on a healthy cluster whose policy and whose proxy stand in the way, and which keeps a namespace.
func unseeing() reports.Run {
	run := holding()
	blind := func(r *reports.Result, cause reports.Cause, said string) {
		r.Verdict, r.Cause, r.Failure = reports.NotObserved, cause, said
	}
	const policy = `admission webhook "no-root.example.com" denied the request: runAsUser 0 in container "shell" of pod "%s"`
	on, off := run.Lanes[0].Results, run.Lanes[1].Results
	blind(&on[0], reports.CauseAdmission, fmt.Sprintf(policy, "hup-1"))
	blind(&on[2], reports.CauseAdmission, fmt.Sprintf(policy, "live-2")+"\n\nas seen at 03:04")
	blind(&on[1], reports.CauseExec, "exec in shell: <b>502</b> Bad Gateway")
	blind(&off[0], reports.CauseExec, "exec in shell: <b>502</b> Bad Gateway")
	run.Infrastructure = []reports.Problem{{Step: "remove the namespaces", Message: "gateproof-1 does not go: dead.example.com/v1 does not answer", Warning: true}}
	return run
}

// troubled never had a cluster.
func troubled() reports.Run {
	run := holding()
	run.Lanes, run.Steps = nil, nil
	run.Infrastructure = []reports.Problem{{Step: "start the engine", Message: "dockerd did not answer"}}
	return run
}

// selected tried a part, in so many lanes that they are wider than a screen.
func selected() reports.Run {
	run := holding()
	run.Selection = "--label-filter=group:signals"
	for i := range 7 {
		run.Lanes = append(run.Lanes, laneOf(fmt.Sprintf("gate-removed-%d", i), "shared"))
	}
	return run
}

// large is a full run with more evidence than any had so far.
func large() reports.Run {
	run := holding()
	for i := range run.Lanes {
		run.Lanes[i].Results = nil
		for n := range 60 {
			r := resultOf(fmt.Sprintf("claim-%d", n), fmt.Sprintf("group-%d", n/8), "what a claim says, in a sentence")
			for range 10 {
				r.Evidence = append(r.Evidence, table)
			}
			r.Evidence[0].Text = strings.Repeat(table.Text, 5)
			run.Lanes[i].Results = append(run.Lanes[i].Results, r)
		}
	}
	return run
}
