package registry

import (
	"context"
	"fmt"
	"strconv"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// Settings gives the tenant's settings, or ledger.ErrNotFound. They are the
// caller's.
func (r *Registry) Settings(w Who) (Settings, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	t, err := r.served(w.Tenant)
	if err != nil {
		return Settings{}, err
	}
	return t.view(), nil
}

func (t *tenant) view() Settings {
	return Settings{Name: t.name, Settings: cloneSettings(&t.settings), Etag: `"` + strconv.Itoa(t.version) + `"`, Updated: t.updated}
}

// ChangeSettings lets change write to the settings, and keeps them when they
// keep the rules; changes come one at a time, so that change must not call the
// registry; methods have calls of their own and stay as they are. What
// changes nothing is not written. It returns ledger.ErrNotFound,
// ledger.ErrStale when an etag is given that is not the current one, a
// *payment.InvalidError with fields of UpdateSettings, and what change returns;
// then nothing is changed.
func (r *Registry) ChangeSettings(ctx context.Context, w Who, etag string, change func(*Settings) error) (Settings, error) {
	t, err := r.changeTenant(ctx, w, func(t *tenant) error {
		v := t.view()
		if etag != "" && etag != v.Etag {
			return ledger.ErrStale
		}
		methods, deliveries := t.settings.Methods, t.settings.Deliveries
		if err := change(&v); err != nil {
			return err
		}
		t.name, t.settings = v.Name, v.Settings
		t.settings.Methods, t.settings.Deliveries = methods, deliveries
		return r.checkSettings(t)
	})
	if err != nil {
		return Settings{}, err
	}
	return t.view(), nil
}

func (r *Registry) checkSettings(t *tenant) error {
	faults := shop.FaultsOf(Check(&t.settings, &r.contracts[t.contract].Contract))
	if !shop.IsName(t.name) {
		faults = append(faults, shop.Fault{Field: "shop_name", Text: fmt.Sprintf("is needed: 1 to %d characters in one line", shop.MaxName)})
	}
	if s := t.settings.ThreeDSecure; r.o.NoReturn && s != "" && s != shop.ThreeDSecureOff {
		faults = append(faults, shop.Fault{Field: "three_d_secure", Text: "shoppers could not come back: start the server with --public-url first"})
	}
	return invalidIf(faults, ofSettings)
}

// changeTenant changes a copy of a tenant, one caller at a time, and writes it
// with what became of it.
func (r *Registry) changeTenant(ctx context.Context, w Who, change func(*tenant) error) (*tenant, error) {
	done, err := r.toChange(ctx)
	defer done()
	if err != nil {
		return nil, err
	}
	before, err := r.served(w.Tenant)
	if err != nil {
		return nil, err
	}
	after := before.clone()
	if err := change(after); err != nil {
		return nil, err
	}
	entries := changesOf(before, after)
	if len(entries) == 0 {
		return before, nil
	}
	after.updated = r.o.Clock()
	d, err := after.document(w.Tenant)
	if err != nil {
		return nil, err
	}
	if err := r.revise(ctx, w.Actor, d, []shop.Tenant{w.Tenant}, entries); err != nil {
		return nil, err
	}
	return r.tenants[w.Tenant], nil
}
