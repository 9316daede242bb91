package lab

import (
	"context"
	"errors"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestAwait(t *testing.T) {
	g := NewWithT(t)
	looks := 0
	count := func(context.Context) (int, error) { looks++; return looks, nil }

	seen, err := Await(context.Background(), time.Minute, count, func(n int) bool { return n == 2 })
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(seen).To(Equal(2))

	seen, err = Await(context.Background(), 0, count, func(int) bool { return false })
	g.Expect(err).NotTo(HaveOccurred(), "what is not right in time is the caller's matter")
	g.Expect(seen).To(Equal(3), "one look at least")

	_, err = Await(context.Background(), time.Minute, func(context.Context) (int, error) { return 0, errors.New("blind") }, func(int) bool { return true })
	g.Expect(err).To(MatchError("blind"))

	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("interrupted"))
	_, err = Await(ctx, time.Minute, count, func(int) bool { return false })
	g.Expect(err).To(MatchError("interrupted"))
}

func TestPollSaysWhatItSawLast(t *testing.T) {
	g := NewWithT(t)
	err := poll(context.Background(), 0, "the sun to rise", func() (bool, string, error) { return false, "the moon", nil })
	g.Expect(err).To(MatchError(And(ContainSubstring("the sun to rise"), ContainSubstring("last seen: the moon"))))
	err = poll(context.Background(), time.Minute, "the sun to rise", func() (bool, string, error) { return false, "", errors.New("clouds") })
	g.Expect(err).To(MatchError("waiting for the sun to rise: clouds"))
}
