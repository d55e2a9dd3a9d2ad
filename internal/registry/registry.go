// Package registry keeps shops: their settings, contracts, payment and delivery
// methods, access keys and webhook endpoints, and who changed what. What it keeps lies in the
// books; the directory that the house serves by is replaced by another one after
// each change, and payments under way end with the one they began with.
//
// The config file says which shops, environments and contracts there are, and
// what they begin with. From then on the books rule, but for two things: access
// keys that the file names end when they are taken out of it, and a contract
// that several shops point to is the file's, since no shop may change it for
// another.
package registry

import (
	"context"
	"crypto/sha256"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
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
	Etag    string // changes with every change of settings and methods
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
	Sequence int // 1, 2, 3 … within the shop and environment
	Time     time.Time
	Actor    string
	Resource string // "settings", "contracts/…", "paymentMethods/…", "deliveryMethods/…", "accessKeys/…", "webhookEndpoints/…"
	Action   string // "created", "updated", "deleted"
	Fields   []FieldChange
}

// FieldChange is one field's old and new value; a secret's is left out.
type FieldChange struct{ Field, Before, After string }

// Options are what a registry works with. All but Logger and NoReturn is needed.
type Options struct {
	Books    ledger.Shops
	Payments Payments
	Keys     *Keys
	// Live begins with the directory of the config file, and is what the house
	// serves by.
	Live   *shop.Live
	Clock  func() time.Time
	Random io.Reader    // of keys and ids: crypto/rand.Reader
	Logger *slog.Logger // nil: silent
	// NoReturn: no shopper could come back from 3-D Secure, since nobody said
	// under which address this server is reached. Then it is refused.
	NoReturn bool
}

// Payments is what the registry asks of the books of payments (R21).
type Payments interface {
	List(ctx context.Context, query ledger.Query) (ledger.Page, error)
}

// Registry is the shops of an installation. Safe for concurrent use.
type Registry struct {
	o      Options
	file   *shop.Directory          // as the config file has it
	points map[string][]shop.Tenant // who points to a contract there, in order
	begins bool                     // it takes the config file in: nobody is served yet
	away   atomic.Bool              // the books could not be read lately
	change sync.Mutex               // held by who changes: one at a time
	seen   uint64                   // of ledger.Shops.Revised; of who holds change

	mu        sync.RWMutex // of what follows; read by all, written by who holds change
	tenants   map[shop.Tenant]*tenant
	contracts map[string]*contract
	keys      map[[sha256.Size]byte]*key
	endpoints map[shop.Tenant]*endpoints
}

// tenant is a shop in one environment. Its settings are its own: what is tried
// in TEST changes nothing in PRODUCTION (P89).
type tenant struct {
	contract string // its id
	name     string
	settings shop.Settings
	version  int
	updated  time.Time
}

type contract struct {
	shop.Contract
	version int
}

// key is an access key that was made over the API.
type key struct {
	Key
	tenant  shop.Tenant
	version int
}

// Open reads the books, takes into them what the config file begins with, warns
// of what differs, and replaces the directory of Options.Live. It returns an
// error when what it begins with breaks a rule, or a secret cannot be opened.
func Open(ctx context.Context, o Options) (*Registry, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	r := (&Registry{o: o, file: o.Live.Now(), points: pointersOf(o.Live.Now()), begins: true}).empty()
	if err := r.load(ctx); err != nil {
		return nil, err
	}
	if err := r.beginTogether(ctx); err != nil {
		return nil, err
	}
	r.begins = false
	r.publish()
	return r, nil
}

// load reads every document.
func (r *Registry) load(ctx context.Context) error {
	list, now, err := r.o.Books.Revised(ctx, 0)
	for i := 0; i < len(list) && err == nil; i++ {
		err = r.take(&list[i])
	}
	r.seen = now
	return err
}

// served gives a tenant that the config file has, or ledger.ErrNotFound. The
// caller holds mu or change.
func (r *Registry) served(t shop.Tenant) (*tenant, error) {
	if s := r.file.Shops[t.Shop]; s != nil {
		if _, ok := s.Contracts[t.Environment]; ok && r.tenants[t] != nil {
			return r.tenants[t], nil
		}
	}
	return nil, ledger.ErrNotFound
}

// pointers gives the tenants that point to a contract, and whether they are of
// several shops.
func (r *Registry) pointers(id string) (tenants []shop.Tenant, shared bool) {
	tenants = r.points[id]
	for _, t := range tenants {
		shared = shared || t.Shop != tenants[0].Shop
	}
	return tenants, shared
}

// pointersOf finds them all, once: there may be a million shops.
func pointersOf(file *shop.Directory) map[string][]shop.Tenant {
	points := map[string][]shop.Tenant{}
	for name, s := range file.Shops {
		for env, c := range s.Contracts {
			points[c.ID] = append(points[c.ID], shop.Tenant{Shop: name, Environment: env})
		}
	}
	for _, tenants := range points {
		sortTenants(tenants)
	}
	return points
}

// Changes gives the tenant's audit trail, newest first: at most limit entries
// with numbers smaller than before; 0: from the newest. It returns
// ledger.ErrNotFound for a tenant that is not there.
func (r *Registry) Changes(ctx context.Context, w Who, before, limit int) ([]Change, error) {
	r.mu.RLock()
	_, err := r.served(w.Tenant)
	r.mu.RUnlock()
	if err != nil {
		return nil, err
	}
	list, err := r.o.Books.Trail(ctx, w.Tenant, before, limit)
	if err != nil {
		return nil, err
	}
	changes := make([]Change, len(list))
	for i, e := range list {
		changes[i] = Change{Sequence: e.Sequence, Time: e.Time, Actor: e.Actor, Resource: e.Resource, Action: e.Action}
		for _, f := range e.Fields {
			changes[i].Fields = append(changes[i].Fields, FieldChange(f))
		}
	}
	return changes, nil
}

func invalid(field, text string) error {
	return &payment.InvalidError{Violations: []payment.Violation{{Field: field, Text: text}}}
}
