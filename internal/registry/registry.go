// Package registry keeps shops: their settings, contracts, payment and delivery
// methods and access keys, and who changed what. What it keeps lies in the
// books; the directory that the house serves by is made from it.
package registry

import (
	"crypto/sha256"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// Who makes a change, or reads: always within one shop and environment.
type Who struct {
	Tenant shop.Tenant
	Actor  string // a key's short mark
}

// Settings are a shop's own choices, as read.
type Settings struct {
	Name string // of the shop
	shop.Settings
	Etag    string
	Updated time.Time
}

// Contract is a contract of the shop, in the environment that points to it.
type Contract struct {
	shop.Contract
	Environment shop.Environment
	Shared      bool // other shops point to it
}

// Key is an access key as kept.
type Key struct {
	Hash       [sha256.Size]byte
	Title      string
	Scopes     []shop.Scope
	Created    time.Time
	Expires    time.Time // zero: never
	Configured bool      // from the config file: it is changed there
}

// Change is one entry of the audit trail.
type Change struct {
	Sequence int // 1, 2, 3 … within the shop
	Time     time.Time
	Actor    string
	Resource string // "settings", "contracts/…", "paymentMethods/…", "deliveryMethods/…", "accessKeys/…"
	Action   string // "created", "updated", "deleted"
	Fields   []FieldChange
}

// FieldChange is one field's old and new value; a secret's is left out.
type FieldChange struct{ Field, Before, After string }
