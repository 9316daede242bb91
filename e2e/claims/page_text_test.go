package claims

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestParsePS(t *testing.T) {
	g := NewWithT(t)
	table, err := parsePS("PID   USER     TIME  COMMAND\n    1 root      0:00 /pause\n    8 root      0:00 nginx: master process nginx -g daemon off;\n   14 101       0:00 nginx: worker process\n")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(table).To(Equal(psTable{{1, "root", "/pause"}, {8, "root", nginxMaster}, {14, "101", nginxWorker}}))
	g.Expect([]int{table.pidOf("/pause"), table.pidOf("sh")}).To(Equal([]int{1, 0}))
	for _, shown := range []string{"", "PID USER COMMAND\n", "PID USER TIME COMMAND\n{ps} sh\n"} {
		_, err := parsePS(shown)
		g.Expect(err).To(HaveOccurred(), "%q", shown)
	}
}

func TestProcRows(t *testing.T) {
	g := NewWithT(t)
	g.Expect(procRows("/proc/1 /proc/23")).To(Equal(psTable{{pid: 1, command: "/proc/1"}, {pid: 23, command: "/proc/23"}}))
	g.Expect(procRows("/proc/[0-9]*")).To(Equal(psTable{{command: "/proc/[0-9]*"}}), "no process has the number 0")
}
