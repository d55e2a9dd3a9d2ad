package client_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"kessai.dev/kessai/client"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

func TestNewRefuses(t *testing.T) {
	for _, tc := range []struct{ target, key string }{
		{"", "sk_test_demo"},
		{"https://pay.example.jp", "sk_test_demo"},
		{"127.0.0.1:9090", ""},
		{"127.0.0.1:9090", "sk_test_canary\n"},
		{"127.0.0.1:9090", "sk_test_canary キー"},
	} {
		_, err := client.New(tc.target, tc.key)
		if err == nil {
			t.Errorf("New(%q, %q) took it", tc.target, tc.key)
		} else if strings.Contains(err.Error(), "canary") {
			t.Errorf("the error shows the key: %v", err)
		}
	}
}

// The key goes out in the header and nowhere else.
func TestTheKeyIsSentAndNeverPrinted(t *testing.T) {
	const key = "sk_test_canary4711"
	b := &books{faults: []fault{{before: failure(codes.Unauthenticated, "UNAUTHENTICATED")}}}
	target, _ := serve(t, b)
	c, err := client.New(target, key)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	_, failed := c.CreatePayment(t.Context(), order("1396"))
	if !slices.Equal(b.bearers, []string{"Bearer " + key}) {
		t.Errorf("sent %q", b.bearers)
	}
	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "client", c, "value", *c, "error", failed)
	slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "client", c, "value", *c, "error", failed)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		fmt.Fprintf(&logged, verb+verb+verb, c, *c, failed)
	}
	if strings.Contains(logged.String(), "canary4711") || strings.Contains(logged.String(), "63616e617279") {
		t.Errorf("the key was printed:\n%s", logged.String())
	}
}

// R09: outside the loopback the key leaves only over TLS; here the server has
// none, so nothing arrives.
func TestPlaintextOnlyWhereAllowed(t *testing.T) {
	b := &books{}
	target, _ := serve(t, b)
	for _, tc := range []struct {
		name string
		opts []client.Option
		want int
	}{
		{"loopback", nil, 1},
		{"plaintext", []client.Option{client.WithPlaintext()}, 1},
		{"TLS", []client.Option{client.WithTLS(nil)}, 0},
	} {
		b.bearers = nil
		c, err := client.New(target, "sk_test_demo", append(tc.opts, client.WithTries(1))...)
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.CreatePayment(t.Context(), order(tc.name))
		if len(b.bearers) != tc.want || (err == nil) != (tc.want == 1) {
			t.Errorf("%s: %d arrived, %v", tc.name, len(b.bearers), err)
		}
		_ = c.Close()
	}
}

// The promise, section 5: everything an error carries, at its place.
func TestErrorHasEverything(t *testing.T) {
	b := &books{changed: failure(codes.FailedPrecondition, "CAPTURE_CONDITIONS",
		&errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{
			{Field: "shipment.slip_number", Description: "is missing"},
		}},
		&errdetails.PreconditionFailure{Violations: []*errdetails.PreconditionFailure_Violation{
			{Subject: "fulfillment_state", Description: "is not SHIPPED"},
		}},
		after(90*time.Second))}
	c, _, _ := connect(t, b)
	_, err := c.CapturePayment(t.Context(), &paymentv1.CapturePaymentRequest{Name: "payments/x"})
	var e *client.Error
	if !errors.As(fmt.Errorf("shop: %w", err), &e) {
		t.Fatalf("%v is no *client.Error", err)
	}
	if e.Code != codes.FailedPrecondition || e.Reason != client.ReasonCaptureConditions || e.Message != "no" ||
		e.MessageJA != "できません" || e.RetryAfter != 90*time.Second || e.Metadata["payment"] != "payments/x" || e.Unknown {
		t.Errorf("%#v", e)
	}
	want := []client.Violation{
		{Field: "shipment.slip_number", Description: "is missing"},
		{Field: "fulfillment_state", Description: "is not SHIPPED"},
	}
	if !slices.Equal(e.Violations, want) {
		t.Errorf("violations %v", e.Violations)
	}
	if !errors.Is(err, client.ReasonCaptureConditions) || errors.Is(err, client.ReasonNotFound) || errors.Is(err, client.Reason("")) {
		t.Error("errors.Is does not know the reason")
	}
	if status.Code(err) != codes.FailedPrecondition {
		t.Errorf("status.Code is %v", status.Code(err))
	}
	for _, part := range []string{"FailedPrecondition", "CAPTURE_CONDITIONS", "shipment.slip_number: is missing"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q lacks %q", err, part)
		}
	}
}

