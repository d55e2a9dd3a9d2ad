package load

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// DemoKey is the well-known key of the demo shop.
const DemoKey = "Bearer sk_test_demo"

// Sample is a request as a storefront sends it: an order of two lines with a
// buyer. It has no order number and no idempotency key yet.
func Sample() *paymentv1.CreatePaymentRequest {
	return &paymentv1.CreatePaymentRequest{
		Amount: 5080, CardToken: "SIMAPPROVED00000", ReturnUri: "https://shop.example.co.jp/checkout/return", Customer: "member-00012345", DeliveryMethod: "other", Device: "pc",
		CardHint: &paymentv1.CardSummary{Brand: "visa", LastFour: "4242", Expiry: "12/31"},
		Order: &paymentv1.Order{
			Lines: []*paymentv1.OrderLine{
				{Name: "有機ほうじ茶 100g", Quantity: 2, UnitAmount: 1290},
				{Name: "急須 常滑焼 朱泥 360ml", Quantity: 1, UnitAmount: 2500},
			},
			Buyer: &paymentv1.Buyer{Name: "山田　花子", NameKana: "ヤマダ　ハナコ", Phone: "03-1234-5678", Email: "hanako.yamada@example.co.jp"},
			Total: 5080,
		},
	}
}

// Size is how many bytes the sample has on the wire once it has an order
// number and an idempotency key.
func Size() int { return proto.Size(Numbered(Sample(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0, 1234)) }

// Numbered gives a request its own idempotency key and order number.
func Numbered(r *paymentv1.CreatePaymentRequest, run string, caller, n int) *paymentv1.CreatePaymentRequest {
	id := run + "-" + strconv.Itoa(caller) + "-" + strconv.Itoa(n)
	r.RequestId, r.OrderNumber = id, id
	return r
}

// Clients are connections to a gRPC server, as a few storefront servers would
// hold them.
type Clients []paymentv1.PaymentServiceClient

// Connect opens n connections.
func Connect(addr string, n int) (Clients, func(), error) {
	var clients Clients
	var open []*grpc.ClientConn
	done := func() {
		for _, c := range open {
			_ = c.Close()
		}
	}
	for range n {
		c, err := grpc.NewClient("passthrough:///"+addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			done()
			return nil, nil, err
		}
		open = append(open, c)
		clients = append(clients, paymentv1.NewPaymentServiceClient(c))
	}
	return clients, done, nil
}

// Authorized carries the demo key.
func Authorized(ctx context.Context) context.Context {
	return metadata.AppendToOutgoingContext(ctx, "authorization", DemoKey)
}

// Create gives a Call that creates a new payment each time and takes no
// answer but an authorization. Keys and order numbers are never used twice,
// not even by the next Create.
func (c Clients) Create() Call {
	run := rand.Text()
	return func(ctx context.Context, caller, n int) error {
		r := Numbered(Sample(), run, caller, n)
		out, err := c[(caller+n)%len(c)].CreatePayment(Authorized(ctx), r)
		if err != nil {
			return err
		}
		return Taken(out.GetPayment())
	}
}

// Taken is an error unless the payment is authorized and nothing is open.
func Taken(p *paymentv1.Payment) error {
	if p.GetState() != paymentv1.Payment_STATE_AUTHORIZED || p.GetPendingOperation() != 0 {
		return fmt.Errorf("payment %s is %s, %s open, %v", p.GetName(), p.GetState(), p.GetPendingOperation(), p.GetDecline())
	}
	return nil
}
