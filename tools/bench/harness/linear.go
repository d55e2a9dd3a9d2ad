package harness

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/anishathalye/porcupine"
	"google.golang.org/grpc"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// linear sends many verbs at once at one payment, payment after payment, and
// has the history checked: every answer must fit an order in which the calls
// were made one by one (P01, P02).
func linear(ctx context.Context, w *world) error {
	effects := map[string]int{}
	for round := range w.rounds {
		if err := w.race(ctx, round, effects); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if (round+1)%10 == 0 || w.verbose {
			fmt.Printf("%d payments, %d differences\n", round+1, w.book.differences())
		}
	}
	fmt.Printf("answers: %v; histories undecided: %d\n", effects, w.undecided)
	if 50*w.undecided > w.rounds {
		w.book.differ("%d of %d histories could not be decided: the check is worth little", w.undecided, w.rounds)
	}
	return w.finalAudit(ctx)
}

// race is one payment and its callers, each with up to four verbs.
func (w *world) race(ctx context.Context, round int, effects map[string]int) error {
	s := newShopper(w, round)
	q := s.order(tokenApproved)
	first, err := s.do(ctx, "CreatePayment", q.RequestId, "", create(q))
	if err != nil {
		return err
	}
	if first.payment.GetState() != authorized {
		w.book.differ("payment %d was to be authorized: %s %s", round, first.refusal, first.payment.GetState())
		return nil
	}
	began := time.Now()
	var mu sync.Mutex
	var history []porcupine.Operation
	errs := make([]error, w.concurrency)
	var all sync.WaitGroup
	for i := range w.concurrency {
		rng := rand.New(rand.NewPCG(w.seed, uint64(round)<<20|uint64(i)))
		all.Go(func() {
			for n := range 1 + rng.IntN(4) {
				if n > 0 { // let others win, too
					time.Sleep(time.Duration(rng.IntN(40)) * time.Millisecond)
				}
				ops, err := w.verbOnce(ctx, first.payment, rng, began, fmt.Sprintf("race-%d-%d-%d", round, i, n))
				if err != nil {
					errs[i] = err
					return
				}
				op := ops[0]
				out := op.Output.(verbOutput)
				mu.Lock()
				history = append(history, from(i, ops)...)
				effects[op.Input.(verbInput).verb+" "+out.refusal]++
				mu.Unlock()
				if out.refusal == "WRONG_STATE" {
					return
				}
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	w.judge(first.payment, round, history)
	return nil
}

// judge checks one history.
func (w *world) judge(p *paymentv1.Payment, round int, history []porcupine.Operation) {
	start, err := placeOf(p)
	if err != nil {
		w.book.differ("%v", err)
		return
	}
	w.judgeFrom(start, p.GetName(), round, history)
}

func (w *world) judgeFrom(start place, name string, round int, history []porcupine.Operation) {
	model := oneAtATime(start)
	history = thin(history)
	switch porcupine.CheckOperationsTimeout(model, history, 30*time.Second) {
	case porcupine.Ok:
	case porcupine.Unknown:
		w.undecided++
		fmt.Printf("payment %d (%s): the history of %d calls could not be decided within 30 s\n%s", round, name, len(history), tell(model, history))
	default:
		w.book.differ("payment %d (%s): no order of the calls explains the answers:\n%s", round, name, tell(model, history))
	}
}

func tell(model porcupine.Model, history []porcupine.Operation) string {
	text := ""
	for _, op := range history {
		text += fmt.Sprintf("  caller %2d  %8d to %8d µs  %s\n", op.ClientId, op.Call/1000, op.Return/1000, model.DescribeOperation(op.Input, op.Output))
	}
	return text
}

// verbOnce asks for one verb, once. An answer that leaves the question open
// has no end in the history: it may take effect at any time after.
//
// A repeated answer shows the payment as it stands then: the call is one that may
// have happened, and what was shown is a reading of its own.
func (w *world) verbOnce(ctx context.Context, p *paymentv1.Payment, rng *rand.Rand, began time.Time, key string) ([]porcupine.Operation, error) {
	in, send := pick(p.GetName(), rng, key)
	op := porcupine.Operation{Input: in, Call: int64(time.Since(began))}
	r, err := w.persist(ctx, send)
	if err != nil {
		return nil, err
	}
	op.Return = int64(time.Since(began))
	if r.refusal != "" {
		w.count.refused.Add(1)
		op.Output = verbOutput{refusal: r.refusal}
		return []porcupine.Operation{op}, nil
	}
	w.count.answers.Add(1)
	w.book.acknowledge("race", "", r.payment)
	at, err := placeOf(r.payment)
	if err != nil {
		return nil, err
	}
	return observed(op, at, r.replayed, r.payment.GetPendingOperation() != 0), nil
}

// observed is what a call that was answered with a payment adds to the history.
func observed(op porcupine.Operation, at place, replayed, open bool) []porcupine.Operation {
	out := verbOutput{money: at.money, version: at.version}
	get := op.Input.(verbInput).verb == "get"
	if get || !replayed && !open {
		op.Output = out
		return []porcupine.Operation{op}
	}
	reading := op
	reading.Input, reading.Output = verbInput{verb: "get"}, out
	out.unknown = true
	op.Output = out
	if open {
		op.Return = int64(time.Hour)
	}
	return []porcupine.Operation{op, reading}
}

// from names the caller of operations.
func from(caller int, ops []porcupine.Operation) []porcupine.Operation {
	for i := range ops {
		ops[i].ClientId = caller
	}
	return ops
}

func pick(name string, rng *rand.Rand, key string) (verbInput, call) {
	switch n := rng.IntN(100); {
	case n < 30:
		return verbInput{verb: "capture"}, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
			return c.CapturePayment(ctx, &paymentv1.CapturePaymentRequest{Name: name, RequestId: key}, opts...)
		}
	case n < 82:
		amount := int32(1 + rng.IntN(9000))
		return verbInput{"adjust", amount}, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
			return c.AdjustPayment(ctx, &paymentv1.AdjustPaymentRequest{Name: name, Amount: amount, RequestId: key}, opts...)
		}
	case n < 94:
		return verbInput{verb: "cancel"}, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
			return c.CancelPayment(ctx, &paymentv1.CancelPaymentRequest{Name: name, RequestId: key}, opts...)
		}
	}
	return verbInput{verb: "get"}, func(ctx context.Context, c paymentv1.PaymentServiceClient, opts ...grpc.CallOption) (answered, error) {
		return c.GetPayment(ctx, &paymentv1.GetPaymentRequest{Name: name}, opts...)
	}
}

func placeOf(p *paymentv1.Payment) (place, error) {
	s, err := snap(p)
	return place{moneyOf(p), s.version}, err
}
