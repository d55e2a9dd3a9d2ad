package client

import (
	"context"
	"errors"
	"io"
	"iter"

	"google.golang.org/grpc"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// WatchPayment gives the payment of that name now and after every change, and
// ends when it can change no more by itself. A broken connection is made anew;
// what changed meanwhile comes as one change, and nothing comes twice in a row.
// An error is the last thing it gives: kessai's no, the context's end, or more
// failures in a row than WithTries allows. Leaving the loop ends the watch.
//
//	for payment, err := range kessai.WatchPayment(ctx, name) { … }
func (c *Client) WatchPayment(ctx context.Context, name string) iter.Seq2[*paymentv1.Payment, error] {
	return func(yield func(*paymentv1.Payment, error) bool) {
		failures, last := 0, ""
		see := func(payment *paymentv1.Payment) bool {
			failures = 0
			if etag := payment.GetEtag(); etag != "" && etag == last {
				return true
			}
			last = payment.GetEtag()
			return yield(payment, nil)
		}
		for {
			err := c.watch(ctx, name, see)
			if err == nil {
				return
			}
			failures++
			failure := newError(ctx, err)
			failure.Tries = failures
			if !transient(failure) || over(ctx, c.conn) || !c.retry.pause(ctx, failures, failure) {
				yield(nil, failure)
				return
			}
		}
	}
}

// watch is one stream. Nil means that it ended, by the server or by see.
func (c *Client) watch(ctx context.Context, name string, see func(*paymentv1.Payment) bool) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	events, err := c.payments.WatchPayment(ctx, &paymentv1.WatchPaymentRequest{Name: name})
	if err != nil {
		return err
	}
	for {
		event, err := events.Recv()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case !see(event.GetPayment()):
			return nil
		}
	}
}

// stream makes the errors of streams ours, also of those that other services
// open on Conn.
func stream(
	ctx context.Context, desc *grpc.StreamDesc, cc *grpc.ClientConn, method string,
	open grpc.Streamer, opts ...grpc.CallOption,
) (grpc.ClientStream, error) {
	inner, err := open(ctx, desc, cc, method, opts...)
	if err != nil {
		return nil, newError(ctx, err)
	}
	return typedStream{ClientStream: inner}, nil
}

type typedStream struct{ grpc.ClientStream }

// RecvMsg gives io.EOF at the end and an *Error for everything else.
func (s typedStream) RecvMsg(m any) error {
	err := s.ClientStream.RecvMsg(m)
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	return newError(s.Context(), err)
}
