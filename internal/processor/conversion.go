package processor

import (
	"context"
	"errors"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// ClaimConversion gives a completed purchase and its order, and whether this
// caller is the first to claim it (R08, P102). A *payment.Refusal says that
// nothing is bought.
func (p *Processor) ClaimConversion(ctx context.Context, c Caller, id payment.ID) (pay *payment.Payment, order *payment.Order, claimed bool, err error) {
	for range maxRounds {
		if pay, err = p.own(ctx, c, id); err != nil {
			return nil, nil, false, err
		}
		rules, _, err := p.rules(c, nil)
		if err != nil {
			return nil, nil, false, err
		}
		events, err := payment.Convert(pay, rules)
		if err != nil || len(events) == 0 {
			return pay, nil, false, err
		}
		after, err := p.write(ctx, pay, events)
		if errors.Is(err, ledger.ErrStale) {
			continue
		}
		if err != nil {
			return nil, nil, false, err
		}
		order, err = p.order(ctx, id)
		return after, order, true, err
	}
	return nil, nil, false, &payment.Refusal{Reason: payment.OperationPending, Text: "the payment keeps changing", RetryAt: p.o.Clock().Add(retryRunning)}
}
