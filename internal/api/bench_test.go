package api_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/tripwire"
)

// instantly answers every Create with one payment: what is left is the door.
type instantly struct {
	*fake
	result processor.Result
}

func (i *instantly) Create(context.Context, processor.Caller, payment.Request, processor.Create) (processor.Result, error) {
	return i.result, nil
}

func openBench(b *testing.B) *house {
	b.Helper()
	stand := &instantly{}
	h := open(b, func(o *api.Options) {
		o.Logger = slog.New(tripwire.NewHandler(slog.NewJSONHandler(io.Discard, nil)))
	})
	h.create(b, "1396", approved)
	for _, x := range h.fake.payments {
		stand.result = processor.Result{Payment: x}
	}
	stand.fake = h.fake
	a, err := api.New(api.Options{
		Payments: stand, Vault: h.vault, Shops: struct{ api.Shops }{}, Directory: directory(false), Clock: h.clock, Key: []byte("a key of the tests, thirty-two bytes"),
		Logger: slog.New(tripwire.NewHandler(slog.NewJSONHandler(io.Discard, nil))),
	})
	if err != nil {
		b.Fatal(err)
	}
	h.api = a
	return h
}

// BenchmarkREST is the REST door without a network.
func BenchmarkREST(b *testing.B) {
	h := openBench(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r := httptest.NewRequest(http.MethodPost, "/v1/payments", strings.NewReader(`{"amount":5080,"orderNumber":"1396","cardToken":"SIMAPPROVED00000"}`))
		r.Header.Set("Authorization", "Bearer "+shopKey)
		r.Header.Set("Idempotency-Key", "k")
		w := httptest.NewRecorder()
		h.api.Handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
}

// BenchmarkGRPC is grpc-go's door over loopback, with 64 callers.
func BenchmarkGRPC(b *testing.B) {
	h := openBench(b)
	l := listen(b)
	go func() { _ = h.api.GRPC.Serve(l) }()
	b.Cleanup(h.api.GRPC.Stop)
	conn, err := grpc.NewClient("passthrough:///"+l.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	client := paymentv1.NewPaymentServiceClient(conn)
	ctx := metadata.AppendToOutgoingContext(context.Background(), "authorization", "Bearer "+shopKey)
	var n atomic.Int64
	b.SetParallelism(32)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			_, err := client.CreatePayment(ctx, &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: "1396", CardToken: approved, RequestId: fmt.Sprint(n.Add(1))})
			if err != nil {
				b.Error(err)
				return
			}
		}
	})
}
