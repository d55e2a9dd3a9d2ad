package registry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// maxBegins is how often processes that begin at the same moment may be in each other's way.
const maxBegins = 16

// beginTogether is begin among other processes that do the same: who was slower has read
// what the other one wrote, and goes on from there.
func (r *Registry) beginTogether(ctx context.Context) (err error) {
	for range maxBegins {
		if err = r.begin(ctx); !errors.Is(err, ledger.ErrStale) {
			return err
		}
	}
	return err
}

// begin takes into the books what the config file names and they do not know,
// step by step: interrupted, the next start goes on. What they know they rule;
// where the file says something else one warning for each shop names the
// fields.
func (r *Registry) begin(ctx context.Context) error {
	differing := map[shop.ID][]string{}
	for _, t := range r.fileTenants() {
		from := r.file.Shops[t.Shop]
		c := from.Contracts[t.Environment]
		known, err := r.beginContract(ctx, &c)
		if err != nil {
			return err
		}
		differing[t.Shop] = append(differing[t.Shop], known...)
		if known, err = r.beginTenant(ctx, t, from); err != nil {
			return err
		}
		differing[t.Shop] = append(differing[t.Shop], known...)
	}
	for _, id := range sortedShops(r.file) {
		fields := differing[id]
		slices.Sort(fields)
		if fields = slices.Compact(fields); len(fields) > 0 {
			r.o.Logger.WarnContext(ctx, "the config file differs from the books, which rule: change the shop over the API, and the file to match",
				"shop", string(id), "fields", fields)
		}
		r.warnOfRules(ctx, id)
	}
	return nil
}

// warnOfRules tells of settings in the books that a contract does not give any
// more: another contract came from the file.
func (r *Registry) warnOfRules(ctx context.Context, id shop.ID) {
	for _, env := range []shop.Environment{shop.Test, shop.Production} {
		t, err := r.served(shop.Tenant{Shop: id, Environment: env})
		if err != nil {
			continue
		}
		for _, f := range shop.FaultsOf(Check(&t.settings, &r.contracts[t.contract].Contract)) {
			r.o.Logger.WarnContext(ctx, "a setting is not what the contract gives: change one of them", "shop", string(id), "environment", string(env), "field", f.Field, "why", f.Text)
		}
	}
}

// beginContract makes a contract that is not known. One that several shops
// point to follows the file; of another it gives the fields that differ.
func (r *Registry) beginContract(ctx context.Context, c *shop.Contract) ([]string, error) {
	resource := "contracts/" + c.ID
	tenants, shared := r.pointers(c.ID)
	after := &contract{Contract: *c}
	before := r.contracts[c.ID]
	if before == nil {
		if err := c.Check(); err != nil {
			return nil, fmt.Errorf("contract %q: %w", c.ID, err)
		}
		d, err := after.document(r.o.Keys, r.o.Clock())
		if err != nil {
			return nil, err
		}
		return nil, r.revise(ctx, house, d, tenants, []entry{{resource, created, differ(nil, contractFields(c))}})
	}
	after.version = before.version
	if after.AccessKey == "" { // the file leaves it to the books
		after.AccessKey = before.AccessKey
	}
	differing := names(compared(resource, contractFields(&before.Contract), contractFields(&after.Contract)))
	if !shared || len(differing) == 0 {
		return differing, nil
	}
	if err := c.Check(); err != nil {
		return nil, fmt.Errorf("contract %q: %w", c.ID, err)
	}
	r.o.Logger.InfoContext(ctx, "a contract of several shops follows the config file", "contract", c.ID, "fields", differing)
	return nil, r.putContract(ctx, house, before, after, tenants)
}

// beginTenant makes a shop in an environment that is not known. One that is
// follows the file to another contract only; it gives the fields that differ.
func (r *Registry) beginTenant(ctx context.Context, t shop.Tenant, from *shop.Shop) ([]string, error) {
	points := from.Contracts[t.Environment].ID
	after := &tenant{contract: points, name: or(from.Name, string(t.Shop)), settings: cloneSettings(&from.Settings), updated: r.o.Clock()}
	before := r.tenants[t]
	if before != nil {
		if len(from.Settings.Methods) == 0 { // the file leaves them to the shop
			after.settings.Methods = before.settings.Methods
		}
		wanted := changesOf(before, after)
		after = before.clone()
		after.contract, after.updated = points, r.o.Clock()
		if before.contract == points {
			return names(wanted), nil
		}
		return nil, r.putTenant(ctx, t, after, changesOf(before, after))
	}
	c := &r.contracts[points].Contract
	if len(after.settings.Methods) == 0 && c.Complete(t.Environment) {
		after.settings.Methods = after.settings.Offered() // the one for cards, written down so that another can stand beside it
	}
	if err := Check(&after.settings, c); err != nil {
		return nil, fmt.Errorf("shop %q: %w", t.Shop, err)
	}
	entries := []entry{{"settings", created, differ(nil, settingsFields(after))}}
	entries = append(entries, comparedLists("paymentMethods", nil, methodItems(after.settings.Methods))...)
	entries = append(entries, comparedLists("deliveryMethods", nil, deliveryItems(after.settings.Deliveries))...)
	return nil, r.putTenant(ctx, t, after, entries)
}

func (r *Registry) putTenant(ctx context.Context, t shop.Tenant, after *tenant, entries []entry) error {
	d, err := after.document(t)
	if err != nil {
		return err
	}
	return r.revise(ctx, house, d, []shop.Tenant{t}, entries)
}

// fileTenants are the tenants of the config file, in order.
func (r *Registry) fileTenants() (list []shop.Tenant) {
	for id, s := range r.file.Shops {
		for env := range s.Contracts {
			list = append(list, shop.Tenant{Shop: id, Environment: env})
		}
	}
	sortTenants(list)
	return list
}

func sortedShops(d *shop.Directory) []shop.ID {
	list := make([]shop.ID, 0, len(d.Shops))
	for id := range d.Shops {
		list = append(list, id)
	}
	sort.Slice(list, func(i, j int) bool { return list[i] < list[j] })
	return list
}

var _ Payments = ledger.Finder(nil)
