package api

import (
	"context"

	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// The states of the shop's order (R36).
const (
	orderOpen     = "OPEN"
	orderCanceled = "CANCELED"
)

// UpdateOrder says what became of the order; it never touches money.
func (s *paymentService) UpdateOrder(ctx context.Context, r *paymentv1.UpdateOrderRequest) (*paymentv1.UpdateOrderResponse, error) {
	c := callFrom(ctx)
	id, err := own(c, r.GetName())
	if err != nil {
		return nil, err
	}
	cmd := payment.UpdateOrder{Etag: r.GetEtag()}
	if r.GetState() != "" {
		canceled := r.GetState() == orderCanceled
		cmd.Canceled = &canceled
	}
	if r.Total != nil {
		total := money.Yen(r.GetTotal())
		cmd.Total = &total
	}
	found, err := s.a.o.Payments.UpdateOrder(ctx, c.who.caller(), id, cmd)
	if err != nil {
		return nil, fromPayments(err)
	}
	p, err := s.whole(ctx, found)
	if err != nil {
		return nil, err
	}
	return &paymentv1.UpdateOrderResponse{Payment: p}, nil
}

// ReschedulePayment gives a reservation another planned ship date.
func (s *paymentService) ReschedulePayment(ctx context.Context, r *paymentv1.ReschedulePaymentRequest) (*paymentv1.ReschedulePaymentResponse, error) {
	p, err := s.command(ctx, r, r.GetName(), payment.Reschedule{ShipDate: r.GetShipDate(), Etag: r.GetEtag()})
	if err != nil {
		return nil, err
	}
	return &paymentv1.ReschedulePaymentResponse{Payment: p}, nil
}

// orderState is the shop's order as it stands; a payment that only registers a
// card has none.
func orderState(p *payment.Payment) string {
	switch {
	case p.Registration:
		return ""
	case p.OrderCanceled:
		return orderCanceled
	}
	return orderOpen
}

// currentOrder is the order as it was given, with the total it has by now.
func currentOrder(p *payment.Payment, given *payment.Order) *paymentv1.Order {
	out := orderMessage(given)
	if p.OrderTotal == nil {
		return out
	}
	if out == nil {
		out = &paymentv1.Order{}
	}
	out.Total = int32(*p.OrderTotal)
	return out
}

func (k *checker) updateOrder(r *paymentv1.UpdateOrderRequest) {
	k.oneOf("state", r.GetState(), orderOpen, orderCanceled)
	k.when(r.Total != nil && r.GetTotal() != 0 && !money.Yen(r.GetTotal()).Valid(), "total", "must be a whole number of yen, 0 to 9,999,999")
}

// day takes a day in Japan; which days are possible is decided behind the door.
func (k *checker) day(field, v string, needed bool) {
	if v == "" && !needed {
		return
	}
	_, ok := payment.ParseShipDate(v)
	k.when(!ok, field, "must be a day in Japan, YYYY-MM-DD")
}

// orderChange shows in the history what was said of the order.
func orderChange(m *paymentv1.PaymentEvent, c *payment.OrderChange) {
	if c == nil {
		return
	}
	if c.Canceled != nil {
		m.OrderState = orderOpen
		if *c.Canceled {
			m.OrderState = orderCanceled
		}
	}
	if c.Total != nil {
		m.OrderTotal = proto.Int32(int32(*c.Total)) //nolint:gosec // at most 9,999,999
	}
}
