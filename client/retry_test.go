package client_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"pgregory.net/rapid"

	"kessai.dev/kessai/client"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// The promise, section 4: the answer is lost after the payment was made, and
// the second try with the same key finds the first payment.
func TestConnectionCutAfterThePaymentWasMade(t *testing.T) {
	b := &books{}
	c, l, ticks := connect(t, b)
	b.faults = []fault{{after: func() error { l.cut(); return nil }}}
	request, replayed := order("1396"), false
	payment, err := c.CreatePayment(t.Context(), request, client.Replayed(&replayed))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.order) != 1 || payment.GetName() != b.order[0].GetName() {
		t.Errorf("%d payments were made, got %v", len(b.order), payment)
	}
	if len(b.keys) != 2 || b.keys[0] != b.keys[1] || len(b.keys[0]) < 32 {
		t.Errorf("keys %q, want one random key twice", b.keys)
	}
	if !replayed {
		t.Error("Replayed is not set")
	}
	if request.GetRequestId() != "" {
		t.Error("the caller's request was changed")
	}
	if len(ticks.slept) != 1 || ticks.slept[0] < 100*time.Millisecond || ticks.slept[0] > 200*time.Millisecond {
		t.Errorf("slept %v, want once, 100 to 200 ms", ticks.slept)
	}
}

func TestEachCallHasItsOwnKey(t *testing.T) {
	b := &books{}
	c, _, _ := connect(t, b)
	for _, number := range []string{"1", "2"} {
		if _, err := c.CreatePayment(t.Context(), order(number)); err != nil {
			t.Fatal(err)
		}
	}
	if b.keys[0] == b.keys[1] {
		t.Errorf("two calls had the key %q", b.keys[0])
	}
}

func TestTheCallersKeyIsSent(t *testing.T) {
	b := &books{}
	c, _, _ := connect(t, b)
	named := order("1396")
	named.RequestId = "カート 17"
	for _, tc := range []struct {
		req  *paymentv1.CreatePaymentRequest
		key  string
		want string
	}{
		{order("1396"), "a1", "a1"},
		{named, "", "カート 17"},
		{named, "カート 17", "カート 17"},
	} {
		if _, err := c.CreatePayment(t.Context(), tc.req, client.IdempotencyKey(tc.key)); err != nil {
			t.Fatal(err)
		}
		if got := b.keys[len(b.keys)-1]; got != tc.want {
			t.Errorf("sent %q, want %q", got, tc.want)
		}
	}
}

// Refused here, before anything is sent.
func TestRefusedUnsent(t *testing.T) {
	b := &books{gets: status.Error(codes.Unavailable, "")}
	c, _, _ := connect(t, b)
	named := order("1396")
	named.RequestId = "a1"
	broken := order("\xff")
	_, two := c.CreatePayment(t.Context(), named, client.IdempotencyKey("a2"))
	_, read := c.GetPayment(t.Context(), "payments/x", client.IdempotencyKey("a2"))
	_, encoding := c.CreatePayment(t.Context(), broken)
	_, random := mustClient(t, client.WithRandom(strings.NewReader("short"))).CreatePayment(t.Context(), order("1"))
	over, cancel := context.WithCancel(t.Context())
	cancel()
	_, late := c.CreatePayment(over, order("1"))
	for name, err := range map[string]error{
		"two keys": two, "a key for a read": read, "encoding": encoding, "no randomness": random, "context": late,
	} {
		var e *client.Error
		if !errors.As(err, &e) || e.Tries != 0 || e.Unknown {
			t.Errorf("%s: %#v, want an error without a try", name, err)
		}
	}
	if !errors.Is(late, context.Canceled) {
		t.Errorf("%v is not the context's error", late)
	}
	if len(b.keys) != 0 || b.calls != 0 {
		t.Errorf("sent %d calls", b.calls)
	}
}

