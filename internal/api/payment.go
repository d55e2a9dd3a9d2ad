package api

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shipping"
)

// paymentService translates: a request into a command, a payment into a
// message. It decides nothing.
type paymentService struct {
	paymentv1.UnsafePaymentServiceServer // a method without a handler does not compile
	a                                    *API
}

// CreatePayment answers with the client secret, also when it is a replay.
func (s *paymentService) CreatePayment(ctx context.Context, r *paymentv1.CreatePaymentRequest) (*paymentv1.CreatePaymentResponse, error) {
	c, cmd := callFrom(ctx), createCommand(r)
	result, err := s.a.o.Payments.Create(ctx, c.who.caller(), s.a.request(c, r), cmd)
	if err != nil {
		return nil, fromPayments(err)
	}
	p := s.a.view(c, result.Payment)
	p.Order = orderMessage(cmd.Order) // what was just written need not be read
	if result.Replayed {
		if p, err = s.answer(ctx, result); err != nil {
			return nil, err
		}
	}
	p.ClientSecret = s.a.ClientSecret(c.who.tenant, result.Payment.ID)
	return &paymentv1.CreatePaymentResponse{Payment: p}, nil
}

// ConfirmPayment gives a card.
func (s *paymentService) ConfirmPayment(ctx context.Context, r *paymentv1.ConfirmPaymentRequest) (*paymentv1.ConfirmPaymentResponse, error) {
	p, err := s.command(ctx, r, r.GetName(), payment.Confirm{Means: meansOf(r), Device: r.GetDevice()})
	if err != nil {
		return nil, err
	}
	return &paymentv1.ConfirmPaymentResponse{Payment: p}, nil
}

// GetPayment reads.
func (s *paymentService) GetPayment(ctx context.Context, r *paymentv1.GetPaymentRequest) (*paymentv1.GetPaymentResponse, error) {
	c := callFrom(ctx)
	id, err := own(c, r.GetName())
	if err != nil {
		return nil, err
	}
	found, err := s.a.o.Payments.Get(ctx, c.who.caller(), id)
	if err != nil {
		return nil, fromPayments(err)
	}
	p, err := s.whole(ctx, found)
	if err != nil {
		return nil, err
	}
	return &paymentv1.GetPaymentResponse{Payment: p}, nil
}

// ListPaymentEvents reads the history (R35).
func (s *paymentService) ListPaymentEvents(ctx context.Context, r *paymentv1.ListPaymentEventsRequest) (*paymentv1.ListPaymentEventsResponse, error) {
	c := callFrom(ctx)
	id, err := own(c, r.GetParent())
	if err != nil {
		return nil, err
	}
	events, err := s.a.o.Payments.History(ctx, c.who.caller(), id)
	if err != nil {
		return nil, fromPayments(err)
	}
	return &paymentv1.ListPaymentEventsResponse{Events: eventMessages(id, events)}, nil
}

// CapturePayment charges.
func (s *paymentService) CapturePayment(ctx context.Context, r *paymentv1.CapturePaymentRequest) (*paymentv1.CapturePaymentResponse, error) {
	p, err := s.command(ctx, r, r.GetName(), payment.Capture{Etag: r.GetEtag()})
	if err != nil {
		return nil, err
	}
	return &paymentv1.CapturePaymentResponse{Payment: p}, nil
}

// AdjustPayment changes the amount.
func (s *paymentService) AdjustPayment(ctx context.Context, r *paymentv1.AdjustPaymentRequest) (*paymentv1.AdjustPaymentResponse, error) {
	p, err := s.command(ctx, r, r.GetName(), payment.Adjust{Amount: money.Yen(r.GetAmount()), Etag: r.GetEtag(), AllowDeferral: r.GetAllowDeferral()})
	if err != nil {
		return nil, err
	}
	return &paymentv1.AdjustPaymentResponse{Payment: p}, nil
}

// CancelPayment releases or gives back.
func (s *paymentService) CancelPayment(ctx context.Context, r *paymentv1.CancelPaymentRequest) (*paymentv1.CancelPaymentResponse, error) {
	p, err := s.command(ctx, r, r.GetName(), payment.Cancel{Etag: r.GetEtag()})
	if err != nil {
		return nil, err
	}
	return &paymentv1.CancelPaymentResponse{Payment: p}, nil
}

// ReauthorizePayment holds anew.
func (s *paymentService) ReauthorizePayment(ctx context.Context, r *paymentv1.ReauthorizePaymentRequest) (*paymentv1.ReauthorizePaymentResponse, error) {
	p, err := s.command(ctx, r, r.GetName(), payment.Reauthorize{Etag: r.GetEtag(), AllowDeferral: r.GetAllowDeferral()})
	if err != nil {
		return nil, err
	}
	return &paymentv1.ReauthorizePaymentResponse{Payment: p}, nil
}

