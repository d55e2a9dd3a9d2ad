package processor

import (
	"context"
	"errors"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
)

// Adopt asks the provider (E04) whether it has a slip that the shop's B2 says it
// registered there, and if so writes that down: the order is shipped, and
// captured by it. Nothing is sent that would register anything (P69). A slip that
// is not there yet leaves the payment as it stands; anything else that the
// provider shows is a difference, as for Refresh (R42). The error says that the
// provider could not be asked.
func (p *Processor) Adopt(ctx context.Context, c Caller, id payment.ID, slip shipping.Slip) (*payment.Payment, error) {
	pay, err := p.own(ctx, c, id)
	if err != nil || pay.Winner == 0 || p.live.has(id) {
		return pay, err
	}
	if pay.Question() != nil {
		return p.ask(ctx, pay, pay.Winner), nil
	}
	r, _, err := p.rules(c, nil)
	if err != nil {
		return nil, err
	}
	t, err := p.inquire(ctx, pay, r, pay.Winner)
	if err != nil {
		return nil, err
	}
	r.Now = p.o.Clock()
	after, err := p.adopt(ctx, pay, slip, t, r)
	if err != nil || after.Version != pay.Version {
		return after, err
	}
	after, _ = p.conclude(ctx, after, func(pay *payment.Payment) []payment.Event { return payment.Compare(pay, t, r) })
	return after, nil
}

// adopt writes what the inquiry shows of the slip, with the order's claim on it:
// it is a fact already, so no other order on the slip is asked.
func (p *Processor) adopt(ctx context.Context, pay *payment.Payment, slip shipping.Slip, t payment.Trade, r payment.Rules) (*payment.Payment, error) {
	for range maxRounds {
		if pay.Question() != nil {
			return pay, nil // somebody was quicker, and knows more
		}
		events := payment.Adopt(pay, slip, t, r)
		if len(events) == 0 {
			return pay, nil
		}
		_, holder, err := p.mates(ctx, pay, string(slip))
		if err != nil {
			return nil, err
		}
		var claims []ledger.Claim
		switch {
		case holder == nil:
			claims = []ledger.Claim{{Key: slipKey(pay, string(slip))}}
		case holder.ID != pay.ID:
			claims = []ledger.Claim{{Key: slipKey(pay, string(slip)), Over: &ledger.Ref{Payment: holder.ID, Version: holder.Version}}}
		}
		after, err := p.write(ctx, pay, events, claims...)
		var claimed *ledger.ClaimedError
		switch {
		case err == nil:
			return after, nil
		case !errors.Is(err, ledger.ErrStale) && !errors.As(err, &claimed):
			return nil, err
		}
		if pay, err = p.o.Ledger.Load(ctx, pay.ID); err != nil {
			return nil, err
		}
	}
	return nil, &payment.Refusal{Reason: payment.OperationPending, Text: "the payment keeps changing", RetryAt: p.o.Clock().Add(retryRunning)}
}