// What is an answer is not asked again; what is none is.
func TestWhatIsTriedAgain(t *testing.T) {
	for _, tc := range []struct {
		name string
		err  error
		want int
	}{
		{"UNAVAILABLE of kessai", failure(codes.Unavailable, "BOOKS_UNAVAILABLE"), 3},
		{"UNAVAILABLE of a proxy", status.Error(codes.Unavailable, "502"), 3},
		{"running", failure(codes.Aborted, "REQUEST_RUNNING", after(time.Second)), 3},
		{"rate limit with a time", failure(codes.ResourceExhausted, "", after(time.Second)), 3},
		{"rate limit", status.Error(codes.ResourceExhausted, ""), 1},
		{"ABORTED without a time", failure(codes.Aborted, "ETAG_MISMATCH"), 1},
		{"kessai saw the try's time pass", failure(codes.DeadlineExceeded, "DEADLINE_EXCEEDED"), 3},
		{"fault of kessai", failure(codes.Internal, "INTERNAL"), 1},
		{"a broken stream", status.Error(codes.Internal, "RST_STREAM"), 3},
		{"a proxy's 500", status.Error(codes.Unknown, ""), 3},
		{"state", failure(codes.FailedPrecondition, "WRONG_STATE", after(time.Second)), 1},
		{"argument", failure(codes.InvalidArgument, "INVALID_REQUEST", after(time.Second)), 1},
		{"order number", failure(codes.AlreadyExists, "ORDER_NUMBER_TAKEN", after(time.Second)), 1},
		{"key", failure(codes.Unauthenticated, "UNAUTHENTICATED"), 1},
		{"scope", failure(codes.PermissionDenied, "SCOPE_MISSING"), 1},
		{"the night", failure(codes.Unavailable, "OUTSIDE_SERVICE_HOURS", after(2*time.Hour)), 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := &books{faults: []fault{{before: tc.err}, {before: tc.err}, {before: tc.err}}}
			c, _, _ := connect(t, b, client.WithTries(3))
			_, err := c.CreatePayment(t.Context(), order("1396"))
			var e *client.Error
			if !errors.As(err, &e) {
				t.Fatalf("%v is no *client.Error", err)
			}
			if len(b.keys) != tc.want || e.Tries != tc.want {
				t.Errorf("arrived %d times, Tries %d, want %d", len(b.keys), e.Tries, tc.want)
			}
			if e.IdempotencyKey != b.keys[0] || len(slices.Compact(b.keys)) != 1 {
				t.Errorf("keys %q, in the error %q", b.keys, e.IdempotencyKey)
			}
		})
	}
}

// Reads are repeated; RefreshPayment has no key and is not.
func TestWithoutAKeyOnlyReadsAreTriedAgain(t *testing.T) {
	b := &books{gets: status.Error(codes.Unavailable, "")}
	c, _, _ := connect(t, b, client.WithTries(3))
	_, err := c.GetPayment(t.Context(), "payments/x")
	if b.calls != 3 || err == nil {
		t.Errorf("GetPayment was sent %d times: %v", b.calls, err)
	}
	b.calls = 0
	_, err = c.RefreshPayment(t.Context(), "payments/x")
	var e *client.Error
	if b.calls != 1 || !errors.As(err, &e) || e.Unknown || e.IdempotencyKey != "" {
		t.Errorf("RefreshPayment was sent %d times: %#v", b.calls, e)
	}
}

func TestRetryInfoIsHonoured(t *testing.T) {
	b := &books{faults: []fault{
		{before: failure(codes.Aborted, "REQUEST_RUNNING", after(3*time.Second))},
		{before: failure(codes.Unavailable, "PROVIDER_BUSY", after(7*time.Second))},
	}}
	c, _, ticks := connect(t, b)
	if _, err := c.CreatePayment(t.Context(), order("1396")); err != nil {
		t.Fatal(err)
	}
	for i, least := range []time.Duration{3 * time.Second, 7 * time.Second} {
		if ticks.slept[i] < least || ticks.slept[i] > least+time.Second {
			t.Errorf("wait %d was %v, want %v and a little", i, ticks.slept[i], least)
		}
	}
}

