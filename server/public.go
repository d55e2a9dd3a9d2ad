package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"kessai.dev/kessai/internal/shop"
)

// openListener takes the doors' address before anything that tells browsers of
// it. Nobody is served yet.
func (s *server) openListener(context.Context) error {
	l, err := listen(s.flags.Listen)
	if err != nil {
		return err
	}
	s.listener, s.addr = l, l.Addr()
	s.closer(func() error { // most often the server that serves it has done so
		if err := l.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	s.publicURL = s.flags.public(s.addr)
	return nil
}

// public is where browsers reach the doors: --public-url, or on loopback the
// address itself.
func (f *Flags) public(addr net.Addr) string {
	host, _, _ := net.SplitHostPort(f.Listen)
	switch {
	case f.PublicURL != "":
		return strings.TrimRight(f.PublicURL, "/")
	case !loopback(host):
		return ""
	case f.TLSCert != "":
		return "https://" + addr.String()
	}
	return "http://" + addr.String()
}

// needsPublicURL refuses shops that demand 3-D Secure where no shopper could
// come back from it.
func needsPublicURL(d *shop.Directory, public string) error {
	for t, s := range d.Own {
		if used := s.Settings.ThreeDSecure; public == "" && used != "" && used != shop.ThreeDSecureOff {
			return fmt.Errorf("shop %q uses 3-D Secure: outside loopback that needs --public-url, to which shoppers come back", t.Shop)
		}
	}
	return nil
}
