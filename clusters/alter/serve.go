package alter

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"time"
)

// Serve is how a proxy before the API server carries requests.
type Serve struct {
	SPDY    string        `yaml:"spdy"`    // refused: of upgrades it carries WebSocket alone
	Upgrade string        `yaml:"upgrade"` // refused: it carries none
	Delay   time.Duration `yaml:"delay"`   // of each request
	Outage  *Outage       `yaml:"outage"`
}

// Outage is a time in which nothing gets through.
type Outage struct {
	Once  string        `yaml:"once"`  // a regular expression: the first request for such a path starts the clock; any, where it is left out
	After time.Duration `yaml:"after"` // since then
	For   time.Duration `yaml:"for"`
}

const isRefused = "refused"

func (s *Serve) validate() error {
	if s == nil {
		return nil
	}
	for name, word := range map[string]string{"spdy": s.SPDY, "upgrade": s.Upgrade} {
		if word != "" && word != isRefused {
			return fmt.Errorf("serve: %s: %q: the one habit is %s", name, word, isRefused)
		}
	}
	if s.Outage != nil && (s.Outage.After <= 0 || s.Outage.For <= 0) {
		return errors.New("serve: outage: after and for are both needed")
	}
	if *s == (Serve{}) {
		return errors.New("serve: the proxy has no habit")
	}
	if s.Outage != nil {
		if _, err := regexp.Compile(s.Outage.Once); err != nil {
			return fmt.Errorf("serve: outage: once: %w", err)
		}
	}
	return nil
}

// habits hands requests on, in its way.
type habits struct {
	Serve
	door *door
	once *regexp.Regexp // starts the outage's clock; nil where there is none
	next http.Handler

	refused, delayed atomic.Int64 // requests
}

func habitsOf(s *Serve, listener net.Listener, next http.Handler) *habits {
	h := &habits{next: next, door: &door{Listener: listener}}
	if s != nil {
		h.Serve = *s
	}
	if h.Outage != nil {
		h.door.outage, h.once = *h.Outage, regexp.MustCompile(h.Outage.Once) // validated
	}
	return h
}

func (h *habits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.once != nil && h.once.MatchString(r.URL.Path) {
		h.door.start()
	}
	if h.refuses(r.Header.Get("Upgrade")) {
		// What a proxy does that does not know the protocol: the upgrade is between it and the client, and is not handed on.
		r.Header.Del("Upgrade")
		r.Header.Del("Connection")
		h.refused.Add(1)
	}
	if h.Delay > 0 {
		h.delayed.Add(1)
		select {
		case <-r.Context().Done():
			return
		case <-time.After(h.Delay):
		}
	}
	h.next.ServeHTTP(w, r)
}

func (h *habits) refuses(upgrade string) bool {
	return upgrade != "" && (h.Upgrade == isRefused || h.SPDY == isRefused && strings.HasPrefix(strings.ToLower(upgrade), "spdy/"))
}

// did says what came of the habits.
func (h *habits) did() string {
	var said []string
	if n := h.refused.Load(); n > 0 {
		said = append(said, fmt.Sprintf("%d upgrades were not carried", n))
	}
	if n := h.delayed.Load(); n > 0 {
		said = append(said, fmt.Sprintf("%d requests came %s late", n, h.Delay))
	}
	if words := h.door.did(); words != "" {
		said = append(said, words)
	}
	return strings.Join(said, "; ")
}

func (h *habits) close() error { return h.door.shut() }