func TestAllPayments(t *testing.T) {
	b := &books{}
	c, _, _ := connect(t, b)
	var want []string
	for i := range 7 {
		p, err := c.CreatePayment(t.Context(), order(fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, p.GetName())
	}
	// The second page fails once; the walk goes on.
	b.calls, b.faults = 0, []fault{{}, {before: status.Error(codes.Unavailable, "")}}
	var got []string
	for p, err := range c.AllPayments(t.Context(), &paymentv1.ListPaymentsRequest{PageSize: 2}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p.GetName())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	// Leaving early fetches no further page.
	b.calls, b.faults = 0, nil
	for range c.AllPayments(t.Context(), &paymentv1.ListPaymentsRequest{PageSize: 2}) {
		break
	}
	if b.calls != 1 {
		t.Errorf("fetched %d pages", b.calls)
	}
	// A list that runs in a circle ends with an error.
	b.endless = true
	var last error
	for _, err := range c.AllPayments(t.Context(), &paymentv1.ListPaymentsRequest{}) {
		last = err
	}
	if last == nil {
		t.Error("an endless list ended without an error")
	}
}

func TestWatchPayment(t *testing.T) {
	b := &books{}
	c, l, ticks := connect(t, b)
	send := func(then func() error, etags ...string) func(paymentv1.PaymentService_WatchPaymentServer) error {
		return func(out paymentv1.PaymentService_WatchPaymentServer) error {
			for _, etag := range etags {
				if err := out.Send(&paymentv1.WatchPaymentResponse{Payment: &paymentv1.Payment{Etag: etag}}); err != nil {
					return err
				}
			}
			return then()
		}
	}
	b.watchers = []func(paymentv1.PaymentService_WatchPaymentServer) error{
		send(func() error { return status.Error(codes.Unavailable, "stopping") }, "1", "2"),
		func(out paymentv1.PaymentService_WatchPaymentServer) error { l.cut(); return out.Context().Err() },
		send(func() error { return nil }, "2", "3"), // what is known does not come twice
	}
	var got []string
	for p, err := range c.WatchPayment(t.Context(), "payments/x") {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p.GetEtag())
	}
	if !slices.Equal(got, []string{"1", "2", "3"}) || len(ticks.slept) != 2 {
		t.Errorf("saw %v, waited %v", got, ticks.slept)
	}
}

func TestWatchPaymentEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	stay := func(out paymentv1.PaymentService_WatchPaymentServer) error {
		if err := out.Send(&paymentv1.WatchPaymentResponse{Payment: &paymentv1.Payment{Etag: "1"}}); err != nil {
			return err
		}
		<-out.Context().Done()
		return out.Context().Err()
	}
	for _, tc := range []struct {
		name  string
		watch func(paymentv1.PaymentService_WatchPaymentServer) error
		see   func() bool
		want  error
		calls int
	}{
		{"no such payment", func(paymentv1.PaymentService_WatchPaymentServer) error {
			return failure(codes.NotFound, "NOT_FOUND")
		}, nil, client.ReasonNotFound, 1},
		{"the caller leaves", stay, func() bool { return false }, nil, 1},
		{"the server stays away", func(paymentv1.PaymentService_WatchPaymentServer) error {
			return failure(codes.Unavailable, "SHUTTING_DOWN")
		}, nil, errAny, 3},
		{"the context ends", stay, func() bool { cancel(); return true }, context.Canceled, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := &books{watchers: []func(paymentv1.PaymentService_WatchPaymentServer) error{tc.watch}}
			c, _, _ := connect(t, b, client.WithTries(3))
			var last error
			for _, err := range c.WatchPayment(ctx, "payments/x") {
				last = err
				if err == nil && !tc.see() {
					break
				}
			}
			b.mu.Lock()
			defer b.mu.Unlock()
			if b.calls != tc.calls {
				t.Errorf("opened %d streams, want %d", b.calls, tc.calls)
			}
			var e *client.Error
			if (tc.want == nil) != (last == nil) || last != nil && !errors.As(last, &e) {
				t.Errorf("ended with %v, want %v", last, tc.want)
			}
			if tc.want != nil && !errors.Is(tc.want, errAny) && !errors.Is(last, tc.want) {
				t.Errorf("ended with %v, want %v", last, tc.want)
			}
		})
	}
}

var errAny = errors.New("any error")

// The generated clients of other services come through Conn with the same
// errors.
func TestConn(t *testing.T) {
	b := &books{gets: failure(codes.NotFound, "NOT_FOUND")}
	c, _, _ := connect(t, b)
	_, err := paymentv1.NewPaymentServiceClient(c.Conn()).GetPayment(t.Context(), &paymentv1.GetPaymentRequest{Name: "payments/x"})
	if !errors.Is(err, client.ReasonNotFound) {
		t.Errorf("%v is not NOT_FOUND", err)
	}
}
