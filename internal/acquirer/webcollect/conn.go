package webcollect

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync"
	"time"
)

const (
	dialTimeout = 10 * time.Second
	// idleFor is how long an unused connection is kept. Many servers drop an
	// idle connection after 5 s; a request written just then is lost without a
	// trace of what became of it. Under load connections are used again within
	// milliseconds, so that a short time costs nothing.
	idleFor         = 3 * time.Second
	maxAnswerHeader = 64 << 10
)

// transport speaks HTTP/1.1 only: each call then has a connection of its own,
// and "were bytes of it written?" has an answer. Certificates are always
// verified; TLS is 1.2 or newer (R09, P86).
func transport(o Options) *http.Transport {
	dial := o.DialContext
	if dial == nil {
		dial = (&net.Dialer{Timeout: dialTimeout, KeepAlive: 15 * time.Second}).DialContext
	}
	places := o.MaxConcurrent
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := dial(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &countedConn{Conn: c}, nil
		},
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.RootCAs},
		TLSHandshakeTimeout:    dialTimeout,
		Protocols:              protocols,
		DisableCompression:     true,
		MaxIdleConns:           2 * places,
		MaxIdleConnsPerHost:    places,
		IdleConnTimeout:        idleFor,
		MaxResponseHeaderBytes: maxAnswerHeader,
	}
}

var errSealed = errors.New("connection is sealed")

// countedConn counts the writes that put bytes on the wire, and can be sealed:
// from then on nothing is written.
type countedConn struct {
	net.Conn
	mu     sync.Mutex
	writes int
	sealed bool
}

// Write counts before it writes, so that a write still under way counts too.
// One that fails without taking a byte does not.
func (c *countedConn) Write(p []byte) (int, error) {
	c.mu.Lock()
	if c.sealed {
		c.mu.Unlock()
		return 0, errSealed
	}
	c.writes++
	c.mu.Unlock()
	n, err := c.Conn.Write(p)
	if n == 0 && err != nil {
		c.mu.Lock()
		c.writes--
		c.mu.Unlock()
	}
	return n, err
}

func (c *countedConn) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.writes
}

// seal stops all writing, closes the connection and says how many writes there were.
func (c *countedConn) seal() int {
	c.mu.Lock()
	c.sealed = true
	n := c.writes
	c.mu.Unlock()
	_ = c.Conn.Close() // whatever it says, nothing more is written
	return n
}

// sending watches the connections that one request is given. net/http may
// take a second one when the first, kept from an earlier call, turned out to
// be dead before a byte was written. sending sees to it that there is no
// second one otherwise: a request is written once.
type sending struct {
	mu     sync.Mutex
	marks  []mark
	opaque bool // a connection that cannot be watched was used
}

type mark struct {
	conn   *countedConn
	before int
}

// trace is the hook for net/http.
func (s *sending) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { s.got(i.Conn) }}
}

func (s *sending) got(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := counted(conn)
	if c == nil {
		s.opaque = true
		return
	}
	for _, m := range s.marks {
		if m.conn.count() > m.before {
			c.seal() // the request was written before: this would be a repetition
		}
	}
	s.marks = append(s.marks, mark{c, c.count()})
}

// abandon closes what a failed request holds and says whether any of it may
// have been written. Before a connection was had, nothing can have been:
// name look-up, dialing and the TLS handshake come first.
func (s *sending) abandon() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	sent := s.opaque
	for _, m := range s.marks {
		if m.conn.seal() > m.before {
			sent = true
		}
	}
	return sent
}

// counted finds our connection below any layers of TLS.
func counted(c net.Conn) *countedConn {
	for {
		switch layer := c.(type) {
		case *countedConn:
			return layer
		case interface{ NetConn() net.Conn }:
			c = layer.NetConn()
		default:
			return nil
		}
	}
}
