package shop

import (
	"slices"
	"time"
)

// Endpoint is an address of the shop's that events are sent to. It belongs to one
// shop and environment.
type Endpoint struct {
	ID    string
	URI   string
	Title string   // in the shop's words
	Types []string // of events; "payment.*" among them; none: all
	// Stopped: nothing is sent; what happens meanwhile waits.
	Stopped bool
	Secret  EndpointSecret
	Former  []FormerSecret // those before, newest first
	// From is where it began: events with a higher number in the journal are for it.
	From    uint64
	Created time.Time
}

// FormerSecret is a secret that was replaced, and signs, too, until a time, so that
// a receiver can change to the new one at its leisure (P81).
type FormerSecret struct {
	Secret EndpointSecret
	Until  time.Time
}

// EndpointSecret is what an endpoint's messages are signed with: "whsec_" and 32
// random bytes in base64. It never prints itself.
type EndpointSecret string

// SecretPrefix begins every endpoint's secret.
const SecretPrefix = "whsec_"

// String hides the secret.
func (EndpointSecret) String() string { return "[webhook secret]" }

// GoString hides the secret from %#v.
func (EndpointSecret) GoString() string { return "[webhook secret]" }

// MarshalText hides the secret from every encoder.
func (EndpointSecret) MarshalText() ([]byte, error) { return []byte("[webhook secret]"), nil }

// Reveal gives the secret, for whoever signs with it and for the one answer that
// tells it to the shop.
func (s EndpointSecret) Reveal() string { return string(s) }

// Signing are the secrets that sign at a time, the newest first.
func (e *Endpoint) Signing(now time.Time) []EndpointSecret {
	list := []EndpointSecret{e.Secret}
	for _, f := range e.Former {
		if now.Before(f.Until) {
			list = append(list, f.Secret)
		}
	}
	return list
}

// OverlapUntil is when the last earlier secret stops signing; zero: there is none.
func (e *Endpoint) OverlapUntil(now time.Time) (until time.Time) {
	for _, f := range e.Former {
		if now.Before(f.Until) && f.Until.After(until) {
			until = f.Until
		}
	}
	return until
}

// Clone shares no list with e.
func (e *Endpoint) Clone() Endpoint {
	out := *e
	out.Types, out.Former = slices.Clone(e.Types), slices.Clone(e.Former)
	return out
}
