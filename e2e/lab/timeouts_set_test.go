package lab

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestSetTimeouts(t *testing.T) {
	g := NewWithT(t)
	before := Timeouts
	defer func() { Timeouts = before }()
	g.Expect(SetTimeouts("")).To(Succeed())
	g.Expect(SetTimeouts("PodReady=3m, Quiet=5s")).To(Succeed())
	g.Expect(Timeouts.PodReady).To(Equal(3 * time.Minute))
	g.Expect(Timeouts.Quiet).To(Equal(5 * time.Second))
	g.Expect(Timeouts.Terminal).To(Equal(before.Terminal))

	for text, message := range map[string]string{
		"Quiet=1s,PodRedy=3m": `there is no timeout "PodRedy"; there are ServiceAccount, PodReady`,
		"PodReady=3":          `timeout PodReady: "3" is no positive duration`,
		"PodReady=-1s":        `no positive duration`,
		"PodReady":            `timeout PodReady: ""`,
	} {
		g.Expect(SetTimeouts(text)).To(MatchError(ContainSubstring(message)), text)
	}
	g.Expect(Timeouts.Quiet).To(Equal(5*time.Second), "a refused text changes nothing")
}
