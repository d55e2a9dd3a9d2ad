package processor

import (
	"context"

	"kessai.dev/kessai/internal/payment"
)

// ClaimConversion gives a completed purchase and its order, and whether this
// caller is the first to claim it (R08, P102). A *payment.Refusal says that
// nothing is bought.
func (p *Processor) ClaimConversion(ctx context.Context, c Caller, id payment.ID) (pay *payment.Payment, order *payment.Order, claimed bool, err error) {
	pay, events, err := p.Note(ctx, c, id, payment.Convert)
	if err != nil || len(events) == 0 {
		return pay, nil, false, err
	}
	order, err = p.order(ctx, id)
	return pay, order, true, err
}
