package main

import (
	"fmt"
	"io"
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
	f := &Flags{Listen: "127.0.0.1:0", GRPCListen: "127.0.0.1:0", SimulatorListen: "127.0.0.1:0", Data: b.TempDir(), Provider: "instant:0s"}
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
	b.SetParallelism(64)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := n.Add(1)
			ctx := metadata.AppendToOutgoingContext(b.Context(), "authorization", "Bearer "+demoKey, "idempotency-key", fmt.Sprint("key", i))
			req := &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: fmt.Sprint("order", i), CardToken: "SIMAPPROVED00000"}
			if _, err := client.CreatePayment(ctx, req); err != nil {
				b.Fatal(err)
			}
		}
	})
}
