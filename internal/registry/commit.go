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
// durably, then takes it into memory and into the directory. The caller
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
	news := r.empty()
	err := news.take(&d)
	if err == nil {
		r.takeIn(news)
	}
	return err
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
