package harness

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"google.golang.org/grpc"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// rudeSlips are scenarios that authorize, and fail at the first slip.
var rudeSlips = []string{"SIMLOSTCAPTURE00", "SIMDROPCAPTURE00", "SIMLOCKCAPTURE00"}

// yamato is the delivery method of the demo shop that Yamato carries.
const yamato = "takkyubin"

// parcel buys something that Yamato delivers, and ships it: at once with its
// slip or first without, and with another slip after that. It may be
// canceled, and its amount changed, in between.
func (s *shopper) parcel(ctx context.Context) error {
	token := tokenApproved
	if s.rng.IntN(8) == 0 {
		token = rudeSlips[s.rng.IntN(len(rudeSlips))]
	}
	q := s.order(token)
	q.DeliveryMethod = yamato
	r, err := s.do(ctx, "CreatePayment", q.RequestId, "", create(q))
	if err != nil {
		return err
	}
	if r.refusal != "" {
		s.w.book.differ("a new order %s was refused: %s", q.OrderNumber, r.refusal)
		return nil
	}
	s.remember("CreatePayment", q.RequestId, r.payment.GetName(), create(q))
	return s.follow(ctx, r.payment)
}

// send is the move of an order with Yamato delivery. It is charged by its slip
// alone.
func (s *shopper) send(ctx context.Context, p *paymentv1.Payment) (*paymentv1.Payment, error) {
	pick := s.rng.IntN(100)
	captured := p.GetState() == paymentv1.Payment_STATE_CAPTURED
	switch {
	case pick < 15 && !captured:
		return s.ship(ctx, p, "") // what is missing comes later (R31)
	case pick < 65 && !captured:
		return s.ship(ctx, p, s.slip())
	case pick < 50:
		return s.correct(ctx, p)
	case pick < 75:
		return s.adjust(ctx, p)
	case pick < 90:
		return s.cancel(ctx, p)
	}
	return nil, nil
}

// slip gives a slip number that nobody else has.
func (s *shopper) slip() string {
	s.serial++
	serial := 10_000_000_000 + s.n*1_000_000 + s.serial
	return fmt.Sprintf("%d%d", serial, serial%7)
}

func (s *shopper) ship(ctx context.Context, p *paymentv1.Payment, slip string) (*paymentv1.Payment, error) {
	s.w.count.shipped.Add(1)
	key, with := s.name("ship"), &paymentv1.Shipment{Carrier: "yamato", SlipNumber: slip}
	next, err := s.verbTo(ctx, p, "ShipPayment", key, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
		return c.ShipPayment(ctx, &paymentv1.ShipPaymentRequest{Name: p.GetName(), Shipment: with, RequestId: key}, opts...)
	})
	if next != nil && next.GetFulfillmentState() != paymentv1.Payment_FULFILLMENT_STATE_SHIPPED {
		s.w.book.differ("%s was shipped and does not say so", p.GetName())
	}
	return next, err
}

func (s *shopper) correct(ctx context.Context, p *paymentv1.Payment) (*paymentv1.Payment, error) {
	s.w.count.corrected.Add(1)
	key, with := s.name("correct"), &paymentv1.Shipment{SlipNumber: s.slip()}
	return s.verbTo(ctx, p, "CorrectShipment", key, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
		return c.CorrectShipment(ctx, &paymentv1.CorrectShipmentRequest{Name: p.GetName(), Shipment: with, RequestId: key}, opts...)
	})
}

// registered are the slips that a payment says are at the provider.
func registered(p *paymentv1.Payment) (slips []string) {
	for _, s := range p.GetShipments() {
		if s.GetRegistered() {
			slips = append(slips, s.GetSlipNumber())
		}
	}
	return slips
}

// compareSlips holds the slips of a payment against those of its trade, and
// against the rule that an order with Yamato delivery is charged by a slip and
// by nothing else (R27). What stands in for another carrier's slip is the
// acceptance number.
func compareSlips(p *paymentv1.Payment, t trade) (faults []string) {
	ours, theirs := registered(p), []string(nil)
	for _, s := range t.slips {
		if s != t.number {
			theirs = append(theirs, s)
		}
	}
	charged := p.GetCapturedAmount() > p.GetRefundedAmount()
	if p.GetDeliveryMethod() == yamato && charged && len(ours) == 0 {
		faults = append(faults, fmt.Sprintf("%s is charged without a slip, missing %v", p.GetName(), p.GetMissingCaptureConditions()))
	}
	if charged && len(p.GetMissingCaptureConditions()) > 0 {
		faults = append(faults, fmt.Sprintf("%s is charged and lacks %v", p.GetName(), p.GetMissingCaptureConditions()))
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	if !slices.Equal(ours, theirs) {
		faults = append(faults, fmt.Sprintf("%s has the slips [%s], and the provider [%s]", p.GetName(), strings.Join(ours, " "), strings.Join(theirs, " ")))
	}
	return faults
}
