// Package webcollect is the connector to クロネコ Web Collect: it turns wishes
// into the provider's calls and answers into facts. The protocol stays in
// here: function numbers, field names, return codes and the night window are
// known to nobody above. docs/webcollect.md describes it.
//
// Every call ends in one of three ways: a fact, a *acquirer.NotSentError, or
// another error, mostly an *UnknownError, when nobody knows. A call is sent
// at most once.
package webcollect

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/shop"
)

// The provider's own addresses (protocol 1).
const (
	DefaultTestBase       = "https://ptwebcollect.jp/test_gateway"
	DefaultProductionBase = "https://api.kuronekoyamato.co.jp/api"
)

// Defaults of Options.
const (
	DefaultTimeout       = acquirer.CallTimeout
	DefaultMaxConcurrent = 256
)

// Options are the choices of a connector. The zero value talks to the
// provider itself. There is no choice that turns the verification of
// certificates off (P86).
type Options struct {
	TestBase       string // default DefaultTestBase; http only towards loopback (R09)
	ProductionBase string // default DefaultProductionBase; http only towards loopback (R09)

	// Timeout bounds one call from connecting to the last byte of the answer.
	// Waiting for a free place is bounded by it once more.
	Timeout time.Duration
	// MaxConcurrent is how many calls may be under way at once: the provider
	// refuses too many (Z012000006, P93).
	MaxConcurrent int

	Clock func() time.Time // default time.Now; the night window is judged by it

	// RootCAs are the authorities to trust; nil means the system's.
	RootCAs *x509.CertPool
	// DialContext makes connections; nil means a plain dialer.
	DialContext func(ctx context.Context, network, address string) (net.Conn, error)
}

// Connector asks the provider. It is safe for concurrent use.
type Connector struct {
	test, production string
	timeout          time.Duration
	clock            func() time.Time
	places           chan struct{}
	transport        *http.Transport
}

var (
	_ acquirer.Acquirer = (*Connector)(nil)
	_ acquirer.Wallet   = (*Connector)(nil)
	_ acquirer.Browser  = (*Connector)(nil)
)

// New builds a connector. The error says which base is not acceptable.
func New(o Options) (*Connector, error) {
	test, err := base(o.TestBase, DefaultTestBase)
	if err != nil {
		return nil, fmt.Errorf("webcollect: test base: %w", err)
	}
	production, err := base(o.ProductionBase, DefaultProductionBase)
	if err != nil {
		return nil, fmt.Errorf("webcollect: production base: %w", err)
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.MaxConcurrent <= 0 {
		o.MaxConcurrent = DefaultMaxConcurrent
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return &Connector{
		test:       test,
		production: production,
		timeout:    o.Timeout,
		clock:      o.Clock,
		places:     make(chan struct{}, o.MaxConcurrent),
		transport:  transport(o),
	}, nil
}

// Close lets idle connections go. Calls that are under way finish.
func (c *Connector) Close() { c.transport.CloseIdleConnections() }

// base checks a base address. Without TLS it must be on this machine.
func base(given, otherwise string) (string, error) {
	if given == "" {
		return otherwise, nil
	}
	u, err := url.Parse(given)
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		return "", fmt.Errorf("not an absolute http(s) address")
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "", fmt.Errorf("%s: user, query and fragment have no place in a base", u.Host)
	case u.Scheme == "https":
	case u.Scheme != "http":
		return "", fmt.Errorf("%s: only http and https", u.Host)
	case !loopback(u.Hostname()):
		return "", fmt.Errorf("%s: without TLS only towards loopback", u.Host)
	}
	return strings.TrimRight(given, "/"), nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}

// root is the base address of an environment.
func (c *Connector) root(e shop.Environment) (string, bool) {
	switch e {
	case shop.Test:
		return c.test, true
	case shop.Production:
		return c.production, true
	}
	return "", false
}

// address is where a function lives: <base>/<name>.api for tests, <base>/<name>
// for real money (protocol 1).
func (c *Connector) address(e shop.Environment, f function) (string, bool) {
	root, ok := c.root(e)
	if e == shop.Test {
		return root + "/" + f.path + ".api", ok
	}
	return root + "/" + f.path, ok
}
