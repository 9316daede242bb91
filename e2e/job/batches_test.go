package job

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/lane"
)

func TestRoomForLanes(t *testing.T) {
	g := NewWithT(t)
	g.Expect(atOnce(64<<30, 64<<30, 2)).To(Equal(4), "processors")
	g.Expect(atOnce(4<<30, 64<<30, 8)).To(Equal(2), "memory")
	g.Expect(atOnce(1<<20, 64<<30, 8)).To(Equal(1), "one always: the host may do with less than is thought")
	g.Expect(atOnce(-1, 4<<30, 8)).To(Equal(2), "memory of another machine")
	g.Expect(atOnce(-1, -1, 1)).To(Equal(2), "memory that is not known")
}

func TestBatchesAreEvenAndWhole(t *testing.T) {
	g := NewWithT(t)
	lanes, err := lane.Select("on,off,default,ga,latest")
	g.Expect(err).NotTo(HaveOccurred())
	got := batches(lanes, 4)
	g.Expect(got).To(HaveLen(2))
	g.Expect(lane.Words(got[0]) + "," + lane.Words(got[1])).To(Equal("on,off,default,ga,latest"))
	g.Expect(len(got[0]) - len(got[1])).To(BeNumerically("~", 0, 1))
	g.Expect(batches(lanes, 8)).To(HaveLen(1))

	wide, err := lane.Select("on,mixed-gates,off,skew")
	g.Expect(err).NotTo(HaveOccurred())
	var words []string
	for _, batch := range batches(wide, 4) {
		words = append(words, lane.Words(batch))
	}
	g.Expect(words).To(Equal([]string{"on,mixed-gates", "off", "skew"}), "by nodes")
	g.Expect(batches(wide, 2)).To(HaveLen(4), "what has no room is alone")
	mine := lane.Lane{Name: "on", File: "/tmp/on.yaml"}
	g.Expect(lane.Words([]lane.Lane{mine})).To(Equal("/tmp/on.yaml"), "a file of the user's own, even by the name of a declared lane")
}
