package api

import (
	"context"
	"net"
	"net/http"
	"strings"

	"connectrpc.com/connect/v2"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
)

// origin is where a call comes from. It is used to fence the demo key and for
// the log's word of the protocol; nothing is bound to an address (R11).
type origin struct {
	request   string // the request's id; empty: the chain makes one
	protocol  string
	near      bool   // the address dialled and the caller's are this machine's
	host      string // Host header or :authority
	forwarded bool   // a proxy says it stands between
	foreign   bool   // a page of another machine calls
}

type originKey struct{}

// originOf reads the origin: noted by the HTTP handler, or from grpc-go.
func originOf(ctx context.Context) origin {
	if o, ok := ctx.Value(originKey{}).(origin); ok {
		o.protocol = "rest"
		if info, ok := connect.CallInfoForServerContext(ctx); ok && info.Protocol != "" {
			o.protocol = info.Protocol
		}
		return o
	}
	o := origin{protocol: "grpc"}
	if p, ok := peer.FromContext(ctx); ok {
		o.near = nearAddress(p.Addr) && nearAddress(p.LocalAddr)
	}
	md, _ := metadata.FromIncomingContext(ctx)
	if v := md.Get(":authority"); len(v) > 0 {
		o.host = v[0]
	}
	for k := range md {
		o.forwarded = o.forwarded || proxied(k)
	}
	o.foreign = foreignPage(md.Get("origin"))
	return o
}

// requestOf gives the id of an HTTP request.
func requestOf(r *http.Request) string {
	o, _ := r.Context().Value(originKey{}).(origin)
	return o.request
}

// noteOrigin keeps an HTTP request's origin in its context.
func noteOrigin(r *http.Request, id string) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), originKey{}, fromRequest(r, id)))
}

// fromRequest reads an HTTP request's origin.
func fromRequest(r *http.Request, id string) origin {
	local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	o := origin{
		request: id, protocol: "http", host: r.Host, foreign: foreignPage(r.Header.Values("Origin")),
		near: loopbackAddress(r.RemoteAddr) && nearAddress(local),
	}
	for k := range r.Header {
		o.forwarded = o.forwarded || proxied(k)
	}
	return o
}

// foreignPage reports whether a page that is not of this machine calls.
func foreignPage(origins []string) bool {
	for _, o := range origins {
		if !loopbackPage(o) {
			return true
		}
	}
	return false
}

// proxied reports whether a header is one that proxies add.
func proxied(header string) bool {
	h := strings.ToLower(header)
	return h == "forwarded" || h == "via" || h == "x-real-ip" || strings.HasPrefix(h, "x-forwarded-")
}

// loopback reports whether everything about the origin is this machine.
func (o origin) loopback() bool {
	return !o.forwarded && !o.foreign && o.near && loopbackHost(o.host)
}

// nearAddress is loopbackAddress of an address that needs no parsing, mostly.
func nearAddress(a net.Addr) bool {
	if tcp, ok := a.(*net.TCPAddr); ok {
		return tcp.IP.IsLoopback()
	}
	return a != nil && loopbackAddress(a.String())
}

// loopbackAddress takes "127.0.0.1:8080" and "[::1]:8080", never a name.
func loopbackAddress(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// allLoopback reports whether every listener is on loopback, by address or by
// the name localhost.
func allLoopback(listeners []string) bool {
	for _, l := range listeners {
		if RequireTLS(l, nil) != nil {
			return false
		}
	}
	return true
}

// loopbackHost takes an address or the name localhost, with or without a port.
// Any other name is refused: it may have been pointed here by somebody else.
func loopbackHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	if strings.EqualFold(name, "localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(name, "[]"))
	return ip != nil && ip.IsLoopback()
}
