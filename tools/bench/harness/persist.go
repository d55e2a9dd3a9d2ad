package harness

import (
	"context"
	"fmt"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/tools/bench/load"
)

// answered is any answer that carries a payment.
type answered interface{ GetPayment() *paymentv1.Payment }

// call sends one request to the server of the moment.
type call func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error)

// reply is an answer that means something: a payment, or the reason why not.
type reply struct {
	payment  *paymentv1.Payment
	refusal  string // reason of a definite no; empty: there is a payment
	replayed bool
	tries    int
	client   int // whose connection it came over
}

// again are the reasons that ask the caller to come back with the same key.
// That the books are unavailable is not among them unless somebody harms the books.
var again = map[string]bool{"REQUEST_RUNNING": true, "SHUTTING_DOWN": true, "PROVIDER_BUSY": true, "PROVIDER_UNREACHABLE": true}

const booksUnavailable = "BOOKS_UNAVAILABLE"

// persist sends a request with the same key until it is answered, as a
// storefront must: through kills, restarts and "come back later". It gives up
// when ctx ends, and never on its own.
func (w *world) persist(ctx context.Context, send call) (reply, error) {
	for tries := 1; ; tries++ {
		attempt, cancel := context.WithTimeout(load.Authorized(ctx), 20*time.Second)
		var header metadata.MD
		client := w.client()
		out, err := send(attempt, w.clients[client], grpc.Header(&header))
		cancel()
		replayed := len(header.Get("idempotency-replayed")) > 0
		if replayed {
			w.count.replays.Add(1)
		}
		if err == nil {
			return reply{payment: out.GetPayment(), replayed: replayed, tries: tries, client: client}, nil
		}
		if ctx.Err() != nil {
			return reply{}, ctx.Err()
		}
		reason := reasonOf(err)
		switch {
		case reason == "" && broken(err), again[reason], reason == booksUnavailable && w.booksHarmed:
			w.book.sentAgain(reason)
		case reason == "" || reason == "INTERNAL" || reason == booksUnavailable:
			w.book.differ("an error that must not be: %v", err)
			return reply{}, err
		default:
			return reply{refusal: reason, replayed: replayed, tries: tries}, nil
		}
		select {
		case <-ctx.Done():
			return reply{}, ctx.Err()
		case <-time.After(pause(reason, tries)):
		}
	}
}

func pause(reason string, tries int) time.Duration {
	if reason != "" {
		return time.Duration(min(tries, 10)) * 50 * time.Millisecond
	}
	return 10 * time.Millisecond
}

// broken reports whether the call was cut off: nobody knows what became of it.
func broken(err error) bool {
	switch status.Code(err) {
	case codes.Unavailable, codes.DeadlineExceeded, codes.Canceled:
		return true
	}
	return false
}

// reasonOf is the one word of the error; empty: it was not the server that spoke.
func reasonOf(err error) string {
	for _, d := range status.Convert(err).Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok {
			return strings.TrimPrefix(info.GetReason(), "ERROR_REASON_")
		}
	}
	return ""
}

// get reads a payment, waiting out restarts.
func (w *world) get(ctx context.Context, name string) (*paymentv1.Payment, error) {
	called := time.Now()
	r, err := w.persist(ctx, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
		return c.GetPayment(ctx, &paymentv1.GetPaymentRequest{Name: name}, opts...)
	})
	if err == nil && r.refusal != "" {
		err = fmt.Errorf("%s: %s", name, r.refusal)
	}
	if err == nil && w.seen != nil {
		w.seen.read(r.payment, called, time.Now())
	}
	return r.payment, err
}

// events reads a payment's history, waiting out restarts.
func (w *world) events(ctx context.Context, name string) ([]*paymentv1.PaymentEvent, error) {
	var list []*paymentv1.PaymentEvent
	r, err := w.persist(ctx, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
		out, err := c.ListPaymentEvents(ctx, &paymentv1.ListPaymentEventsRequest{Parent: name}, opts...)
		list = out.GetEvents()
		return nothing{}, err
	})
	if err == nil && r.refusal != "" {
		err = fmt.Errorf("%s: %s", name, r.refusal)
	}
	return list, err
}

// list reads every payment that a filter lets through, waiting out restarts.
func (w *world) list(ctx context.Context, filter string) ([]*paymentv1.Payment, error) {
	var all []*paymentv1.Payment
	for token := ""; ; {
		var page *paymentv1.ListPaymentsResponse
		r, err := w.persist(ctx, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (_ answered, err error) {
			page, err = c.ListPayments(ctx, &paymentv1.ListPaymentsRequest{PageSize: 1000, PageToken: token, Filter: filter}, opts...)
			return nothing{}, err
		})
		if err == nil && r.refusal != "" {
			err = fmt.Errorf("list %s: %s", filter, r.refusal)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, page.GetPayments()...)
		if token = page.GetNextPageToken(); token == "" {
			return all, nil
		}
	}
}

// nothing is an answer without a payment.
type nothing struct{}

// GetPayment gives none.
func (nothing) GetPayment() *paymentv1.Payment { return nil }
