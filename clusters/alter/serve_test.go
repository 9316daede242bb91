package alter

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// serve starts a proxy of that habit before a server that says which upgrade it was asked for.
func serve(t *testing.T, s Serve) (*habits, string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	h := habitsOf(&s, listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "asked for "+r.Header.Get("Upgrade"))
	}))
	server := &httptest.Server{Listener: h.door, Config: &http.Server{Handler: h}}
	server.Start()
	t.Cleanup(server.Close)
	return h, "http://" + listener.Addr().String()
}

func upgrade(g Gomega, url, to string) string {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	g.Expect(err).NotTo(HaveOccurred())
	r.Header.Set("Upgrade", to)
	r.Header.Set("Connection", "Upgrade")
	answer, err := http.DefaultClient.Do(r)
	g.Expect(err).NotTo(HaveOccurred())
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	g.Expect(err).NotTo(HaveOccurred())
	return string(said)
}

func TestUpgradesAreNotCarried(t *testing.T) {
	g := NewWithT(t)
	h, url := serve(t, Serve{SPDY: isRefused})
	g.Expect(upgrade(g, url, "SPDY/3.1")).To(Equal("asked for "))
	g.Expect(upgrade(g, url, "websocket")).To(Equal("asked for websocket"))
	g.Expect(h.did()).To(Equal("1 upgrades were not carried"))
	_, url = serve(t, Serve{Upgrade: isRefused})
	g.Expect(upgrade(g, url, "websocket")).To(Equal("asked for "))
}

func TestRequestsComeLate(t *testing.T) {
	g := NewWithT(t)
	h, url := serve(t, Serve{Delay: 50 * time.Millisecond})
	began := time.Now()
	upgrade(g, url, "")
	g.Expect(time.Since(began)).To(BeNumerically(">=", 50*time.Millisecond))
	g.Expect(h.did()).To(Equal("1 requests came 50ms late"))
}

func TestAnOutageBeginsAndEnds(t *testing.T) {
	g := NewWithT(t)
	h, url := serve(t, Serve{Outage: &Outage{Once: "^/pods", After: 100 * time.Millisecond, For: 300 * time.Millisecond}})
	reaches := func() error {
		answer, err := http.Get(url + "/pods")
		if err == nil {
			answer.Body.Close()
		}
		return err
	}
	upgrade(g, url+"/version", "")
	h.door.mu.Lock()
	g.Expect(h.door.timer).To(BeNil())
	h.door.mu.Unlock()
	g.Expect(reaches()).To(Succeed())
	g.Eventually(reaches, "1s", "10ms").ShouldNot(Succeed())
	g.Eventually(reaches, "1s", "10ms").Should(Succeed())
	g.Expect(h.did()).To(ContainSubstring("out of reach for 300ms"))
}
