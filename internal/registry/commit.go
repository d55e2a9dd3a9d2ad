package registry

import (
	"context"
	"errors"
	"sort"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// house is who changes what the config file says.
const house = "kessai"

// revise writes one document with its entries into the trails of the tenants,
// durably, then takes it into memory and makes the directory anew. The caller
// holds change.
func (r *Registry) revise(ctx context.Context, actor string, d ledger.Document, tenants []shop.Tenant, entries []entry) error {
	now := r.o.Clock()
	revision := ledger.Revision{Documents: []ledger.Document{d}}
	for _, t := range tenants {
		for _, e := range entries {
			revision.Trail = append(revision.Trail, ledger.AuditEntry{Tenant: t, Time: now, Actor: actor, Resource: e.resource, Action: e.action, Fields: e.fields})
		}
	}
	switch err := r.o.Books.Revise(ctx, revision); {
	case errors.Is(err, ledger.ErrStale): // memory is behind the books: what they have counts from here on
		return errors.Join(err, r.refresh(ctx))
	case err != nil:
		return err
	}
	d.Version++
	r.mu.Lock()
	err := r.take(&d)
	r.mu.Unlock()
	if err == nil {
		r.publish()
	}
	return err
}

// publish makes the directory that the house serves by, as a whole. While the config file
// is taken in that waits for the end.
func (r *Registry) publish() {
	if r.begins {
		return
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	d := &shop.Directory{Shops: map[shop.ID]*shop.Shop{}, Own: map[shop.Tenant]*shop.Shop{}, Keys: map[[32]byte]*shop.Key{}}
	for id, from := range r.file.Shops {
		contracts := map[shop.Environment]shop.Contract{}
		for env, c := range from.Contracts {
			if known := r.contracts[c.ID]; known != nil {
				contracts[env] = known.Contract
			}
		}
		for _, env := range []shop.Environment{shop.Test, shop.Production} { // PRODUCTION comes last, and speaks for the shop
			t := shop.Tenant{Shop: id, Environment: env}
			known := r.tenants[t]
			if _, ok := contracts[env]; !ok || known == nil {
				continue
			}
			d.Own[t] = &shop.Shop{ID: id, Name: known.name, Contracts: contracts, Settings: cloneSettings(&known.settings)}
			d.Shops[id] = d.Own[t]
		}
	}
	for hash, k := range r.keys {
		if _, err := r.served(k.tenant); err == nil {
			d.Keys[hash] = &shop.Key{Hash: hash, Tenant: k.tenant, Scopes: append([]shop.Scope(nil), k.Scopes...), Expires: k.Expires}
		}
	}
	for hash, k := range r.file.Keys { // the file's come last: they are ruled by it
		d.Keys[hash] = k
	}
	r.o.Live.Replace(d)
}

// cloneSettings shares no list with s.
func cloneSettings(s *shop.Settings) shop.Settings {
	out := *s
	out.Methods = append([]shop.PaymentMethod(nil), s.Methods...)
	out.Deliveries = append([]shipping.Method(nil), s.Deliveries...)
	out.Deposit.ClosingDays = append([]int(nil), s.Deposit.ClosingDays...)
	return out
}

func (t *tenant) clone() *tenant {
	out := *t
	out.settings = cloneSettings(&t.settings)
	return &out
}

func sortTenants(list []shop.Tenant) {
	sort.Slice(list, func(i, j int) bool { return tenantID(list[i]) < tenantID(list[j]) })
}