// The context bounds the whole call: no wait begins that it would not outlive.
func TestTheContextBoundsTheWaits(t *testing.T) {
	b := &books{faults: []fault{{before: failure(codes.Unavailable, "PROVIDER_BUSY", after(15*time.Second))}}}
	c, _, ticks := connect(t, b)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, err := c.CreatePayment(ctx, order("1396"))
	var e *client.Error
	if !errors.As(err, &e) || e.RetryAfter != 15*time.Second || len(ticks.slept) != 0 {
		t.Errorf("%v after waits %v", err, ticks.slept)
	}
}

// A caller who leaves in the middle is told that the outcome is not known, and
// with which key to ask.
func TestCanceledInTheMiddle(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	hold := make(chan struct{})
	b := &books{faults: []fault{{after: func() error { cancel(); <-hold; return nil }}}}
	c, _, _ := connect(t, b)
	_, err := c.CreatePayment(ctx, order("1396"))
	close(hold)
	var e *client.Error
	if !errors.As(err, &e) || !e.Unknown || !errors.Is(err, context.Canceled) {
		t.Fatalf("%v, want Unknown and the context's error", err)
	}
	replayed := false
	if _, err := c.CreatePayment(t.Context(), order("1396"),
		client.IdempotencyKey(e.IdempotencyKey), client.Replayed(&replayed)); err != nil {
		t.Fatal(err)
	}
	if len(b.order) != 1 || !replayed {
		t.Errorf("%d payments, replayed %v", len(b.order), replayed)
	}
}

// A try without an answer is given up and made again.
func TestTryTimeout(t *testing.T) {
	hold := make(chan struct{})
	b := &books{}
	c, _, ticks := connect(t, b, client.WithTryTimeout(50*time.Millisecond), client.WithTries(2))
	b.faults = []fault{{after: func() error { <-hold; return nil }}}
	ticks.onWait = func() { close(hold) }
	if _, err := c.CreatePayment(t.Context(), order("1396")); err != nil {
		var e *client.Error
		if !errors.As(err, &e) || !e.Unknown || e.Tries != 2 || !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err) // the second try may be slow too, on a machine that is busy
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(slices.Compact(b.keys)) != 1 || len(b.order) != 1 {
		t.Errorf("keys %q, %d payments", b.keys, len(b.order))
	}
}

// No server: nothing was sent, so nothing is unknown.
func TestNobodyListens(t *testing.T) {
	c := mustClient(t, client.WithTries(2), client.WithClock(&clock{}))
	_, err := c.CreatePayment(t.Context(), order("1396"))
	var e *client.Error
	if !errors.As(err, &e) || e.Code != codes.Unavailable || e.Unknown || e.Tries != 2 {
		t.Errorf("%#v, want UNAVAILABLE, twice, not unknown", err)
	}
}

// Whatever goes wrong on the way, one call makes at most one payment, under one
// key, in no more tries than allowed, and says truly how it ended.
func TestOneCallMakesAtMostOnePayment(t *testing.T) {
	b := &books{}
	c, l, ticks := connect(t, b, client.WithTries(4))
	faults := map[string]fault{
		"refused":    {before: failure(codes.Unavailable, "PROVIDER_BUSY", after(2*time.Second))},
		"running":    {before: failure(codes.Aborted, "REQUEST_RUNNING", after(time.Second))},
		"cut":        {after: func() error { l.cut(); return nil }},
		"lost":       {after: func() error { return status.Error(codes.Unavailable, "502") }},
		"forbidden":  {before: failure(codes.PermissionDenied, "SCOPE_MISSING")},
		"no trouble": {},
	}
	names := []string{"refused", "running", "cut", "lost", "forbidden", "no trouble"}
	rapid.Check(t, func(t *rapid.T) {
		plan := rapid.SliceOfN(rapid.SampledFrom(names), 0, 6).Draw(t, "plan")
		b.mu.Lock()
		b.byKey, b.order, b.keys, b.calls, b.faults = map[string]*paymentv1.Payment{}, nil, nil, 0, nil
		for _, name := range plan {
			b.faults = append(b.faults, faults[name])
		}
		b.mu.Unlock()
		ticks.slept = nil

		payment, err := c.CreatePayment(context.Background(), order("1396"))

		b.mu.Lock()
		defer b.mu.Unlock()
		if len(b.order) > 1 || len(b.keys) > 4 || len(slices.Compact(slices.Clone(b.keys))) != 1 {
			t.Fatalf("%d payments, keys %q", len(b.order), b.keys)
		}
		var e *client.Error
		switch {
		case err == nil && (len(b.order) != 1 || payment.GetName() != b.order[0].GetName()):
			t.Fatalf("answered %v, made %v", payment, b.order)
		case err == nil:
		case !errors.As(err, &e):
			t.Fatalf("%v is no *client.Error", err)
		case len(b.order) == 1 && !e.Unknown && e.Reason != client.ReasonScopeMissing:
			t.Fatalf("a payment was made and the error does not say so: %v", err)
		}
		for _, wait := range ticks.slept {
			if wait < 100*time.Millisecond || wait > 8*time.Second {
				t.Fatalf("waited %v", wait)
			}
		}
	})
}

