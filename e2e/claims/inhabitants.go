package claims

import (
	"context"
	"fmt"
	"slices"

	"github.com/onsi/ginkgo/v2"

	"github.com/gateproof/gateproof/e2e/lab"
)

// residents are the pods' containers, and what lives in them.
func residents(ctx context.Context, pods []*lab.Pod) []string {
	ginkgo.GinkgoHelper()
	var out []string
	for _, p := range pods {
		for _, s := range p.Statuses(must(p.Get(ctx))) {
			out = append(out, fmt.Sprintf("pod %s, container %s: %s, restarts: %d", p.Name, s.Name, s.ContainerID, s.RestartCount))
		}
		out = append(out, must(inhabitants(ctx, p))...)
	}
	return out
}

// inhabitants are, for each of the pod's containers, its PID namespace and the processes that it sees, but for those of containers that admission has added, and
// for the probe that looks.
func inhabitants(ctx context.Context, p *lab.Pod) ([]string, error) {
	var out []string
	for _, c := range p.Containers() {
		view, err := c.Look(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, fmt.Sprintf("%s is in %s", c, view.Self.Namespaces["pid"]))
		for _, process := range view.Table.Lasting().Living() {
			out = append(out, fmt.Sprintf("%s sees %s", c, process))
		}
	}
	return out, nil
}

// seenTwice is what two looks have in common: a probe that the kubelet runs in a container is a process, too, and ends by itself.
func seenTwice(look func() []string) []string {
	first, second := look(), look()
	return slices.DeleteFunc(first, func(one string) bool { return !slices.Contains(second, one) })
}
