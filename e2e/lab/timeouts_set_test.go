package lab

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestSetTimeouts(t *testing.T) {
	g := NewWithT(t)
	before := Timeouts
	defer func() { Timeouts, asked = before, map[string]bool{} }()
	g.Expect(SetTimeouts("")).To(Succeed())
	g.Expect(SetTimeouts("PodReady=3m, Quiet=5s")).To(Succeed())
	g.Expect(Timeouts.PodReady).To(Equal(3 * time.Minute))
	g.Expect(Timeouts.Quiet).To(Equal(5 * time.Second))
	g.Expect(Timeouts.Terminal).To(Equal(before.Terminal))

	for text, message := range map[string]string{
		"Quiet=1s,PodRedy=3m": `there is no timeout "PodRedy"; there are Reach, Outage, ServiceAccount, FirstPod`,
		"PodReady=3":          `timeout PodReady: "3" is no positive duration`,
		"PodReady=-1s":        `no positive duration`,
		"PodReady":            `timeout PodReady: ""`,
	} {
		g.Expect(SetTimeouts(text)).To(MatchError(ContainSubstring(message)), text)
	}
	g.Expect(Timeouts.Quiet).To(Equal(5*time.Second), "a refused text changes nothing")
}

func TestScaleTimeouts(t *testing.T) {
	g := NewWithT(t)
	before := Timeouts
	defer func() { Timeouts, asked = before, map[string]bool{} }()
	g.Expect(SetTimeouts("PodGone=10s")).To(Succeed())
	ScaleTimeouts(2.5)
	g.Expect(Timeouts.PodReady).To(Equal(225 * time.Second))
	g.Expect(Timeouts.Spec).To(Equal(750 * time.Second))
	g.Expect(Timeouts.PodGone).To(Equal(10*time.Second), "set by hand")
	g.Expect(Timeouts.Quiet).To(Equal(before.Quiet))
	g.Expect(Timeouts.Poll).To(Equal(before.Poll))
	for _, name := range scaled {
		g.Expect(timeoutNames()).To(ContainElement(name))
	}
}
