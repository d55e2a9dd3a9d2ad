package registry

import (
	"context"
	"fmt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Contracts gives the contracts of the shop, TEST first, or ledger.ErrNotFound.
func (r *Registry) Contracts(w Who) ([]Contract, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if _, err := r.served(w.Tenant); err != nil {
		return nil, err
	}
	var list []Contract
	for _, env := range []shop.Environment{shop.Test, shop.Production} {
		if t, err := r.served(shop.Tenant{Shop: w.Tenant.Shop, Environment: env}); err == nil {
			_, shared := r.pointers(t.contract)
			list = append(list, Contract{Contract: r.contracts[t.contract].Contract, Environment: env, Shared: shared})
		}
	}
	return list, nil
}

// ChangeContract lets change write to the contract that the tenant points to,
// and keeps it when it and the settings under it keep the rules (R12). The id
// stays. It returns ledger.ErrNotFound; a *payment.Refusal when other shops, or
// PRODUCTION while the caller is in TEST, point to it too, and for another
// trader code while payments need the one that is there; a
// *payment.InvalidError with fields of "contract"; and what change returns;
// then nothing is changed.
func (r *Registry) ChangeContract(ctx context.Context, w Who, id string, change func(*shop.Contract) error) (Contract, error) {
	done, err := r.toChange(ctx)
	defer done()
	if err != nil {
		return Contract{}, err
	}
	t, err := r.served(w.Tenant)
	if err != nil {
		return Contract{}, err
	}
	if t.contract != id {
		return Contract{}, ledger.ErrNotFound
	}
	tenants, shared := r.pointers(id)
	if err := mayChange(w.Tenant, id, tenants, shared); err != nil {
		return Contract{}, err
	}
	before := r.contracts[id]
	after := &contract{Contract: before.Contract, version: before.version}
	if err := change(&after.Contract); err != nil {
		return Contract{}, err
	}
	after.ID = id
	if err := r.checkContract(ctx, &before.Contract, &after.Contract, tenants); err != nil {
		return Contract{}, err
	}
	if err := r.putContract(ctx, w.Actor, before, after, tenants); err != nil {
		return Contract{}, err
	}
	return Contract{Contract: r.contracts[id].Contract, Environment: w.Tenant.Environment}, nil
}

// putContract writes what differs, with an entry in the trail of everybody who
// points to the contract.
func (r *Registry) putContract(ctx context.Context, actor string, before, after *contract, tenants []shop.Tenant) error {
	entries := compared("contracts/"+after.ID, contractFields(&before.Contract), contractFields(&after.Contract))
	if len(entries) == 0 {
		return nil
	}
	d, err := after.document(r.o.Keys, r.o.Clock())
	if err != nil {
		return err
	}
	return r.revise(ctx, actor, d, tenants, entries)
}

// mayChange: no shop changes what another pays with, and nobody from TEST what
// PRODUCTION pays with (P89).
func mayChange(t shop.Tenant, id string, tenants []shop.Tenant, shared bool) error {
	if shared {
		return &payment.Refusal{Reason: payment.NotAllowedByContract, Text: fmt.Sprintf("several shops point to contract %q, so that none may change it for the others: change it in the config file, which rules it, and start the server anew", id)}
	}
	for _, other := range tenants {
		if other.Environment == shop.Production && t.Environment != shop.Production {
			return &payment.Refusal{Reason: payment.NotAllowedByContract, Text: fmt.Sprintf("PRODUCTION points to contract %q, too: change it with a key of PRODUCTION, or give TEST a contract of its own in the config file", id)}
		}
	}
	return nil
}

// checkContract: the contract in itself, its access key, and what the settings
// of each tenant ask of it.
func (r *Registry) checkContract(ctx context.Context, before, after *shop.Contract, tenants []shop.Tenant) error {
	faults := shop.FaultsOf(after.Check())
	if after.AccessKey == "" && before.AccessKey != "" {
		faults = append(faults, shop.Fault{In: "contract", Field: "access_key", Text: "cannot be taken away: payments need it to their end; give another"})
	}
	for _, t := range tenants {
		if t.Environment == shop.Test && !after.Flags.TestAllowed {
			faults = append(faults, shop.Fault{In: "contract", Field: "flags", Text: "testAllowed is needed while the shop has TEST"})
		}
		known := r.tenants[t]
		if known == nil {
			continue
		}
		for _, f := range shop.FaultsOf(known.settings.Check(after)) {
			if f.In == "" { // sender and methods do not depend on flags
				faults = append(faults, shop.Fault{In: "contract", Field: "flags", Text: fmt.Sprintf("the settings of %s still need it: change %s first", t.Environment, f.Field)})
			}
		}
	}
	err := invalidIf(faults, func(f shop.Fault) (string, bool) { return "contract." + f.Field, true })
	if err != nil || after.TraderCode == before.TraderCode {
		return err
	}
	return r.mayMove(ctx, tenants)
}

// mayMove: payments end under the trader code they began with (P89). One that
// holds or took money, or may, would be asked about at another merchant's.
func (r *Registry) mayMove(ctx context.Context, tenants []shop.Tenant) error {
	for _, t := range tenants {
		for _, f := range []ledger.Filter{
			{States: []payment.State{payment.Authenticating, payment.Authorized, payment.Captured, payment.Settled, payment.Canceled}, Registrations: true},
			{Unanswered: true, Registrations: true},
		} {
			found, err := r.anyPayment(ctx, t, f)
			if err != nil {
				return err
			}
			if found {
				return &payment.Refusal{Reason: payment.NotAllowedByContract, Text: "payments were made under this trader code and must end under it: for another agreement add a shop with its own contract to the config file"}
			}
		}
	}
	return nil
}
