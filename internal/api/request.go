package api

import (
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

func createCommand(r *paymentv1.CreatePaymentRequest) processor.Create {
	return processor.Create{
		Amount: money.Yen(r.GetAmount()), OrderNumber: r.GetOrderNumber(), Means: meansOf(r),
		Customer: r.GetCustomer(), Delivery: r.GetDeliveryMethod(), Mode: shop.Mode(r.GetCaptureMode()),
		Device: r.GetDevice(), ReturnURI: r.GetReturnUri(), Order: orderOf(r.GetOrder()), ShipDate: r.GetShipDate(),
	}
}

// meansOf reads how an attempt is paid.
func meansOf(r interface {
	GetCardToken() string
	GetCard() string
	GetSaveCard() bool
	GetInstallmentCount() int32
	GetCardHint() *paymentv1.CardSummary
},
) payment.Means {
	return payment.Means{
		Token: card.Token(r.GetCardToken()), Stored: r.GetCard(), Save: r.GetSaveCard(),
		Installments: int(r.GetInstallmentCount()), Card: hint(r.GetCardHint()),
	}
}

func hint(c *paymentv1.CardSummary) card.Hint {
	return card.Hint{Brand: card.Brand(c.GetBrand()), LastFour: c.GetLastFour(), Expiry: c.GetExpiry()}
}

// orderOf reads an order; both ways to give one destination become one list.
func orderOf(o *paymentv1.Order) *payment.Order {
	if o == nil {
		return nil
	}
	out := &payment.Order{Total: money.Yen(o.GetTotal())}
	for _, l := range o.GetLines() {
		out.Lines = append(out.Lines, payment.Line{Name: l.GetName(), Quantity: int(l.GetQuantity()), UnitAmount: money.Yen(l.GetUnitAmount()), Kind: l.GetKind()})
	}
	out.Buyer = buyerOf(o.GetBuyer())
	if a := o.GetShippingAddress(); a != nil {
		out.ShipTos = append(out.ShipTos, addressOf(a))
	}
	for _, a := range o.GetShippingAddresses() {
		out.ShipTos = append(out.ShipTos, addressOf(a))
	}
	return out
}

func buyerOf(b *paymentv1.Buyer) *payment.Buyer {
	if b == nil {
		return nil
	}
	return &payment.Buyer{Name: b.GetName(), NameKana: b.GetNameKana(), Phone: b.GetPhone(), Email: b.GetEmail()}
}

func addressOf(a *paymentv1.Address) payment.Address {
	return payment.Address{
		Name: a.GetName(), PostalCode: a.GetPostalCode(), Prefecture: a.GetPrefecture(), City: a.GetCity(),
		Line1: a.GetLine1(), Line2: a.GetLine2(), Phone: a.GetPhone(),
	}
}
