package corpus

import (
	"context"
	"errors"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/up"
)

func TestALaneThatIsNotAsItWasTriesNothingMore(t *testing.T) {
	g := NewWithT(t)
	kept := &up.Set{Clusters: []clusters.Cluster{{Lane: lane.Lane{Name: "on", Version: "v1"}}, {Lane: lane.Lane{Name: "off"}}}}
	all := turns("on", "off", "on", "off", "on", "off")
	tried, untried := make([]bool, len(all)), make([]string, len(all))
	err := EachLane(context.Background(), kept, all, func(_ context.Context, i int, _ clusters.Cluster) error {
		tried[i] = true
		switch i {
		case 1:
			return errors.New("no result")
		case 2:
			return errors.Join(errors.New("no result"), Damage{errors.New("not taken back")})
		}
		return nil
	}, func(i int, err error) { untried[i] = err.Error() })
	g.Expect(tried).To(Equal([]bool{true, true, true, true, false, true}))
	g.Expect(untried).To(Equal([]string{"", "no result", "no result\nnot taken back", "", "not tried: no result\nnot taken back", ""}))
	g.Expect(err).To(MatchError("no result\nno result\nnot taken back"))
}
