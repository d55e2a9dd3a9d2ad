package processor

import (
	"context"

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
	after, _ := p.conclude(ctx, pay, func(pay *payment.Payment) []payment.Event {
		if pay.Question() != nil {
			return nil // somebody was quicker, and knows more
		}
		r.Now = p.o.Clock()
		if events := payment.Adopt(pay, slip, t, r); events != nil {
			return events
		}
		return payment.Compare(pay, t, r)
	})
	return after, nil
}
