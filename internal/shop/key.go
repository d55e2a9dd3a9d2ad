package shop

import (
	"crypto/sha256"
	"time"
)

// Scope is what a key may do (promise 6).
type Scope string

// The scopes. Operator includes nothing of the others: a key lists all it has.
const (
	Storefront Scope = "storefront" // payments, card entry, listing cards
	Shipping   Scope = "shipping"   // shipments
	Operator   Scope = "operator"   // removing cards, settings, differences
)

// Key is an access key as kept: its hash, never itself. It belongs to one
// shop and environment.
type Key struct {
	Hash    [sha256.Size]byte
	Tenant  Tenant
	Scopes  []Scope
	Expires time.Time // zero: never
	// Demo marks the well-known key of the demo shop, which works on loopback only.
	Demo bool
}

// HashKey gives the hash by which a presented key is found.
func HashKey(secret string) [sha256.Size]byte { return sha256.Sum256([]byte(secret)) }

// Has reports whether the key carries the scope.
func (k *Key) Has(s Scope) bool {
	for _, have := range k.Scopes {
		if have == s {
			return true
		}
	}
	return false
}
