package alter

import (
	"fmt"
	"net"
	"sync"
	"time"
)

// door is a listener that lets nobody through for a time: who is connected is cut off, and who comes is turned away.
type door struct {
	net.Listener
	outage Outage

	mu     sync.Mutex
	timer  *time.Timer
	closed bool
	conns  map[net.Conn]bool
	cut    int // connections
	turned int // connections that came in vain
}

// start starts the clock, once.
func (d *door) start() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timer == nil {
		d.timer = time.AfterFunc(d.outage.After, d.begin)
	}
}

// Accept waits for a connection that may come through.
func (d *door) Accept() (net.Conn, error) {
	for {
		c, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if through := d.admit(c); through != nil {
			return through, nil
		}
		reset(c)
	}
}

func (d *door) admit(c net.Conn) net.Conn {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conns == nil {
		d.conns = map[net.Conn]bool{}
	}
	if d.closed {
		d.turned++
		return nil
	}
	d.conns[c] = true
	return &passing{Conn: c, door: d}
}

func (d *door) begin() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	for c := range d.conns {
		reset(c)
		d.cut++
	}
	clear(d.conns)
	d.timer = time.AfterFunc(d.outage.For, d.end)
}

func (d *door) end() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = false
}

// shut stops the clock.
func (d *door) shut() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timer != nil {
		d.timer.Stop()
	}
	return nil
}

func (d *door) did() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.cut+d.turned == 0 {
		return ""
	}
	return fmt.Sprintf("the API server was out of reach for %s: %d connections were cut, %d came in vain", d.outage.For, d.cut, d.turned)
}

// passing is a connection that was let through.
type passing struct {
	net.Conn
	door *door
}

func (p *passing) Close() error {
	p.door.mu.Lock()
	delete(p.door.conns, p.Conn)
	p.door.mu.Unlock()
	return p.Conn.Close()
}

// reset ends a connection as an unreachable server does: with no word.
func reset(c net.Conn) {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // what cannot be told is not told
	}
	_ = c.Close()
}
