package processor

import (
	"context"
	"errors"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Taken is what became of an order that was to be taken over.
type Taken struct {
	Payment *payment.Payment // the order's payment here; nil: there is none, or a dry run
	Trade   payment.Trade    // what the provider shows
	Already bool             // it was here before; then nobody was asked
}

// TakeOver asks the provider (E04) about an order that another shop system
// authorized, and begins its payment as the provider shows it. A dry run writes
// nothing. An order that was taken over is found again by its acceptance number,
// so that it is taken over once. It refuses an order number that another payment
// has (ORDER_NUMBER_TAKEN); any other error says that the provider could not be
// asked, and nothing was done.
func (p *Processor) TakeOver(ctx context.Context, c Caller, cmd payment.Import, dry bool) (Taken, error) {
	if pay, err := p.ByAcceptance(ctx, c, cmd.Acceptance); err == nil {
		return Taken{Payment: pay, Already: true}, nil
	} else if !errors.Is(err, ledger.ErrNotFound) {
		return Taken{}, err
	}
	r, _, err := p.rules(c, nil)
	if err != nil {
		return Taken{}, err
	}
	id := payment.NewID(r.Now, p.o.Random())
	before := &payment.Payment{ID: id, Opening: payment.Opening{Tenant: c.Tenant, OrderNumber: cmd.OrderNumber, Foreign: cmd.Acceptance}}
	out := Taken{}
	if out.Trade, err = p.inquire(ctx, before, r, 1); err != nil {
		return Taken{}, err
	}
	r.Now = p.o.Clock()
	events := payment.TakeOver(id, c.Tenant, cmd, out.Trade, r)
	if len(events) == 0 {
		return out, nil
	}
	if dry {
		return out, p.orderFree(ctx, before)
	}
	out.Payment, err = p.begin(ctx, events, ledger.Claim{Key: foreignKey(&before.Opening)})
	var claimed *ledger.ClaimedError
	if errors.As(err, &claimed) && claimed.Key.Kind == ledger.KeyForeign { // somebody was quicker
		out.Payment, err = p.own(ctx, c, claimed.By.Holds())
		out.Already = true
	}
	return out, err
}

// orderFree refuses an order number that another payment has, and changes
// nothing.
func (p *Processor) orderFree(ctx context.Context, before *payment.Payment) error {
	h, err := p.o.Ledger.Find(ctx, orderKey(&before.Opening))
	if errors.Is(err, ledger.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	holder, err := p.o.Ledger.Load(ctx, h.Holds())
	if err != nil {
		return err
	}
	rules, _, err := p.rules(Caller{Tenant: holder.Tenant}, nil)
	if err != nil {
		return err
	}
	if _, refusal := payment.GiveWay(holder, rules); refusal != nil {
		return refusal
	}
	return nil
}

// foreignKey is the claim on an acceptance number that another system gave.
func foreignKey(o *payment.Opening) ledger.Key {
	return ledger.Key{Kind: ledger.KeyForeign, Tenant: o.Tenant, Value: o.Foreign}
}
