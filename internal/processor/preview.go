package processor

import (
	"context"
	"errors"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Preview gives a payment of the caller's tenant as it stands, and what a
// command would lead to if it came now: its events, none of them written, and
// nothing asked of the provider. The errors are those of Command before
// anything is sent: ledger.ErrNotFound, a *payment.Refusal (with the payment
// beside it) or a *payment.InvalidError. What it says may be out of date the
// moment it is said: Command decides again.
func (p *Processor) Preview(ctx context.Context, c Caller, id payment.ID, cmd payment.Command) (*payment.Payment, []payment.Event, error) {
	pay, err := p.own(ctx, c, id)
	if err != nil {
		return nil, nil, err
	}
	rules, _, err := p.rules(c, nil)
	if err != nil {
		return nil, nil, err
	}
	events, _, err := p.decide(ctx, pay, cmd, rules)
	return pay, events, err
}

// ByOrder gives the payment that holds an order number of the caller's tenant:
// the last that claimed it. ledger.ErrNotFound: none ever did.
func (p *Processor) ByOrder(ctx context.Context, c Caller, number string) (*payment.Payment, error) {
	holder, err := p.o.Ledger.Find(ctx, ledger.Key{Kind: ledger.KeyOrder, Tenant: c.Tenant, Value: number})
	if err != nil {
		return nil, err
	}
	return p.own(ctx, c, holder.Holds())
}

// ByAcceptance gives the payment of the caller's tenant that has an attempt
// with this acceptance number (受付番号), exactly as the provider has it. The
// number tells which payment it is (P15): nothing is searched for.
// ledger.ErrNotFound: there is no such attempt.
func (p *Processor) ByAcceptance(ctx context.Context, c Caller, number string) (*payment.Payment, error) {
	id, attempt, err := payment.ParseAcceptance(number)
	if err != nil {
		return p.byForeign(ctx, c, number)
	}
	pay, err := p.own(ctx, c, id)
	if errors.Is(err, ledger.ErrNotFound) {
		return p.byForeign(ctx, c, number)
	}
	if err != nil {
		return nil, err
	}
	if attempt > len(pay.Attempts) {
		return nil, ledger.ErrNotFound
	}
	return pay, nil
}

// byForeign finds an order that moved here by the number it came with.
func (p *Processor) byForeign(ctx context.Context, c Caller, number string) (*payment.Payment, error) {
	h, err := p.o.Ledger.Find(ctx, foreignKey(&payment.Opening{Tenant: c.Tenant, Foreign: number}))
	if err != nil {
		return nil, err
	}
	return p.own(ctx, c, h.Holds())
}