// ShipPayment says that the order was sent.
func (s *paymentService) ShipPayment(ctx context.Context, r *paymentv1.ShipPaymentRequest) (*paymentv1.ShipPaymentResponse, error) {
	to := r.GetShipment()
	p, err := s.command(ctx, r, r.GetName(), payment.Ship{Carrier: shipping.Carrier(to.GetCarrier()), Slip: to.GetSlipNumber(), Etag: r.GetEtag()})
	if err != nil {
		return nil, s.a.aboutSlip(ctx, err, to.GetSlipNumber())
	}
	return &paymentv1.ShipPaymentResponse{Payment: p}, nil
}

// CorrectShipment puts another slip in the place of a registered one.
func (s *paymentService) CorrectShipment(ctx context.Context, r *paymentv1.CorrectShipmentRequest) (*paymentv1.CorrectShipmentResponse, error) {
	p, err := s.command(ctx, r, r.GetName(), payment.CorrectShipment{Slip: r.GetShipment().GetSlipNumber(), Etag: r.GetEtag()})
	if err != nil {
		return nil, s.a.aboutSlip(ctx, err, r.GetShipment().GetSlipNumber())
	}
	return &paymentv1.CorrectShipmentResponse{Payment: p}, nil
}

// RefreshPayment asks the provider.
func (s *paymentService) RefreshPayment(ctx context.Context, r *paymentv1.RefreshPaymentRequest) (*paymentv1.RefreshPaymentResponse, error) {
	c := callFrom(ctx)
	id, err := own(c, r.GetName())
	if err != nil {
		return nil, err
	}
	found, err := s.a.o.Payments.Refresh(ctx, c.who.caller(), id)
	if err != nil {
		return nil, fromPayments(err)
	}
	p, err := s.whole(ctx, found)
	if err != nil {
		return nil, err
	}
	return &paymentv1.RefreshPaymentResponse{Payment: p}, nil
}

// ClaimConversion gives the conversion to whoever asks first (R08).
func (s *paymentService) ClaimConversion(ctx context.Context, r *paymentv1.ClaimConversionRequest) (*paymentv1.ClaimConversionResponse, error) {
	c := callFrom(ctx)
	id, err := own(c, r.GetName())
	if err != nil {
		return nil, err
	}
	p, order, claimed, err := s.a.o.Payments.ClaimConversion(ctx, c.who.caller(), id)
	if err != nil {
		return nil, fromPayments(err)
	}
	if !claimed {
		return &paymentv1.ClaimConversionResponse{AlreadyClaimed: true}, nil
	}
	return &paymentv1.ClaimConversionResponse{Conversion: &paymentv1.Conversion{
		OrderNumber: p.OrderNumber, Amount: int32(p.Amount), CurrencyCode: currency, Lines: orderMessage(order).GetLines(),
	}}, nil
}

// WatchPayment sends the payment whenever it changes, without its order. It
// ends when this process stops.
func (s *paymentService) WatchPayment(r *paymentv1.WatchPaymentRequest, st grpc.ServerStreamingServer[paymentv1.WatchPaymentResponse]) error {
	c := callFrom(st.Context())
	id, err := own(c, r.GetName())
	if err != nil {
		return err
	}
	ctx, cancel := s.a.untilStop(st.Context())
	defer cancel()
	err = s.a.o.Payments.Watch(ctx, c.who.caller(), id, func(p *payment.Payment) error {
		return st.Send(&paymentv1.WatchPaymentResponse{Payment: s.a.view(c, p)})
	})
	if err != nil && s.a.stopped() && st.Context().Err() == nil {
		return shuttingDown()
	}
	return fromPayments(err)
}

// command carries out a command on the payment of that name.
func (s *paymentService) command(ctx context.Context, r proto.Message, name string, cmd payment.Command) (*paymentv1.Payment, error) {
	c := callFrom(ctx)
	id, err := own(c, name)
	if err != nil {
		return nil, err
	}
	result, err := s.a.o.Payments.Command(ctx, c.who.caller(), s.a.request(c, r), id, cmd)
	if err != nil {
		return nil, fromPayments(err)
	}
	return s.answer(ctx, result)
}

// answer shows a result, and says so when it is a replay.
func (s *paymentService) answer(ctx context.Context, r processor.Result) (*paymentv1.Payment, error) {
	if r.Replayed {
		_ = grpc.SetHeader(ctx, metadata.Pairs("idempotency-replayed", "true"))
	}
	return s.whole(ctx, r.Payment)
}

// whole shows a payment with its order, to the shop's own keys.
func (s *paymentService) whole(ctx context.Context, p *payment.Payment) (*paymentv1.Payment, error) {
	c := callFrom(ctx)
	out := s.a.view(c, p)
	if c.who.browser() {
		return out, nil
	}
	order, err := s.a.o.Payments.Order(ctx, c.who.caller(), p.ID)
	if err != nil {
		return nil, fromPayments(err)
	}
	out.Order = currentOrder(p, order)
	return out, nil
}

// own reads a payment's name. A name of no form, and for a browser any payment
// but its own, is not found.
func own(c *call, name string) (payment.ID, error) {
	id, ok := payment.ParseName(name)
	if !ok || c.who.browser() && c.who.secret != id {
		return "", ledger.ErrNotFound
	}
	return id, nil
}

// untilStop gives a context that also ends when the process stops.
func (a *API) untilStop(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		select {
		case <-a.stopping:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}
