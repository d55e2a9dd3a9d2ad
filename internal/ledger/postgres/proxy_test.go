package postgres

import (
	"net"
	"strings"
	"sync"
	"testing"
)

// proxy stands between the books and their server, and cuts connections.
type proxy struct {
	listener net.Listener
	server   string

	mu      sync.Mutex
	conns   map[net.Conn]bool
	down    bool // nothing goes through
	armed   bool
	answers bool // what is counted: answers, or what is sent
	left    int  // bytes that still go through
	cuts    int
}

func newProxy(t *testing.T, dsn string) (p *proxy, through string) {
	t.Helper()
	_, rest, _ := strings.Cut(dsn, "@")
	server, _, _ := strings.Cut(rest, "/")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p = &proxy{listener: l, server: server, conns: map[net.Conn]bool{}}
	go p.accept()
	t.Cleanup(func() {
		_ = l.Close()
		p.cutAll(true)
	})
	return p, strings.Replace(dsn, server, l.Addr().String(), 1)
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.server)
		p.mu.Lock()
		if err != nil || p.down {
			_ = client.Close()
			if err == nil {
				_ = server.Close()
			}
		} else {
			p.conns[client], p.conns[server] = true, true
			go p.copy(server, client, false)
			go p.copy(client, server, true)
		}
		p.mu.Unlock()
	}
}

func (p *proxy) copy(to, from net.Conn, answers bool) {
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		n, cut := p.pass(n, answers)
		if _, writeErr := to.Write(b[:n]); err != nil || writeErr != nil || cut {
			_, _ = to.Close(), from.Close()
			p.mu.Lock()
			delete(p.conns, to)
			delete(p.conns, from)
			p.mu.Unlock()
			return
		}
	}
}

// pass says how many of n bytes go through, and whether the connection is cut then.
func (p *proxy) pass(n int, answers bool) (int, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.armed || p.answers != answers {
		return n, false
	}
	if n <= p.left {
		p.left -= n
		return n, false
	}
	p.armed = false
	p.cuts++
	return p.left, true
}

// arm cuts the connection on which so many more bytes have passed.
func (p *proxy) arm(answers bool, left int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.armed, p.answers, p.left = true, answers, left
}

// disarm reports whether nothing was cut.
func (p *proxy) disarm() (armed bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	armed, p.armed = p.armed, false
	return armed
}

// cutAll cuts all connections; down: no new ones come through.
func (p *proxy) cutAll(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
	for c := range p.conns {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = c.Close()
	}
}
