package client_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"kessai.dev/kessai/client"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// exampleServer stands for `go run ./server`; an example has no test to clean
// up after it, so the program's end does.
type exampleServer struct{ books }

func (*exampleServer) Fatal(args ...any) { log.Fatal(args...) }
func (*exampleServer) Cleanup(func())    {}

func (s *exampleServer) start() string {
	target, _ := serve(s, &s.books)
	return target
}

// A payment: the card token comes from the browser, the key from the shop's
// checkout, so that a shopper who presses twice pays once.
func Example() {
	target := new(exampleServer).start() // in a shop: "127.0.0.1:9090"
	kessai, err := client.New(target, "sk_test_demo")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = kessai.Close() }()

	payment, err := kessai.CreatePayment(context.Background(), &paymentv1.CreatePaymentRequest{
		Amount: 5080, OrderNumber: "1396", CardToken: "SIMAPPROVED00000",
	}, client.IdempotencyKey("checkout-1396"))
	if err != nil {
		log.Fatal(err)
	}
	switch payment.GetState() {
	case paymentv1.Payment_STATE_AUTHORIZED:
		fmt.Println("held:", payment.GetAmount(), "yen")
	case paymentv1.Payment_STATE_DECLINED:
		fmt.Println("declined:", payment.GetDecline().GetReason())
	}
	// Output: held: 5080 yen
}

// The same key with another amount is refused, and the error says which field
// differs.
func ExampleError() {
	target := new(exampleServer).start()
	kessai, err := client.New(target, "sk_test_demo")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = kessai.Close() }()

	for _, amount := range []int32{5080, 4000} {
		_, err = kessai.CreatePayment(context.Background(), &paymentv1.CreatePaymentRequest{
			Amount: amount, OrderNumber: "1396", CardToken: "SIMAPPROVED00000",
		}, client.IdempotencyKey("checkout-1396"))
	}
	var failure *client.Error
	if errors.As(err, &failure) {
		fmt.Println(failure.Reason, failure.Violations[0].Field, failure.MessageJA)
	}
	fmt.Println(errors.Is(err, client.ReasonIdempotencyKeyReused))
	// Output:
	// IDEMPOTENCY_KEY_REUSED amount できません
	// true
}

// AllPayments fetches page after page, as far as the loop goes.
func ExampleClient_AllPayments() {
	target := new(exampleServer).start()
	kessai, err := client.New(target, "sk_test_demo")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = kessai.Close() }()
	for _, number := range []string{"1396", "1397"} {
		if _, err := kessai.CreatePayment(context.Background(), order(number)); err != nil {
			log.Fatal(err)
		}
	}

	for payment, err := range kessai.AllPayments(context.Background(), &paymentv1.ListPaymentsRequest{
		Filter: "state=STATE_AUTHORIZED", PageSize: 1,
	}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(payment.GetOrderNumber(), payment.GetAmount())
	}
	// Output:
	// 1396 5080
	// 1397 5080
}
