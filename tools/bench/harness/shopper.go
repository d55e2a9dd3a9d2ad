package harness

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"google.golang.org/grpc"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// The simulator's scenario tokens that the load uses.
const (
	tokenApproved = "SIMAPPROVED00000"
	tokenDeclined = "SIMDECLINED00000"
	tokenLost     = "SIMLOSTANSWER000" // authorized, and the answer is lost
	tokenSilent   = "SIMNOANSWER00000" // nothing happened, and no answer
)

// rude are scenarios in which the provider does what it should, or nothing,
// and says so badly or not at all. What becomes of each is a fact that kessai
// must find out.
var rude = []string{
	"SIMDUPLICATE0000", "SIMSYSTEMERROR00", "SIMBUSYHELD00000", "SIMBUSY000000000", "SIMTIMEOUT999HLD", "SIMHTMLANSWER000",
	"SIMHTML502000000", "SIMHTML502HELD00", "SIMEMPTYANSWER00", "SIMBADXML0000000", "SIMDOUBLEANSWER0",
	"SIMLOSTINQUIRY00", "SIMABORTED000000",
}

// rudeLater are scenarios that authorize, and fail at the first later call.
var rudeLater = []string{
	"SIMLOSTADJUST000", "SIMDROPADJUST000", "SIMLOSTCAPTURE00", "SIMDROPCAPTURE00", "SIMLOCKCAPTURE00",
	"SIMLOSTCANCEL000", "SIMDROPCANCEL000", "SIMCANCELERROR00",
}

// shopper is one storefront: it creates payments, captures, changes and
// cancels them, and asks again with the same key whenever a call breaks. All
// it does to one payment it does in turn, so every answer can be foretold.
type shopper struct {
	w      *world
	rng    *rand.Rand
	n      int
	serial int
	past   []request
	slow   sync.WaitGroup // payments whose answer takes seconds
}

// request is one that was answered, to be sent again later.
type request struct {
	method, key, name string
	send              call
}

func newShopper(w *world, n int) *shopper {
	return &shopper{w: w, n: n, rng: rand.New(rand.NewPCG(w.seed, uint64(n)))}
}

// shop goes on until closing; then it finishes what it has begun.
func (s *shopper) shop(ctx context.Context, closing <-chan struct{}) error {
	defer s.slow.Wait()
	for {
		select {
		case <-closing:
			return nil
		case <-time.After(time.Duration(s.rng.IntN(60)) * time.Millisecond):
		}
		if err := s.once(ctx); err != nil {
			return err
		}
	}
}

// once is one visit: mostly a new payment.
func (s *shopper) once(ctx context.Context) error {
	select {
	case p := <-s.w.ripe: // its open question was settled: go on with it
		return s.follow(ctx, p)
	default:
	}
	switch pick := s.rng.IntN(100); {
	case pick < 8 && len(s.past) > 0:
		return s.repeat(ctx, s.past[s.rng.IntN(len(s.past))])
	case pick < 12:
		return s.authenticate(ctx)
	case pick < 40:
		return s.buy(ctx, tokenApproved)
	case pick < 60:
		return s.parcel(ctx)
	case pick < 64:
		return s.buy(ctx, rudeLater[s.rng.IntN(len(rudeLater))])
	case pick < 66:
		s.w.count.rude.Add(1)
		return s.later(ctx, rude[s.rng.IntN(len(rude))])
	case pick < 78:
		return s.decline(ctx)
	case pick < 86:
		return s.twins(ctx)
	case pick < 92:
		return s.confirm(ctx)
	case pick < 96:
		s.w.count.lost.Add(1)
		return s.later(ctx, tokenLost)
	case pick < 97:
		s.w.count.silent.Add(1)
		return s.later(ctx, tokenSilent)
	default:
		return s.authenticate(ctx)
	}
}

// name gives a key or an order number that was never used before.
func (s *shopper) name(what string) string {
	s.serial++
	return fmt.Sprintf("%s-%d-%d-%d", what, s.w.seed%10000, s.n, s.serial)
}

// do sends a request until it is answered, and enters the answer in the book.
func (s *shopper) do(ctx context.Context, method, key, name string, send call) (reply, error) {
	before := s.w.book.last(name)
	r, err := s.w.persist(ctx, send)
	if err != nil || r.refusal != "" {
		return r, err
	}
	s.w.count.answers.Add(1)
	s.w.book.acknowledge(method, key, r.payment)
	if now, err := snap(r.payment); err == nil && name != "" && (r.payment.GetName() != name || now.version < before) {
		s.w.book.differ("%s of %s at version %d gave %s at version %d", method, name, before, r.payment.GetName(), now.version)
	}
	return r, nil
}

func (s *shopper) remember(method, key, name string, send call) {
	q := request{method, key, name, send}
	if len(s.past) < 200 {
		s.past = append(s.past, q)
		return
	}
	s.past[s.rng.IntN(len(s.past))] = q
}

func create(r *paymentv1.CreatePaymentRequest) call {
	return func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
		return c.CreatePayment(ctx, r, opts...)
	}
}

