// Package floor is the smallest server that still does all the durable work of
// one authorization. It is what the product is measured against: the ratio of
// the two, in one run on one machine, is what the product's own code costs.
//
// It takes the product's own request and gives the product's own answer, so
// that one load generator drives both. One call is:
//
//  1. Redis SET NX GET PX: claims the idempotency key, or gives the stored answer
//  2. a ledger record of 600 bytes, on disk: the wish
//  3. the acquirer, which is a sleep in this process
//  4. a ledger record of 600 bytes, on disk: the fact
//  5. Redis SET PX: the answer, for repeated calls
//
// It checks nothing, signs nothing, encrypts nothing and finds nothing again.
package floor

import (
	"context"
	"flag"
	"fmt"
	"net"
	"time"

	"github.com/redis/rueidis"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

const (
	recordSize = 600 // bytes of one ledger record
	claimTTL   = 24 * time.Hour
	claimed    = "working"
)

// Main runs the server until it is killed.
func Main(args []string) error {
	flags := flag.NewFlagSet("floor", flag.ContinueOnError)
	listen := flags.String("listen", "", "address to listen on")
	redis := flags.String("redis", "", "address of Redis")
	journal := flags.String("journal", "", "the ledger's file")
	acquirer := flags.Duration("acquirer", 0, "how long the acquirer takes")
	if err := flags.Parse(args); err != nil {
		return err
	}
	books, err := openJournal(*journal)
	if err != nil {
		return err
	}
	client, err := rueidis.NewClient(rueidis.ClientOption{InitAddress: []string{*redis}, DisableCache: true, ForceSingleClient: true})
	if err != nil {
		return fmt.Errorf("redis: %w", err)
	}
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	s := grpc.NewServer(grpc.MaxConcurrentStreams(4096))
	paymentv1.RegisterPaymentServiceServer(s, &service{books: books, redis: client, acquirer: *acquirer})
	return s.Serve(listener)
}

type service struct {
	paymentv1.UnimplementedPaymentServiceServer
	books    *journal
	redis    rueidis.Client
	acquirer time.Duration
}

// CreatePayment does the five steps.
func (s *service) CreatePayment(ctx context.Context, r *paymentv1.CreatePaymentRequest) (*paymentv1.CreatePaymentResponse, error) {
	key := "floor:" + r.GetRequestId()
	before, err := s.claim(ctx, key)
	if err != nil || before != nil {
		return before, err
	}
	wish, err := proto.Marshal(r)
	if err != nil {
		return nil, err
	}
	if err := s.books.append(record(wish)); err != nil {
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	if s.acquirer > 0 {
		time.Sleep(s.acquirer)
	}
	out := answer(r)
	fact, err := proto.Marshal(out)
	if err != nil {
		return nil, err
	}
	if err := s.books.append(record(fact)); err != nil {
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	keep := s.redis.B().Set().Key(key).Value(rueidis.BinaryString(fact)).PxMilliseconds(claimTTL.Milliseconds()).Build()
	if err := s.redis.Do(ctx, keep).Error(); err != nil {
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	return out, nil
}

// claim takes the key, or gives what it led to before.
func (s *service) claim(ctx context.Context, key string) (*paymentv1.CreatePaymentResponse, error) {
	take := s.redis.B().Set().Key(key).Value(claimed).Nx().Get().PxMilliseconds(claimTTL.Milliseconds()).Build()
	old, err := s.redis.Do(ctx, take).AsBytes()
	switch {
	case rueidis.IsRedisNil(err):
		return nil, nil
	case err != nil:
		return nil, status.Error(codes.Unavailable, err.Error())
	case string(old) == claimed:
		return nil, status.Error(codes.Aborted, "the first call is still running")
	}
	out := new(paymentv1.CreatePaymentResponse)
	return out, proto.Unmarshal(old, out)
}

// answer is as large as the product's: the same fields are set.
func answer(r *paymentv1.CreatePaymentRequest) *paymentv1.CreatePaymentResponse {
	now := timestamppb.Now()
	const acceptance = "01K8ABCDEFGHIJKLMNOP"
	return &paymentv1.CreatePaymentResponse{Payment: &paymentv1.Payment{
		Name: "payments/01k8abcdefghijklmnop", Shop: "demo", Environment: "TEST", State: paymentv1.Payment_STATE_AUTHORIZED,
		OrderNumber: r.GetOrderNumber(), AcceptanceNumber: acceptance, Amount: r.GetAmount(), CurrencyCode: "JPY",
		CaptureMode: "AUTHORIZE", InstallmentCount: 1, ApprovalNumber: "123456", Order: r.GetOrder(), Card: r.GetCardHint(),
		Attempts:       []*paymentv1.Attempt{{AcceptanceNumber: acceptance, State: paymentv1.Payment_STATE_AUTHORIZED, CreateTime: now}},
		HoldExpireTime: now, CreateTime: now, UpdateTime: now, Etag: `"3"`, ClientSecret: "cs_0123456789abcdef0123456789abcdef0123456789abcdef",
	}}
}

func record(b []byte) []byte {
	if n := recordSize - len(b); n > 0 {
		b = append(b, make([]byte, n)...)
	}
	return b
}
