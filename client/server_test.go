package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/protoadapt"
	"google.golang.org/protobuf/types/known/durationpb"

	"kessai.dev/kessai/client"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
)

// books is a kessai behind the real service on a real grpc-go server: it keeps
// payments by idempotency key, as the promise says, and can be told to fail.
type books struct {
	paymentv1.UnimplementedPaymentServiceServer

	mu       sync.Mutex
	byKey    map[string]*paymentv1.Payment
	order    []*paymentv1.Payment
	keys     []string // of every call that arrived, in order
	bearers  []string
	calls    int
	faults   []fault // one for each call to come
	watchers []func(paymentv1.PaymentService_WatchPaymentServer) error
	changed  error // what Capture answers
	gets     error // what Get answers
	endless  bool  // a list whose page names itself as the next
	vault    *shelf
}

// fault is what goes wrong with one call: before the payment is made, or after.
type fault struct {
	before error
	after  func() error
}

func (b *books) CreatePayment(
	ctx context.Context, req *paymentv1.CreatePaymentRequest,
) (*paymentv1.CreatePaymentResponse, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	in, _ := metadata.FromIncomingContext(ctx)
	b.bearers = append(b.bearers, in.Get("authorization")...)
	b.keys = append(b.keys, req.GetRequestId())
	var f fault
	if b.calls < len(b.faults) {
		f = b.faults[b.calls]
	}
	b.calls++
	if f.before != nil {
		return nil, f.before
	}
	payment, known := b.byKey[req.GetRequestId()]
	if known && payment.GetAmount() != req.GetAmount() {
		return nil, failure(codes.InvalidArgument, "IDEMPOTENCY_KEY_REUSED", &errdetails.BadRequest{
			FieldViolations: []*errdetails.BadRequest_FieldViolation{{Field: "amount", Description: "was 5080"}},
		})
	}
	if !known {
		payment = &paymentv1.Payment{
			Name: fmt.Sprintf("payments/%020d", len(b.order)), State: paymentv1.Payment_STATE_AUTHORIZED,
			Amount: req.GetAmount(), OrderNumber: req.GetOrderNumber(),
		}
		b.byKey[req.GetRequestId()] = payment
		b.order = append(b.order, payment)
	}
	if f.after != nil {
		if err := f.after(); err != nil {
			return nil, err
		}
	}
	if known {
		if err := grpc.SetHeader(ctx, metadata.Pairs("idempotency-replayed", "true")); err != nil {
			return nil, err
		}
	}
	return &paymentv1.CreatePaymentResponse{Payment: payment}, nil
}

func (b *books) CapturePayment(
	_ context.Context, req *paymentv1.CapturePaymentRequest,
) (*paymentv1.CapturePaymentResponse, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.keys = append(b.keys, req.GetRequestId())
	return nil, b.changed
}

func (b *books) GetPayment(context.Context, *paymentv1.GetPaymentRequest) (*paymentv1.GetPaymentResponse, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls++
	return nil, b.gets
}

func (b *books) RefreshPayment(
	context.Context, *paymentv1.RefreshPaymentRequest,
) (*paymentv1.RefreshPaymentResponse, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls++
	return nil, b.gets
}

// ListPayments gives pages of page_size; every second page is empty, as the
// promise allows.
func (b *books) ListPayments(
	_ context.Context, req *paymentv1.ListPaymentsRequest,
) (*paymentv1.ListPaymentsResponse, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls++
	if b.endless {
		return &paymentv1.ListPaymentsResponse{NextPageToken: "again"}, nil
	}
	if b.calls-1 < len(b.faults) && b.faults[b.calls-1].before != nil {
		return nil, b.faults[b.calls-1].before
	}
	at, empty := 0, false
	if token := req.GetPageToken(); token != "" {
		if _, err := fmt.Sscanf(token, "%d/%t", &at, &empty); err != nil {
			return nil, status.Error(codes.InvalidArgument, "page_token")
		}
	}
	if empty {
		return &paymentv1.ListPaymentsResponse{NextPageToken: fmt.Sprintf("%d/false", at)}, nil
	}
	end := min(at+int(req.GetPageSize()), len(b.order))
	page := &paymentv1.ListPaymentsResponse{Payments: b.order[at:end]}
	if end < len(b.order) {
		page.NextPageToken = fmt.Sprintf("%d/true", end)
	}
	return page, nil
}

func (b *books) WatchPayment(
	_ *paymentv1.WatchPaymentRequest, out paymentv1.PaymentService_WatchPaymentServer,
) error {
	b.mu.Lock()
	b.calls++
	if len(b.watchers) == 0 {
		b.mu.Unlock()
		return status.Error(codes.Unavailable, "nobody watches")
	}
	next := b.watchers[0]
	b.watchers = b.watchers[1:]
	b.mu.Unlock()
	return next(out)
}

// failure is an error as kessai sends it.
func failure(code codes.Code, reason string, more ...protoadapt.MessageV1) error {
	st, err := status.New(code, "no").WithDetails(append([]protoadapt.MessageV1{
		&errdetails.ErrorInfo{Domain: "kessai", Reason: reason, Metadata: map[string]string{"payment": "payments/x"}},
		&errdetails.LocalizedMessage{Locale: "ja", Message: "できません"},
	}, more...)...)
	if err != nil {
		panic(err)
	}
	return st.Err()
}

func after(d time.Duration) protoadapt.MessageV1 {
	return &errdetails.RetryInfo{RetryDelay: durationpb.New(d)}
}

// serve runs the books on a loopback port behind a line that can be cut.
func serve(t interface {
	Fatal(...any)
	Cleanup(func())
}, b *books,
) (string, *line) {
	b.byKey = map[string]*paymentv1.Payment{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	paymentv1.RegisterPaymentServiceServer(server, b)
	if b.vault != nil {
		vaultv1.RegisterVaultServiceServer(server, b.vault)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)

	outside, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &line{listener: outside, to: listener.Addr().String(), open: map[net.Conn]bool{}}
	go l.run()
	t.Cleanup(func() { _ = outside.Close(); l.cut() })
	return outside.Addr().String(), l
}

// line carries connections until it is cut.
type line struct {
	listener net.Listener
	to       string
	mu       sync.Mutex
	open     map[net.Conn]bool
}

func (l *line) run() {
	for {
		near, err := l.listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", l.to)
		if err != nil {
			_ = near.Close()
			continue
		}
		l.mu.Lock()
		l.open[near], l.open[far] = true, true
		l.mu.Unlock()
		go pipe(near, far)
		go pipe(far, near)
	}
}

func pipe(to, from net.Conn) {
	_, _ = io.Copy(to, from)
	_ = errors.Join(to.Close(), from.Close())
}

// cut ends every connection now, whatever is under way on it.
func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.open {
		_ = c.Close()
		delete(l.open, c)
	}
}

// clock does not wait; it writes down what it was asked for.
type clock struct {
	mu     sync.Mutex
	slept  []time.Duration
	onWait func()
}

func (c *clock) Now() time.Time { return time.Now() }

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	c.slept = append(c.slept, d)
	c.mu.Unlock()
	if c.onWait != nil {
		c.onWait()
	}
	return ctx.Err()
}

// connect is a client of the books.
func connect(t testing.TB, b *books, opts ...client.Option) (*client.Client, *line, *clock) {
	t.Helper()
	target, l := serve(t, b)
	ticks := &clock{}
	c, err := client.New(target, "sk_test_demo", append([]client.Option{client.WithClock(ticks)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c, l, ticks
}

func order(number string) *paymentv1.CreatePaymentRequest {
	return &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: number, CardToken: "SIMAPPROVED00000"}
}
