package api

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
)

// seen is where a call comes from, as both servers see it.
type seen struct {
	local, peer net.Addr // nil: unknown
	host        string
	forwarded   bool
}

func tcp(addr string) net.Addr {
	a, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		panic(err)
	}
	return a
}

func (s seen) grpc() origin {
	md := metadata.Pairs(":authority", s.host)
	if s.forwarded {
		md.Set("x-forwarded-for", "192.0.2.1")
	}
	return originOf(peer.NewContext(metadata.NewIncomingContext(context.Background(), md), &peer.Peer{Addr: s.peer, LocalAddr: s.local}))
}

func (s seen) http() origin {
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	r.Host, r.RemoteAddr = s.host, ""
	if s.peer != nil {
		r.RemoteAddr = s.peer.String()
	}
	if s.forwarded {
		r.Header.Set("X-Forwarded-For", "192.0.2.1")
	}
	return fromRequest(r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, s.local)), "")
}

// Only this machine is loopback: not a name that may point anywhere, not an
// address that merely looks like one (promise 8).
func TestLoopback(t *testing.T) {
	good := seen{local: tcp("127.0.0.1:8080"), peer: tcp("127.0.0.1:50000"), host: "localhost:8080"}
	for name, change := range map[string]func(*seen){
		"":                 func(*seen) {},
		"IPv6":             func(s *seen) { s.local, s.peer, s.host = tcp("[::1]:8080"), tcp("[::1]:50000"), "[::1]:8080" },
		"listener":         func(s *seen) { s.local = tcp("192.0.2.1:8080") },
		"no listener":      func(s *seen) { s.local = nil },
		"peer":             func(s *seen) { s.peer = tcp("10.0.0.7:50000") },
		"no peer":          func(s *seen) { s.peer = nil },
		"peer is a socket": func(s *seen) { s.peer = &net.UnixAddr{Name: "@"} },
		"host":             func(s *seen) { s.host = "localhost.example.com" },
		"no host":          func(s *seen) { s.host = "" },
		"octal":            func(s *seen) { s.host = "0177.0.0.1" },
		"forwarded":        func(s *seen) { s.forwarded = true },
	} {
		s := good
		change(&s)
		want := name == "" || name == "IPv6"
		if s.grpc().loopback() != want || s.http().loopback() != want {
			t.Errorf("%s: %+v is loopback by gRPC %v, by HTTP %v; want %v", name, s, s.grpc().loopback(), s.http().loopback(), want)
		}
	}
}
