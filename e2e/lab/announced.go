package lab

import (
	"context"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// Announced is the process that a fixture's container announces in its log, as the container itself sees it:
// "begin WORD PID START NAMESPACE end". Its command line holds the word, which it has chosen at random.
func (c *Container) Announced(ctx context.Context) (Process, error) {
	var p Process
	logs := c.Pod.bench.Client.CoreV1().Pods(c.Pod.Namespace).GetLogs(c.Pod.Name, &corev1.PodLogOptions{Container: c.Name})
	err := poll(ctx, Timeouts.Observation, c.String()+" to announce itself in its log", func() (bool, string, error) {
		log, err := logs.DoRaw(ctx)
		if err != nil {
			return false, "", err
		}
		for line := range strings.Lines(string(log)) {
			var end string
			n, _ := fmt.Sscanf(line, "begin %s %d %d %s %s\n", &p.Word, &p.PID, &p.Start, &p.PIDNS, &end)
			if n == 5 && end == "end" {
				return true, "", nil
			}
		}
		return false, fmt.Sprintf("%q", log), nil
	})
	return p, err
}
