package up

import (
	"context"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/progress"
)

func TestKindsMessagesBecomeNotes(t *testing.T) {
	g := NewWithT(t)
	var notes, steps []string
	ctx := progress.With(context.Background(), func(e progress.Event) {
		if e.State == progress.Noted {
			notes = append(notes, e.Detail)
		}
	})
	l := kindLog{progress.Start(ctx, "boot"), func(what string) { steps = append(steps, what) }}
	l.V(0).Infof(" • %s  ...\n", "Starting control-plane 🕹️")
	l.V(0).Infof(" ✓ %s\n", "Starting control-plane 🕹️")
	l.V(1).Info("debugging")
	l.Warn("WARNING: Overriding docker network due to KIND_EXPERIMENTAL_DOCKER_NETWORK")
	l.Warn("WARNING: Here be dragons! This is not supported currently.")
	l.Warnf("disk %s", "full")
	g.Expect(notes).To(Equal([]string{"Starting control-plane", "kind warns: disk full"}))
	g.Expect(steps).To(Equal([]string{"Starting control-plane"}))
}
