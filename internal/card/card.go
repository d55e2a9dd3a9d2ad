// Package card knows what the trade knows about payment cards: brands, check
// digits, one-time tokens and payment counts. It holds no card number (R02).
package card

import "log/slog"

// Brand is a card brand (R01).
type Brand string

// The five brands of the contract (R01), and the rest.
const (
	BrandUnknown    Brand = ""
	BrandVisa       Brand = "visa"
	BrandMastercard Brand = "mastercard"
	BrandJCB        Brand = "jcb"
	BrandDiners     Brand = "diners"
	BrandAmex       Brand = "amex"
)

// Token stands for a card number for one call and 30 minutes: exactly 16
// alphanumerics (protocol 2.1 #12). It is a secret: it never prints itself.
type Token string

// Valid reports whether t has the form of a token.
func (t Token) Valid() bool {
	if len(t) != 16 {
		return false
	}
	for i := range len(t) {
		c := t[i]
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
			return false
		}
	}
	return true
}

// String hides the token.
func (t Token) String() string {
	if t == "" {
		return ""
	}
	return "[token]"
}

// GoString hides the token from %#v.
func (t Token) GoString() string { return t.String() }

// LogValue hides the token from logs.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }

// Scenario reports whether t is one of the simulator's stories rather than a
// token that a browser made. Only in TEST does that mean anything.
func (t Token) Scenario() bool {
	if !t.Valid() || t[:3] != "SIM" {
		return false
	}
	for i := range len(t) {
		if t[i] >= 'a' {
			return false
		}
	}
	return true
}

// Reveal gives the token for the one place that sends it to the provider.
func (t Token) Reveal() string { return string(t) }

// Hint is what a person may see of a card. From a browser it is display only
// and never trusted.
type Hint struct {
	Brand    Brand  `json:"brand,omitempty"`
	LastFour string `json:"last,omitempty"` // four digits
	Expiry   string `json:"exp,omitempty"`  // "MM/YY"
}
