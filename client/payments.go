package client

import (
	"context"
	"iter"

	"google.golang.org/grpc"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// CreatePayment creates a payment. With a card token it is authorized now, and
// a refusal of the card is an answer, STATE_DECLINED; without one it is PENDING
// and its ClientSecret is for the browser. An order number that another payment
// holds is ReasonOrderNumberTaken.
func (c *Client) CreatePayment(
	ctx context.Context, req *paymentv1.CreatePaymentRequest, opts ...grpc.CallOption,
) (*paymentv1.Payment, error) {
	res, err := c.payments.CreatePayment(ctx, req, opts...)
	return res.GetPayment(), err
}

// ConfirmPayment gives a card to a PENDING payment, or another card to a
// DECLINED one.
func (c *Client) ConfirmPayment(
	ctx context.Context, req *paymentv1.ConfirmPaymentRequest, opts ...grpc.CallOption,
) (*paymentv1.Payment, error) {
	res, err := c.payments.ConfirmPayment(ctx, req, opts...)
	return res.GetPayment(), err
}

// GetPayment reads the payment of that name ("payments/…"). One of another shop
// is ReasonNotFound, like one that never was.
func (c *Client) GetPayment(ctx context.Context, name string, opts ...grpc.CallOption) (*paymentv1.Payment, error) {
	res, err := c.payments.GetPayment(ctx, &paymentv1.GetPaymentRequest{Name: name}, opts...)
	return res.GetPayment(), err
}

// ListPayments reads one page, newest first; AllPayments walks over all.
func (c *Client) ListPayments(
	ctx context.Context, req *paymentv1.ListPaymentsRequest, opts ...grpc.CallOption,
) (*paymentv1.ListPaymentsResponse, error) {
	return c.payments.ListPayments(ctx, req, opts...)
}

// AllPayments walks over every payment that matches, newest first, and fetches
// the pages as they are needed; req.PageSize is the size of one, and
// req.PageToken where to begin. An error is the last thing it gives. Each walk
// begins anew.
//
//	for payment, err := range kessai.AllPayments(ctx, &paymentv1.ListPaymentsRequest{
//		Filter: `state=STATE_AUTHORIZED`,
//	}) { … }
func (c *Client) AllPayments(
	ctx context.Context, req *paymentv1.ListPaymentsRequest, opts ...grpc.CallOption,
) iter.Seq2[*paymentv1.Payment, error] {
	return func(yield func(*paymentv1.Payment, error) bool) {
		token := req.GetPageToken()
		for {
			page, err := c.payments.ListPayments(ctx, &paymentv1.ListPaymentsRequest{
				PageSize: req.GetPageSize(), PageToken: token, Filter: req.GetFilter(),
			}, opts...)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, payment := range page.GetPayments() {
				if !yield(payment, nil) {
					return
				}
			}
			if page.GetNextPageToken() == "" {
				return
			}
			if page.GetNextPageToken() == token {
				yield(nil, refuse("the list does not go on: page %q names itself as the next", token))
				return
			}
			token = page.GetNextPageToken()
		}
	}
}

// ListPaymentEvents reads the history of a payment, oldest first (R35).
func (c *Client) ListPaymentEvents(
	ctx context.Context, name string, opts ...grpc.CallOption,
) ([]*paymentv1.PaymentEvent, error) {
	res, err := c.payments.ListPaymentEvents(ctx, &paymentv1.ListPaymentEventsRequest{Parent: name}, opts...)
	return res.GetEvents(), err
}

// CapturePayment charges what is held (売上確定). An order with Yamato delivery
// is charged by its slip instead: ReasonCaptureConditions (R27).
func (c *Client) CapturePayment(
	ctx context.Context, req *paymentv1.CapturePaymentRequest, opts ...grpc.CallOption,
) (*paymentv1.Payment, error) {
	res, err := c.payments.CapturePayment(ctx, req, opts...)
	return res.GetPayment(), err
}

// AdjustPayment changes the amount to req.Amount yen, which is absolute and not
// a difference (利用額変更, R37). From 23:00 to 01:00 Japan time it is
// ReasonOutsideServiceHours with RetryAfter, unless req.AllowDeferral is set.
func (c *Client) AdjustPayment(
	ctx context.Context, req *paymentv1.AdjustPaymentRequest, opts ...grpc.CallOption,
) (*paymentv1.Payment, error) {
	res, err := c.payments.AdjustPayment(ctx, req, opts...)
	return res.GetPayment(), err
}

// PreviewAdjustment tells what the shopper will see if the amount becomes amount
// yen: the lines of the card's statement, what to know before, and a message in
// Japanese and English. Nothing is changed; what AdjustPayment would refuse it
// refuses, too.
func (c *Client) PreviewAdjustment(
	ctx context.Context, name string, amount int32, opts ...grpc.CallOption,
) (*paymentv1.PreviewAdjustmentResponse, error) {
	return c.payments.PreviewAdjustment(ctx, &paymentv1.PreviewAdjustmentRequest{Name: name, Amount: amount}, opts...)
}

// CancelPayment releases a hold or gives a charge back (取消, R35). It never
// cancels the shop's order (R36).
func (c *Client) CancelPayment(
	ctx context.Context, req *paymentv1.CancelPaymentRequest, opts ...grpc.CallOption,
) (*paymentv1.Payment, error) {
	res, err := c.payments.CancelPayment(ctx, req, opts...)
	return res.GetPayment(), err
}

// ReauthorizePayment holds the amount anew (再与信), also after a cancel. From
// 23:00 to 01:00 Japan time it is ReasonOutsideServiceHours with RetryAfter,
// unless req.AllowDeferral is set.
func (c *Client) ReauthorizePayment(
	ctx context.Context, req *paymentv1.ReauthorizePaymentRequest, opts ...grpc.CallOption,
) (*paymentv1.Payment, error) {
	res, err := c.payments.ReauthorizePayment(ctx, req, opts...)
	return res.GetPayment(), err
}

// RefreshPayment makes kessai ask the provider what it knows (取引情報照会). It
// takes no key and is not tried again by itself; calling it twice does no harm.
func (c *Client) RefreshPayment(ctx context.Context, name string, opts ...grpc.CallOption) (*paymentv1.Payment, error) {
	res, err := c.payments.RefreshPayment(ctx, &paymentv1.RefreshPaymentRequest{Name: name}, opts...)
	return res.GetPayment(), err
}

// ClaimConversion gives the conversion of a completed purchase to whoever asks
// first; to everybody after that nil (R08). It is not tried again by itself:
// when it fails with an answer that was lost, nobody can say who had it.
func (c *Client) ClaimConversion(ctx context.Context, name string, opts ...grpc.CallOption) (*paymentv1.Conversion, error) {
	res, err := c.payments.ClaimConversion(ctx, &paymentv1.ClaimConversionRequest{Name: name}, opts...)
	return res.GetConversion(), err
}
