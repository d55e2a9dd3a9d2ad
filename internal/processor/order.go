package processor

import (
	"context"
	"errors"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// UpdateOrder writes down what became of the shop's order, and gives the
// payment after it. Nothing is asked of the provider and no money moves (R36,
// R37). It needs no idempotency key: what is said twice is written once. The
// errors are ledger.ErrNotFound, a *payment.Refusal and a *payment.InvalidError.
func (p *Processor) UpdateOrder(ctx context.Context, c Caller, id payment.ID, cmd payment.UpdateOrder) (*payment.Payment, error) {
	after, _, err := p.Note(ctx, c, id, func(pay *payment.Payment, r payment.Rules) ([]payment.Event, error) {
		return payment.Decide(pay, cmd, r)
	})
	return after, err
}

// Note writes down what is decided about a payment of the caller's tenant, and
// gives the payment after it and what was written: nothing, when nothing is new.
// What is decided asks nothing of the provider. Decide is called again when the
// payment changed meanwhile. The errors are decide's, ledger.ErrNotFound and a
// *payment.Refusal.
func (p *Processor) Note(ctx context.Context, c Caller, id payment.ID, decide func(*payment.Payment, payment.Rules) ([]payment.Event, error)) (*payment.Payment, []payment.Event, error) {
	for range maxRounds {
		pay, err := p.own(ctx, c, id)
		if err != nil {
			return nil, nil, err
		}
		rules, _, err := p.rules(c, nil)
		if err != nil {
			return nil, nil, err
		}
		events, err := decide(pay, rules)
		if err != nil || len(events) == 0 {
			return pay, nil, err
		}
		after, err := p.write(ctx, pay, events)
		if !errors.Is(err, ledger.ErrStale) {
			return after, events, err
		}
	}
	return nil, nil, &payment.Refusal{Reason: payment.OperationPending, Text: "the payment keeps changing", RetryAt: p.o.Clock().Add(retryRunning)}
}
