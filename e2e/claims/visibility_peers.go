package claims

import (
	"context"
	"fmt"
	"strconv"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/probe"
)

const peersManifest = "peer-credentials.yaml"

var peerCredentials = claim.Claim{
	ID:    "peer-credentials",
	Title: "what the kernel says of a process in another container, that connects or signals, is its PID as one sees it",
	Promise: claim.Promise{
		From: "unix(7), SO_PEERCRED; pid_namespaces(7); sigaction(2), si_pid",
		Text: "a process ID that comes from another PID namespace is translated into that of who reads it; 0 where it has none there",
	},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{peersManifest},
	Shared: claim.Side{
		Observe: "over a socket in a volume: SO_PEERCRED names the other container's process by the PID that it has itself, to both sides; so does si_pid, of kill(2) and of a message queue's signal; within one container, too",
		Check: func(ctx context.Context, b *lab.Bench) {
			m := newMeeting(ctx, b)
			m.expect(ctx, m.server, true)
			m.expect(ctx, m.client, true)
			sender := attempt(ctx, m.client, lab.ToKill(strconv.Itoa(probe.PeersSignal), m.serves.PID))
			Expect(sender.Err).To(BeEmpty(), "client should be able to signal server's process, %s", m.serves)
			m.expectSignals(ctx, probe.Signal{PID: sender.Self.PID})
			m.message(ctx, func(sender probe.Self) int { return sender.PID }, probe.Signal{PID: sender.Self.PID})
		},
	},
	Isolated: claim.Side{
		Observe: "SO_PEERCRED names the other container's process as 0, to both sides, and so does si_pid of a message queue's signal, the one that reaches there; within one container they name it by its PID",
		Check: func(ctx context.Context, b *lab.Bench) {
			m := newMeeting(ctx, b)
			m.expect(ctx, m.server, true)
			m.expect(ctx, m.client, false)
			m.message(ctx, func(probe.Self) int { return 0 })
		},
	},
}

const peersSocket = "/peers/socket"

// meeting is a process in one container that tells who comes, and another container beside it.
type meeting struct {
	server, client *lab.Container
	serves         lab.Process // as server sees it
}

func newMeeting(ctx context.Context, b *lab.Bench) meeting {
	ginkgo.GinkgoHelper()
	p := must(b.NewPod(ctx, peersManifest))
	m := meeting{server: p.Container("server"), client: p.Container("client")}
	m.serves = must(m.server.ServePeers(ctx, peersSocket))
	return m
}

// expect has a container's process connect: each side should be told the other's PID, or 0.
func (m meeting) expect(ctx context.Context, from *lab.Container, named bool) {
	ginkgo.GinkgoHelper()
	told, self, err := from.Peers(ctx, peersSocket)
	done(err)
	evidence("SO_PEERCRED, "+from.Name+" to server", fmt.Sprintf("server's process %d, client's %d; told of each other: %d, %d", m.serves.PID, self.PID, told.Server.PID, told.Client.PID))
	Control([]int{told.Server.UID, told.Client.UID}).To(Equal([]int{m.serves.UID, self.UID}), "control: SO_PEERCRED should name the users of both sides")
	server, client := 0, 0
	if named {
		server, client = m.serves.PID, self.PID
	}
	Expect(told.Server.PID).To(Equal(server), "SO_PEERCRED should name server's process (PID %d there) to %s as %d", m.serves.PID, from.Name, server)
	Expect(told.Client.PID).To(Equal(client), "SO_PEERCRED should name the process of %s (PID %d there) to server as %d", from.Name, self.PID, client)
}

// message has client send one to the queue of server's process, whose signal comes after those of before.
func (m meeting) message(ctx context.Context, sender func(probe.Self) int, before ...probe.Signal) {
	ginkgo.GinkgoHelper()
	told, _, err := m.server.Peers(ctx, peersSocket)
	done(err)
	if told.Queue != "" {
		evidence("message queue", "left out: server's process cannot have one: "+told.Queue)
		return
	}
	sent := attempt(ctx, m.client, lab.ToMessage(m.serves.Word))
	if sent.Err != "" { // an IPC namespace that the containers don't have in common is another matter
		evidence("message queue", "left out: client cannot send to it: "+sent.Err)
		return
	}
	m.expectSignals(ctx, append(before, probe.Signal{Code: probe.SIMesgq, PID: sender(sent.Self)})...)
}

// expectSignals waits until server's process has been sent these.
func (m meeting) expectSignals(ctx context.Context, signals ...probe.Signal) {
	ginkgo.GinkgoHelper()
	eventually(ctx, m.server, func(g Gomega) {
		told, _, err := m.server.Peers(ctx, peersSocket)
		did(err)
		g.Expect(told.Signals).To(Equal(signals))
	}, "server's process should be told (si_code, si_pid) of its signals %+v", signals)
	evidence("signals of server's process, by si_code and si_pid", fmt.Sprintf("%+v", signals))
}
