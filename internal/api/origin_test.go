package api

import "testing"

// Only this machine is loopback: not a name that may point anywhere, not an
// address that merely looks like one (promise 8).
func TestLoopback(t *testing.T) {
	good := origin{local: "127.0.0.1:8080", peer: "127.0.0.1:50000", host: "localhost:8080"}
	if !good.loopback() {
		t.Error("loopback is not loopback")
	}
	for name, change := range map[string]func(*origin){
		"listener":         func(o *origin) { o.local = "192.0.2.1:8080" },
		"no listener":      func(o *origin) { o.local = "" },
		"peer":             func(o *origin) { o.peer = "10.0.0.7:50000" },
		"no peer":          func(o *origin) { o.peer = "" },
		"peer is a socket": func(o *origin) { o.peer = "@" },
		"host":             func(o *origin) { o.host = "localhost.example.com" },
		"no host":          func(o *origin) { o.host = "" },
		"octal":            func(o *origin) { o.host = "0177.0.0.1" },
		"forwarded":        func(o *origin) { o.forwarded = true },
	} {
		o := good
		if change(&o); o.loopback() {
			t.Errorf("%s: %+v passes for loopback", name, o)
		}
	}
	six := origin{local: "[::1]:8080", peer: "[::1]:50000", host: "[::1]:8080"}
	if !six.loopback() {
		t.Error("IPv6 loopback is not loopback")
	}
}