// The same random source gives the same keys and waits: both are injected.
func TestRandomIsInjected(t *testing.T) {
	b := &books{faults: []fault{{before: status.Error(codes.Unavailable, "")}}}
	c, _, ticks := connect(t, b, client.WithRandom(bytes.NewReader(append(make([]byte, 20), 0x80, 0, 0, 0, 0, 0, 0, 0))))
	if _, err := c.CreatePayment(t.Context(), order("1")); err != nil {
		t.Fatal(err)
	}
	if b.keys[0] != strings.Repeat("0", 32) || ticks.slept[0] != 150*time.Millisecond {
		t.Errorf("key %q, wait %v", b.keys[0], ticks.slept[0])
	}
}

// Details that are not kessai's are not taken for kessai's.
func TestForeignDetails(t *testing.T) {
	st, err := status.New(codes.Internal, "x").WithDetails(&errdetails.ErrorInfo{Domain: "proxy", Reason: "NOT_FOUND"})
	if err != nil {
		t.Fatal(err)
	}
	b := &books{faults: []fault{{before: st.Err()}}}
	c, _, _ := connect(t, b, client.WithTries(1))
	_, err = c.CreatePayment(t.Context(), order("1"))
	if errors.Is(err, client.ReasonNotFound) {
		t.Error("a proxy's reason was taken for kessai's")
	}
}

// mustClient is a client of a port where nobody listens.
func mustClient(t *testing.T, opts ...client.Option) *client.Client {
	t.Helper()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	c, err := client.New(closed.Addr().String(), "sk_test_demo", opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// A page that is larger than grpc-go's own limit arrives.
func TestLargeAnswers(t *testing.T) {
	b := &books{}
	c, _, _ := connect(t, b)
	large := order(strings.Repeat("x", 3<<20))
	for range 2 {
		if _, err := c.CreatePayment(t.Context(), large); err != nil {
			t.Fatal(err)
		}
	}
	page, err := c.ListPayments(t.Context(), &paymentv1.ListPaymentsRequest{PageSize: 2})
	if err != nil || len(page.GetPayments()) != 2 {
		t.Errorf("%d payments, %v", len(page.GetPayments()), err)
	}
}

// Close ends a call that runs, at once and truthfully.
func TestCloseInTheMiddle(t *testing.T) {
	hold := make(chan struct{})
	b := &books{}
	c, _, ticks := connect(t, b)
	b.faults = []fault{{after: func() error { _ = c.Close(); <-hold; return nil }}}
	_, err := c.CreatePayment(t.Context(), order("1396"))
	close(hold)
	var e *client.Error
	if !errors.As(err, &e) || !e.Unknown || e.Tries != 1 || len(ticks.slept) != 0 {
		t.Errorf("%v after waits %v, want Unknown at once", err, ticks.slept)
	}
}
