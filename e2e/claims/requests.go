package claims

import (
	"context"
	"fmt"
	"strings"
	"sync"

	. "github.com/onsi/gomega"

	"github.com/onsi/ginkgo/v2"

	"github.com/gateproof/gateproof/e2e/lab"
)

// requests counts HTTP requests to nginx. Each has asked for /?MARK-N, N from 0 upwards.
type requests struct {
	answered, failed int
	mark             string
}

// startRequests asks nginx for its page from the container, one request after another, until the returned
// function is called; that one returns the counts. It returns when the first request was answered.
func startRequests(ctx context.Context, c *lab.Container) (stop func() requests) {
	ginkgo.GinkgoHelper()
	stopFile := "/tmp/" + lab.Word()
	script := `ok=0; bad=0; while [ ! -e "$0" ]; do if wget -q -T 30 -O /dev/null "http://127.0.0.1/?$1-$((ok+bad))"; then ok=$((ok+1)); : >"$0.first"; else bad=$((bad+1)); fi; usleep 20000; done; echo "$ok $bad" >"$0.counts"`
	counts := requests{mark: lab.Word()}
	var err error
	var under sync.WaitGroup
	under.Go(func() { _, err = c.Output(ctx, "sh", "-c", script, stopFile, counts.mark) })
	stopped := false
	end := func(ctx context.Context) error {
		_, err := c.Output(ctx, "touch", stopFile)
		under.Wait()
		stopped = true
		return err
	}
	// A claim that fails meanwhile leaves no requests, and no news of them, to the next.
	ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) {
		if !stopped {
			_ = end(ctx)
		}
	}, ginkgo.NodeTimeout(lab.Timeouts.Observation))
	first := must(lab.Await(ctx, lab.Timeouts.Exec, // the exec that makes them has to begin
		func(ctx context.Context) (lab.Result, error) { return c.Run(ctx, "test", "-e", stopFile+".first") },
		func(r lab.Result) bool { return r.ExitCode == 0 }))
	Control(first.ExitCode).To(BeZero(), "control: nginx should answer over HTTP")
	return func() requests {
		ginkgo.GinkgoHelper()
		done(end(ctx), "the requests should be stopped")
		if !lab.Cut(err) {
			done(err, "the requests should be made to their end")
		}
		// Not by exec's output, or its end: both can be lost.
		told := must(lab.Await(ctx, lab.Timeouts.Observation, func(ctx context.Context) (lab.File, error) { return c.Read(ctx, stopFile+".counts") },
			func(f lab.File) bool { return strings.HasSuffix(f.Text, "\n") }))
		_, scanErr := fmt.Sscan(told.Text, &counts.answered, &counts.failed)
		done(scanErr, "the requests should be counted: %+v", told)
		return counts
	}
}
