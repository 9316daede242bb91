package claims

import (
	"context"
	"fmt"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/shapes"
)

// shaped is a pod of a shape, which runs. Several are looked into at once: what is not as it should be fails the look's own g.
type shaped struct {
	shapes.Shape
	b       *lab.Bench
	pod     *lab.Pod
	looking []*lab.Container       // they have a shell, and stay
	staying []string               // all containers that do, by name
	said    map[string]lab.Process // what these say of themselves
	gone    []lab.Process          // what the init containers have said
	ids     map[string]string      // of the containers that stay
	notes   []string
}

func (s *shaped) note(format string, args ...any) {
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}

// meet has every container say who it is.
func (s *shaped) meet(ctx context.Context) {
	for i := range s.Later {
		s.looking = append(s.looking, seen(s.pod.Debug(ctx, fmt.Sprintf("debug-%d", i+1), "")))
	}
	for _, name := range s.Looking {
		s.looking = append(s.looking, s.pod.Container(name))
	}
	for _, c := range s.looking {
		s.staying = append(s.staying, c.Name)
	}
	s.staying = append(s.staying, s.Mute...)
	s.ids = s.idsNow(ctx)
	for _, name := range s.staying {
		s.said[name] = seen(s.pod.Container(name).Announced(ctx))
	}
	for _, name := range s.Gone {
		s.gone = append(s.gone, seen(s.pod.Container(name).Announced(ctx)))
	}
}

// idsNow are the ids of the containers that stay.
func (s *shaped) idsNow(ctx context.Context) map[string]string {
	now, ids := seen(s.pod.Get(ctx)), map[string]string{}
	for _, name := range s.staying {
		ids[name] = lab.Status(now, name).ContainerID
	}
	return ids
}

// restarted says in words that a container is no longer the one that was met, or that this cannot be known: its processes are others, then.
func (s *shaped) restarted(ctx context.Context) (words string) {
	_, err := try(func(Gomega) {
		for name, id := range s.idsNow(ctx) {
			if id != s.ids[name] {
				words = fmt.Sprintf("container %s of pod %s was restarted meanwhile", name, s.pod.Name)
			}
		}
	})
	if err != nil {
		return "whether a container was restarted meanwhile is not known: " + err.Error()
	}
	return words
}

// control is Control within a look: where it fails, nothing was observed.
func control(ok bool, format string, args ...any) {
	if !ok {
		panic(blind{fmt.Errorf("control: "+format, args...)})
	}
}
