package processor

import (
	"context"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// testBuyer is sent in TEST when the order names no buyer: the provider
// requires one.
var testBuyer = payment.Buyer{Name: "テスト　太郎", Phone: "03-0000-0000", Email: "test@example.com"}

// authorization is what the provider is told beside number and amount.
func (p *Processor) authorization(pay *payment.Payment, m payment.Means, stored *acquirer.StoredCard, order *payment.Order) *acquirer.Authorization {
	attempt := pay.Latest()
	a := &acquirer.Authorization{
		Token: m.Token, Installments: pay.Installments, Device: pay.Device,
		ReturnURI: p.returnURI(pay, attempt.Number), Secure: attempt.Secure, ShipDate: pay.ShipDate,
	}
	if m.Token == "" { // the provider named its brand; what a page hints at is for people only
		a.Stored, a.Brand = stored, m.Card.Brand
	}
	if order != nil {
		if order.Buyer != nil {
			a.Buyer = *order.Buyer
		}
		if len(order.Lines) > 0 {
			a.Goods = order.Lines[0].Name
		}
		if len(order.ShipTos) == 1 {
			a.ShipTo = &order.ShipTos[0]
		}
	}
	if pay.Tenant.Environment == shop.Test && a.Buyer == (payment.Buyer{}) {
		a.Buyer = testBuyer
	}
	return a
}

// again is the authorization of a later attempt: it takes the buyer from the
// order in the books.
func (p *Processor) again(ctx context.Context, pay *payment.Payment, c payment.Confirm, stored *acquirer.StoredCard) *acquirer.Authorization {
	order, err := p.order(ctx, pay.ID)
	if err != nil {
		p.o.Logger.WarnContext(ctx, "the order of a payment cannot be read", "payment", string(pay.ID), "error", err)
	}
	a := p.authorization(pay, c.Means, stored, order)
	if c.Device != "" {
		a.Device = c.Device
	}
	return a
}
