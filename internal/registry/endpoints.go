package registry

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// endpoints are a tenant's, all in one document.
type endpoints struct {
	list    []shop.Endpoint // oldest first
	version int
}

// endpointsDoc is how they are kept. The JSON names are kept for ever.
type endpointsDoc struct {
	Shop        shop.ID          `json:"shop"`
	Environment shop.Environment `json:"env"`
	List        []endpointDoc    `json:"list,omitempty"`
}

type endpointDoc struct {
	ID      string      `json:"id"`
	URI     string      `json:"uri"`
	Title   string      `json:"title,omitempty"`
	Types   []string    `json:"types,omitempty"`
	Stopped bool        `json:"stopped,omitempty"`
	Secret  []byte      `json:"secret"` // encrypted
	Former  []formerDoc `json:"former,omitempty"`
	From    uint64      `json:"from,omitempty"`
	Created time.Time   `json:"t"`
}

type formerDoc struct {
	Secret []byte    `json:"secret"` // encrypted
	Until  time.Time `json:"until"`
}

// Endpoints gives the tenant's endpoints, oldest first, with their secrets, or
// ledger.ErrNotFound.
func (r *Registry) Endpoints(t shop.Tenant) ([]shop.Endpoint, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if _, err := r.served(t); err != nil {
		return nil, err
	}
	return r.endpointsOf(t), nil
}

// AllEndpoints gives those of every tenant that is served.
func (r *Registry) AllEndpoints() map[shop.Tenant][]shop.Endpoint {
	r.mu.RLock()
	defer r.mu.RUnlock()
	all := map[shop.Tenant][]shop.Endpoint{}
	for t := range r.endpoints {
		if _, err := r.served(t); err == nil {
			all[t] = r.endpointsOf(t)
		}
	}
	return all
}

// endpointsOf shares no list with what is kept.
func (r *Registry) endpointsOf(t shop.Tenant) []shop.Endpoint {
	known := r.endpoints[t]
	if known == nil {
		return nil
	}
	list := make([]shop.Endpoint, len(known.list))
	for i := range known.list {
		list[i] = known.list[i].Clone()
	}
	return list
}

// ChangeEndpoints lets change make the list anew: add, change, leave out. An
// endpoint without an id gets one. It returns ledger.ErrNotFound, and what change
// returns; then nothing is changed. The trail names no secret, nor what an address
// has after its "?".
func (r *Registry) ChangeEndpoints(ctx context.Context, w Who, change func([]shop.Endpoint) ([]shop.Endpoint, error)) ([]shop.Endpoint, error) {
	done, err := r.toChange(ctx)
	defer done()
	if err != nil {
		return nil, err
	}
	if _, err := r.served(w.Tenant); err != nil {
		return nil, err
	}
	before := r.endpointsOf(w.Tenant)
	after, err := change(r.endpointsOf(w.Tenant))
	if err != nil {
		return nil, err
	}
	for i := range after {
		after[i].ID = r.idOr(after[i].ID)
	}
	entries := comparedLists("webhookEndpoints", endpointItems(before), endpointItems(after))
	if len(entries) == 0 {
		return before, nil
	}
	made := &endpoints{list: after}
	if known := r.endpoints[w.Tenant]; known != nil {
		made.version = known.version
	}
	d, err := made.document(r.o.Keys, w.Tenant, r.o.Clock())
	if err != nil {
		return nil, err
	}
	if err := r.revise(ctx, w.Actor, d, []shop.Tenant{w.Tenant}, entries); err != nil {
		return nil, err
	}
	return r.endpointsOf(w.Tenant), nil
}

// Fields that show only that they change: an endpoint's secrets, and what its
// address has after the "?", which is a password as often as not.
const (
	secretField = "secret"
	queryField  = "uriQuery"
)

