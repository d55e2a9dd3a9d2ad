package webhook

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
)

// inside are addresses that no message goes to (P80): this machine, its own and its
// provider's network, where a cloud tells its machines their secrets, and whatever
// is no one's. The list is of what IANA calls not globally reachable.
var inside = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

// outside is all of IPv6 that is given out; what lies beyond it is inside.
var outside = netip.MustParsePrefix("2000::/3")

func prefixes(list ...string) (out []netip.Prefix) {
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

// isInside reports whether no message may go to an address. An IPv4 address in
// IPv6's clothes is judged as what it is.
func isInside(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || a.Is6() && !outside.Contains(a) {
		return true
	}
	for _, p := range inside {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// barred is isInside for an endpoint that may, or may not, be on this machine.
func barred(a netip.Addr, loopback bool) bool {
	return isInside(a) && (!loopback || !a.Unmap().IsLoopback())
}

// errInside means that a name leads to an address that no message may go to.
var errInside = errors.New("webhook: an internal address")

// dialer connects to addresses that it has looked at, and to no others: the name is
// resolved once, and what came of that is what is dialled, whatever the name leads
// to a moment later (P80).
type dialer struct {
	lookup   func(ctx context.Context, host string) ([]netip.Addr, error)
	dial     func(ctx context.Context, network, address string) (net.Conn, error)
	loopback bool
}

func newDialer(o *Options, loopback bool) *dialer {
	d := &dialer{lookup: o.Lookup, dial: o.Dial, loopback: loopback}
	if d.lookup == nil {
		d.lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	if d.dial == nil {
		d.dial = (&net.Dialer{Timeout: connectTime, Control: d.control}).DialContext
	}
	return d
}

// control looks once more, at what the system is about to connect to.
func (d *dialer) control(_, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil || barred(a.Addr(), d.loopback) {
		return errInside
	}
	return nil
}

// connect is a http.Transport's DialContext.
func (d *dialer) connect(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	list, err := d.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		var conn net.Conn
		if conn, err = d.dial(ctx, network, net.JoinHostPort(a.Unmap().String(), port)); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

// resolve gives the addresses of a host, or errInside if any of them is.
func (d *dialer) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	a, err := netip.ParseAddr(host)
	list := []netip.Addr{a}
	if err != nil {
		if list, err = d.lookup(ctx, host); err != nil {
			return nil, err
		}
	}
	for _, a := range list {
		if barred(a, d.loopback) {
			return nil, errInside
		}
	}
	if len(list) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return list, nil
}

const (
	maxURI = 500 // bytes

	uriText    = "must be an https address of at most 500 characters, without a user and without #"
	insideText = "must be an address that everybody can reach: internal addresses get no webhooks"
)

// uriFault says what is wrong with an endpoint's address, or nothing. What its name
// leads to is looked at whenever something is sent.
func uriFault(uri string, loopback bool) string {
	u, err := url.Parse(uri)
	if err != nil || len(uri) > maxURI || u.Hostname() == "" || u.User != nil || u.Fragment != "" || strings.Contains(uri, "#") || !visible(uri) {
		return uriText
	}
	here := isLocal(u.Hostname())
	switch a, err := netip.ParseAddr(u.Hostname()); {
	case here && !loopback, err == nil && barred(a, loopback):
		return insideText
	case u.Scheme != "https" && (u.Scheme != "http" || !here):
		return uriText
	}
	return ""
}

// isLocal reports whether a host's name means this machine.
func isLocal(host string) bool {
	name := strings.TrimSuffix(strings.ToLower(host), ".")
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}

// visible wants ASCII without blanks and control characters.
func visible(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7F {
			return false
		}
	}
	return true
}
