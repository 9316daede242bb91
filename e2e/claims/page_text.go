package claims

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"
)

// What the page prints.
const (
	nginxMaster = "nginx: master process nginx -g daemon off;"
	nginxWorker = "nginx: worker process"
	psCommand   = "ps ax"
)

// pageConfHead is the page's output of head on nginx.conf, by words: the page's own copy has lost its blanks.
var pageConfHead = words(`user nginx; worker_processes 1; error_log /var/log/nginx/error.log warn;
pid /var/run/nginx.pid; events { worker_connections 1024;`)

func words(text string) string { return strings.Join(strings.Fields(text), " ") }

// psRow is a line of busybox' ps.
type psRow struct {
	pid     int
	owner   string
	command string
}

func (r psRow) number() string { return strconv.Itoa(r.pid) }

type psTable []psRow

var psLine = regexp.MustCompile(`^ *([0-9]+) +(\S+) +[0-9]+:[0-9]{2} (.*)$`)

// parsePS reads the output of ps, whole: a line that is not understood is an error.
func parsePS(shown string) (psTable, error) {
	lines := strings.Split(strings.TrimRight(shown, "\n"), "\n")
	if words(lines[0]) != "PID USER TIME COMMAND" {
		return nil, fmt.Errorf("ps should head its table PID USER TIME COMMAND; it printed %q", shown)
	}
	var table psTable
	for _, line := range lines[1:] {
		m := psLine.FindStringSubmatch(line)
		if m == nil {
			return nil, fmt.Errorf("ps printed the line %q; the whole: %q", line, shown)
		}
		pid, err := strconv.Atoi(m[1])
		if err != nil {
			return nil, err
		}
		table = append(table, psRow{pid: pid, owner: m[2], command: m[3]})
	}
	return table, nil
}

// procRows reads paths of /proc.
func procRows(paths string) (table psTable) {
	for _, path := range strings.Fields(paths) {
		pid, _ := strconv.Atoi(strings.TrimPrefix(path, "/proc/"))
		table = append(table, psRow{pid: pid, command: path})
	}
	return table
}

// rows renders each row by its form.
func (t psTable) rows(form func(psRow) string) []string {
	var out []string
	for _, r := range t {
		out = append(out, form(r))
	}
	return out
}

func (t psTable) commands() []string {
	return t.rows(func(r psRow) string { return r.command })
}

// pidOf is the number of the only row with that command, 0 without one.
func (t psTable) pidOf(command string) int {
	pid := 0
	for _, r := range t {
		if r.command == command {
			if pid != 0 {
				return 0
			}
			pid = r.pid
		}
	}
	return pid
}

// sandboxFirst parts the row of PID 1 from the others. PID 1 must come first and be none of the page's containers'.
func (t psTable) sandboxFirst() (one psRow, others psTable) {
	ginkgo.GinkgoHelper()
	gomega.Expect(t).NotTo(gomega.BeEmpty(), "ps ax should list processes")
	gomega.Expect(t[0].pid).To(gomega.Equal(1), "the first process should be PID 1; the terminal showed:\n%s", t)
	gomega.Expect(t[0].command).NotTo(gomega.BeElementOf(nginxMaster, nginxWorker, "sh", "ps ax"), "PID 1 should be the sandbox's, not a container's own; the terminal showed:\n%s", t)
	return t[0], t[1:]
}

func (r psRow) String() string { return fmt.Sprintf("%d %s %s", r.pid, r.owner, r.command) }

func psOwnerAndCommand(r psRow) string { return r.owner + " " + r.command }

func (t psTable) String() string {
	return strings.Join(t.rows(func(r psRow) string { return fmt.Sprintf("%5d %-8s %s", r.pid, r.owner, r.command) }), "\n")
}
