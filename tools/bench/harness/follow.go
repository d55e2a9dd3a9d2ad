package harness

import (
	"context"

	"google.golang.org/grpc"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// follow goes on with a payment: changes, captures or cancels it, a few times
// or not at all. A payment with an open question is put aside until it is
// settled.
func (s *shopper) follow(ctx context.Context, p *paymentv1.Payment) error {
	for range s.rng.IntN(4) {
		if p.GetPendingOperation() != 0 {
			break
		}
		next, err := s.move(ctx, p)
		if err != nil || next == nil {
			return err
		}
		p = next
	}
	if p.GetPendingOperation() != 0 {
		s.w.open(p.GetName())
	}
	return nil
}

// move asks for one change that the payment's state allows; nil when it wants
// none or got none.
func (s *shopper) move(ctx context.Context, p *paymentv1.Payment) (*paymentv1.Payment, error) {
	pick := s.rng.IntN(100)
	captured := p.GetState() == paymentv1.Payment_STATE_CAPTURED
	switch {
	case p.GetState() != paymentv1.Payment_STATE_AUTHORIZED && !captured:
		return nil, nil
	case p.GetDeliveryMethod() == yamato:
		return s.send(ctx, p)
	case pick < 40 && !captured:
		return s.capture(ctx, p)
	case pick < 70:
		return s.adjust(ctx, p)
	case pick < 90:
		return s.cancel(ctx, p)
	}
	return nil, nil
}

func (s *shopper) capture(ctx context.Context, p *paymentv1.Payment) (*paymentv1.Payment, error) {
	key := s.name("capture")
	return s.verbTo(ctx, p, "CapturePayment", key, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
		return c.CapturePayment(ctx, &paymentv1.CapturePaymentRequest{Name: p.GetName(), RequestId: key}, opts...)
	})
}

func (s *shopper) adjust(ctx context.Context, p *paymentv1.Payment) (*paymentv1.Payment, error) {
	key, amount := s.name("adjust"), int32(1+s.rng.IntN(9000))
	return s.verbTo(ctx, p, "AdjustPayment", key, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
		return c.AdjustPayment(ctx, &paymentv1.AdjustPaymentRequest{Name: p.GetName(), Amount: amount, RequestId: key}, opts...)
	})
}

func (s *shopper) cancel(ctx context.Context, p *paymentv1.Payment) (*paymentv1.Payment, error) {
	key := s.name("cancel")
	return s.verbTo(ctx, p, "CancelPayment", key, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
		return c.CancelPayment(ctx, &paymentv1.CancelPaymentRequest{Name: p.GetName(), RequestId: key}, opts...)
	})
}

// verb is verbTo, and then goes on with the payment.
func (s *shopper) verb(ctx context.Context, p *paymentv1.Payment, method, key string, send call) error {
	next, err := s.verbTo(ctx, p, method, key, send)
	if err != nil || next == nil {
		return err
	}
	return s.follow(ctx, next)
}

// verbTo asks for one change of a payment that is at rest. Since nobody else
// touches the payment there is one reason for a no: the provider's closing
// hours.
func (s *shopper) verbTo(ctx context.Context, p *paymentv1.Payment, method, key string, send call) (*paymentv1.Payment, error) {
	r, err := s.do(ctx, method, key, p.GetName(), send)
	switch {
	case err != nil:
		return nil, err
	case r.refusal == "OUTSIDE_SERVICE_HOURS":
		s.w.count.refused.Add(1)
		return nil, nil
	case r.refusal != "":
		s.w.book.differ("%s of %s (%s at %s) was refused after %d tries: %s", method, p.GetName(), p.GetState(), p.GetEtag(), r.tries, r.refusal)
		return nil, nil
	}
	s.remember(method, key, p.GetName(), send)
	return r.payment, nil
}
