package payment

import (
	"fmt"

	"kessai.dev/kessai/internal/money"
)

// UpdateOrder says what became of the shop's order. It never touches money, and
// nothing that happens to the money touches the order (R36, R37). Nil leaves a
// thing as it is. It carries no idempotency key: said twice it is said once.
type UpdateOrder struct {
	Canceled *bool      // the shop canceled its order, or takes it up again
	Total    *money.Yen // 0 to 9,999,999 yen
	Etag     string
}

func (UpdateOrder) operation() Operation { return 0 } // nothing is asked of anybody

// OrderChange is what is new of an order; what is nil stays.
type OrderChange struct {
	Canceled *bool      `json:"x,omitempty"`
	Total    *money.Yen `json:"total,omitempty"`
}

// decideOrder works in every state and with a question open: the order is the
// shop's alone. No events mean that nothing is new.
func decideOrder(p *Payment, c UpdateOrder, r Rules) ([]Event, error) {
	if p.Registration {
		return nil, &Refusal{Reason: WrongState, Text: "the payment only registers a card: there is no order"}
	}
	if t := c.Total; t != nil && (*t < 0 || *t > money.Max) {
		return nil, &InvalidError{[]Violation{{"total", fmt.Sprintf("must be 0 to %d yen", money.Max)}}}
	}
	var change OrderChange
	if c.Canceled != nil && (*c.Canceled != p.OrderCanceled || !p.Confirmed()) { // OPEN is the word that the shop has it (R39)
		change.Canceled = c.Canceled
	}
	if c.Total != nil && (p.OrderTotal == nil || *c.Total != *p.OrderTotal) {
		change.Total = c.Total
	}
	if change == (OrderChange{}) {
		return nil, nil
	}
	return r.events(p, Event{Kind: KindOrderUpdated, Order: &change}), nil
}

// updateOrder records what is new of the order.
func (p *Payment) updateOrder(c *OrderChange) {
	if c == nil {
		return
	}
	p.OrderKnown = true
	if c.Canceled != nil {
		p.OrderCanceled = *c.Canceled
	}
	if c.Total != nil {
		p.OrderTotal = c.Total
	}
}