// order makes a request for a new payment.
func (s *shopper) order(token string) *paymentv1.CreatePaymentRequest {
	number := s.name("order")
	return &paymentv1.CreatePaymentRequest{
		Amount: int32(100 + s.rng.IntN(9000)), OrderNumber: number, CardToken: token, RequestId: "key-" + number, DeliveryMethod: "other",
		Order: &paymentv1.Order{Lines: []*paymentv1.OrderLine{{Name: "煎茶", Quantity: 1, UnitAmount: 1000}}},
	}
}

// buy creates a payment and goes on with it.
func (s *shopper) buy(ctx context.Context, token string) error {
	q := s.order(token)
	if s.rng.IntN(8) == 0 {
		q.CaptureMode = "AUTHORIZE_AND_CAPTURE"
	}
	r, err := s.do(ctx, "CreatePayment", q.RequestId, "", create(q))
	if err != nil {
		return err
	}
	if r.refusal != "" {
		s.w.book.differ("a new order %s was refused: %s", q.OrderNumber, r.refusal)
		return nil
	}
	s.remember("CreatePayment", q.RequestId, r.payment.GetName(), create(q))
	return s.follow(ctx, r.payment)
}

// later buys with a card whose answer takes seconds, beside everything else.
func (s *shopper) later(ctx context.Context, token string) error {
	q := s.order(token)
	s.slow.Go(func() {
		r, err := s.do(ctx, "CreatePayment", q.RequestId, "", create(q))
		switch {
		case err != nil:
		case r.refusal != "":
			s.w.book.differ("a new order %s was refused: %s", q.OrderNumber, r.refusal)
		case r.payment.GetPendingOperation() != 0:
			s.w.open(r.payment.GetName())
		}
	})
	return nil
}

// decline tries a bad card, and sometimes a good one after it.
func (s *shopper) decline(ctx context.Context) error {
	q := s.order(tokenDeclined)
	r, err := s.do(ctx, "CreatePayment", q.RequestId, "", create(q))
	switch {
	case err != nil:
		return err
	case r.refusal != "":
		s.w.book.differ("a new order %s was refused: %s", q.OrderNumber, r.refusal)
		return nil
	case r.payment.GetPendingOperation() != 0:
		s.w.open(r.payment.GetName())
		return nil
	case r.payment.GetState() != paymentv1.Payment_STATE_DECLINED:
		s.w.book.differ("%s was to be declined and is %s", r.payment.GetName(), r.payment.GetState())
		return nil
	}
	s.w.count.declined.Add(1)
	if r.payment.GetDecline().GetHard() || s.rng.IntN(2) == 0 {
		return nil
	}
	return s.card(ctx, r.payment)
}

// confirm creates a payment without a card, and gives one.
func (s *shopper) confirm(ctx context.Context) error {
	q := s.order("")
	r, err := s.do(ctx, "CreatePayment", q.RequestId, "", create(q))
	switch {
	case err != nil:
		return err
	case r.refusal != "":
		s.w.book.differ("a new order %s was refused: %s", q.OrderNumber, r.refusal)
		return nil
	}
	return s.card(ctx, r.payment)
}

// card gives a good card to a payment that has none, or had a bad one.
func (s *shopper) card(ctx context.Context, p *paymentv1.Payment) error {
	key := s.name("confirm")
	return s.verb(ctx, p, "ConfirmPayment", key, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
		return c.ConfirmPayment(ctx, &paymentv1.ConfirmPaymentRequest{Name: p.GetName(), CardToken: tokenApproved, RequestId: key}, opts...)
	})
}

// twins pays one order from two tabs at once: at most one may hold money (P09).
func (s *shopper) twins(ctx context.Context) error {
	s.w.count.twins.Add(1)
	one, two := s.order(tokenApproved), s.order(tokenApproved)
	two.OrderNumber = one.OrderNumber
	var replies [2]reply
	var errs [2]error
	var both sync.WaitGroup
	for i, q := range []*paymentv1.CreatePaymentRequest{one, two} {
		both.Go(func() { replies[i], errs[i] = s.do(ctx, "CreatePayment", q.RequestId, "", create(q)) })
	}
	both.Wait()
	won := 0
	for i, r := range replies {
		switch {
		case errs[i] != nil:
			return errs[i]
		case r.refusal == "ORDER_NUMBER_TAKEN" || r.refusal == "OPERATION_PENDING":
			s.w.count.refused.Add(1)
		case r.refusal != "":
			s.w.book.differ("twin order %s was refused: %s", one.OrderNumber, r.refusal)
		case r.payment.GetPendingOperation() != 0:
			s.w.open(r.payment.GetName())
		case r.payment.GetState() == paymentv1.Payment_STATE_AUTHORIZED:
			won++
		}
	}
	if won > 1 {
		s.w.book.differ("order %s was authorized twice: %s and %s", one.OrderNumber, replies[0].payment.GetName(), replies[1].payment.GetName())
	}
	return nil
}

// repeat sends an answered request once more: it must lead to the same payment.
func (s *shopper) repeat(ctx context.Context, q request) error {
	s.w.count.rechecked.Add(1)
	r, err := s.do(ctx, q.method, q.key, q.name, q.send)
	if err != nil {
		return err
	}
	if r.refusal != "" {
		s.w.book.differ("%s of %s, repeated with key %s, was refused: %s", q.method, q.name, q.key, r.refusal)
	} else if !r.replayed {
		s.w.book.differ("%s of %s, repeated with key %s, was carried out anew", q.method, q.name, q.key)
	}
	return nil
}
