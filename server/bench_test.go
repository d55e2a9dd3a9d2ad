package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// BenchmarkCreate is the one path from a native gRPC client to the disk and
// back, with an acquirer that answers at once. It is for profiles
// (-cpuprofile); `make bench` compares with the floor.
func BenchmarkCreate(b *testing.B) {
	f := &Flags{Listen: "127.0.0.1:0", GRPCListen: "127.0.0.1:0", SimulatorListen: "127.0.0.1:0", Data: b.TempDir(), Provider: "instant:0s", Redis: os.Getenv("KESSAI_REDIS")}
	s, err := start(b.Context(), f, "", newLogger(io.Discard, "info"), dayClock())
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := s.stop(b.Context()); err != nil {
			b.Error(err)
		}
	}()
	conn, err := grpc.NewClient("passthrough:///"+s.grpcAddr.String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	client := paymentv1.NewPaymentServiceClient(conn)
	var n atomic.Int64
	b.SetParallelism(128)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := n.Add(1)
			ctx := metadata.AppendToOutgoingContext(b.Context(), "authorization", "Bearer "+demoKey, "idempotency-key", fmt.Sprint("key", i))
			req := &paymentv1.CreatePaymentRequest{
				Amount: 5080, OrderNumber: fmt.Sprint("order", i), CardToken: "SIMAPPROVED00000", Customer: "member_1025", DeliveryMethod: "other",
				Order: &paymentv1.Order{
					Lines: []*paymentv1.OrderLine{{Name: "煎茶 100g", Quantity: 2, UnitAmount: 1800}, {Name: "急須", Quantity: 1, UnitAmount: 1480}},
					Buyer: &paymentv1.Buyer{Name: "黒猫 太郎", NameKana: "クロネコ タロウ", Phone: "03-1234-5678", Email: "taro@example.com"}, Total: 5080,
				},
			}
			if _, err := client.CreatePayment(ctx, req); err != nil {
				b.Fatal(err)
			}
		}
	})
}
