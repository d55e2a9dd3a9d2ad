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
	for range maxRounds {
		pay, err := p.own(ctx, c, id)
		if err != nil {
			return nil, err
		}
		rules, _, err := p.rules(c, nil)
		if err != nil {
			return nil, err
		}
		events, err := payment.Decide(pay, cmd, rules)
		if err != nil || len(events) == 0 {
			return pay, err
		}
		after, err := p.write(ctx, pay, events)
		if !errors.Is(err, ledger.ErrStale) {
			return after, err
		}
	}
	return nil, &payment.Refusal{Reason: payment.OperationPending, Text: "the payment keeps changing", RetryAt: p.o.Clock().Add(retryRunning)}
}
