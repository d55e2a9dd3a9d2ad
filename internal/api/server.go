package api

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"time"
)

// readHeaderTimeout bounds how long a caller may take to begin.
const readHeaderTimeout = 10 * time.Second

// NewHTTPServer builds the server for a handler of ours on an address. With
// TLS it speaks HTTP/1.1 and HTTP/2, TLS 1.2 or newer; without, HTTP/1.1 and
// unencrypted HTTP/2, on loopback only: elsewhere it is an error (R09). It has
// no write timeout, which would cut streams off.
func NewHTTPServer(addr string, h http.Handler, t *tls.Config) (*http.Server, error) {
	if err := RequireTLS(addr, t); err != nil {
		return nil, err
	}
	s := &http.Server{
		Addr: addr, Handler: h, ReadHeaderTimeout: readHeaderTimeout, IdleTimeout: 2 * time.Minute,
		Protocols: new(http.Protocols), HTTP2: &http.HTTP2Config{MaxConcurrentStreams: maxConcurrency},
	}
	s.Protocols.SetHTTP1(true)
	s.Protocols.SetHTTP2(true)
	if t == nil {
		s.Protocols.SetUnencryptedHTTP2(true)
	} else {
		s.TLSConfig = secure(t)
	}
	return s, nil
}

// RequireTLS refuses an address outside loopback without TLS (R09).
func RequireTLS(addr string, t *tls.Config) error {
	if t != nil {
		return nil
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("address %q: %w", addr, err)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("address %q is not on loopback: a certificate is needed (R09)", addr)
}

// secure gives a copy that takes nothing older than TLS 1.2.
func secure(t *tls.Config) *tls.Config {
	out := t.Clone()
	out.MinVersion = max(out.MinVersion, tls.VersionTLS12)
	return out
}
