package claims

import (
	"context"

	. "github.com/onsi/gomega"

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var initContainerShares = claim.Claim{
	ID:       "init-container-shares",
	Title:    "an init container is in the pod's process namespace, and leaves nothing behind in it",
	Page:     []string{"understanding.resources"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"init-container-shares.yaml"},
	Shared: claim.Side{
		Observe: "the init container sees the sandbox as PID 1 (the same process as the app container later, and the one that CRI names), itself and no other; its processes, one that it left in the background included, are gone when the app container runs",
		Check: func(ctx context.Context, b *lab.Bench) {
			p, init, app := initPod(ctx, b)
			one, own := firstProcess(ctx, init), must(init.Own(ctx))
			Expect(own.ID()).NotTo(Equal(one.ID()), "the init container's own process is PID 1, which should be the sandbox: %s", own)
			expectSandbox(ctx, b, init, one)
			left := must(init.Hold(ctx))
			evidence("process table of init", expectExactly(ctx, init, one, own, left))

			letAppStart(ctx, p, init)
			evidence("process table of app", expectExactly(ctx, app, one, must(app.Own(ctx))))
		},
	},
	Isolated: claim.Side{
		Observe: "the init container is its own PID 1 and sees its own processes alone; so does the app container",
		Check: func(ctx context.Context, b *lab.Bench) {
			p, init, app := initPod(ctx, b)
			own := must(init.Own(ctx))
			Expect(own.PID).To(Equal(1), "the init container's own process should be its PID 1; it is %s", own)
			left := must(init.Hold(ctx)) // found by the init container itself: the scan works
			evidence("process table of init", expectExactly(ctx, init, own, left))

			letAppStart(ctx, p, init)
			appOwn := must(app.Own(ctx))
			Expect(appOwn.PID).To(Equal(1), "the app container's own process should be its PID 1; it is %s", appOwn)
			evidence("process table of app", expectExactly(ctx, app, appOwn))
		},
	},
}

// initPod is a pod whose init container runs, and whose app container waits for that.
func initPod(ctx context.Context, b *lab.Bench) (p *lab.Pod, init, app *lab.Container) {
	p = must(b.StartPod(ctx, "init-container-shares.yaml"))
	done(p.WaitStarted(ctx, "to run its init container", func(pod *corev1.Pod) bool {
		return lab.Status(pod, "init").State.Running != nil
	}))
	return p, p.Container("init"), p.Container("app")
}

// letAppStart ends the init container and waits for the app container.
func letAppStart(ctx context.Context, p *lab.Pod, init *lab.Container) {
	// The shell that writes the line goes with its container, perhaps before it can say so: no answer is no error.
	_, _ = init.Run(ctx, "sh", "-c", "echo >/tmp/go")
	_, err := p.WaitUntil(ctx, lab.Timeouts.PodReady, "to run its app container, as the init container has ended", func(pod *corev1.Pod) bool {
		return lab.Status(pod, "app").State.Running != nil
	})
	done(err)
}

// expectSandbox wants PID 1 of a container to be the process that CRI names as the sandbox's, where a run has access to nodes, and these see the pod's processes.
func expectSandbox(ctx context.Context, b *lab.Bench, c *lab.Container, one lab.Process) {
	if !nodeSees(ctx, b, c) {
		return
	}
	sandbox := must(c.Pod.Sandbox(ctx))
	Expect(one.Start).To(Equal(sandbox.Start), "PID 1 should be the sandbox's process (start %d, node's PID %d); it is %s", sandbox.Start, sandbox.PID, one)
}