func endpointItems(list []shop.Endpoint) []item {
	out := make([]item, len(list))
	for i := range list {
		e := &list[i]
		address, query, _ := strings.Cut(e.URI, "?")
		secrets := e.Secret.Reveal()
		for _, f := range e.Former {
			secrets += " " + f.Secret.Reveal()
		}
		out[i] = item{e.ID, []field{
			{"uri", address},
			{queryField, query},
			{"title", e.Title},
			{"types", strings.Join(e.Types, " ")},
			{"stopped", yesNo(e.Stopped)},
			{secretField, secrets},
			{"secretOverlapTime", timeText(e.OverlapUntil(time.Time{}))},
		}}
	}
	return out
}

// document encrypts the secrets on their way into the books.
func (s *endpoints) document(keys *Keys, t shop.Tenant, at time.Time) (ledger.Document, error) {
	doc := endpointsDoc{Shop: t.Shop, Environment: t.Environment}
	for i := range s.list {
		e := &s.list[i]
		d := endpointDoc{ID: e.ID, URI: e.URI, Title: e.Title, Types: e.Types, Stopped: e.Stopped, From: e.From, Created: e.Created}
		var err error
		if d.Secret, err = keys.sealEndpoint(t, e.ID, e.Secret); err != nil {
			return ledger.Document{}, err
		}
		for _, f := range e.Former {
			sealed, err := keys.sealEndpoint(t, e.ID, f.Secret)
			if err != nil {
				return ledger.Document{}, err
			}
			d.Former = append(d.Former, formerDoc{sealed, f.Until})
		}
		doc.List = append(doc.List, d)
	}
	return document(ledger.DocumentEndpoints, tenantID(t), s.version, at, &doc)
}

// takeEndpoints reads a document into memory.
func (r *Registry) takeEndpoints(d *ledger.Document) error {
	var doc endpointsDoc
	if err := json.Unmarshal(d.Body, &doc); err != nil {
		return err
	}
	t := shop.Tenant{Shop: doc.Shop, Environment: doc.Environment}
	made := &endpoints{version: d.Version}
	for i := range doc.List {
		from := &doc.List[i]
		e := shop.Endpoint{ID: from.ID, URI: from.URI, Title: from.Title, Types: from.Types, Stopped: from.Stopped, From: from.From, Created: from.Created}
		var err error
		if e.Secret, err = r.o.Keys.openEndpoint(t, from.ID, from.Secret); err != nil {
			return err
		}
		for _, f := range from.Former {
			former, err := r.o.Keys.openEndpoint(t, from.ID, f.Secret)
			if err != nil {
				return err
			}
			e.Former = append(e.Former, shop.FormerSecret{Secret: former, Until: f.Until})
		}
		made.list = append(made.list, e)
	}
	r.endpoints[t] = made
	return nil
}

func (k *Keys) sealEndpoint(t shop.Tenant, id string, secret shop.EndpointSecret) ([]byte, error) {
	return k.cipher.Encrypt([]byte(secret.Reveal()), boundToEndpoint(t, id))
}

func (k *Keys) openEndpoint(t shop.Tenant, id string, sealed []byte) (shop.EndpointSecret, error) {
	secret, err := k.cipher.Decrypt(sealed, boundToEndpoint(t, id))
	if err != nil {
		return "", ErrUnreadable
	}
	return shop.EndpointSecret(secret), nil
}

// boundToEndpoint binds a secret to its endpoint, so that documents cannot be
// swapped.
func boundToEndpoint(t shop.Tenant, id string) []byte {
	return []byte("kessai endpoint 1 " + tenantID(t) + " " + id)
}

// resealEndpoints writes a tenant's endpoints anew, and says so in its trail.
func (r *Registry) resealEndpoints(ctx context.Context, t shop.Tenant) error {
	d, err := r.endpoints[t].document(r.o.Keys, t, r.o.Clock())
	if err != nil {
		return err
	}
	return r.o.Books.Revise(ctx, ledger.Revision{Documents: []ledger.Document{d}, Trail: []ledger.AuditEntry{{
		Tenant: t, Time: r.o.Clock(), Actor: house, Resource: "webhookEndpoints", Action: updated,
		Fields: []ledger.AuditField{{Field: "encryption", After: "a new key"}},
	}}})
}
