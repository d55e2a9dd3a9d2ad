package processor

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// verb is one call of the history, and seen what it answered.
type verb struct {
	op     payment.Operation
	amount money.Yen
}

type seen struct {
	ok     bool
	state  payment.State
	amount money.Yen
}

// model is a payment without concurrency: a call that is answered with success
// took place, with its state and amount at that moment. Refused calls changed
// nothing, so they say nothing, and are left out: they would only multiply what
// the checker has to try.
var model = porcupine.Model{
	Init: func() any { return seen{ok: true, state: payment.Authorized, amount: 5080} },
	Step: func(state, input, output any) (bool, any) {
		s, v, out := state.(seen), input.(verb), output.(seen)
		switch v.op {
		case payment.OpCapture:
			if s.state != payment.Authorized {
				return false, s
			}
			s.state = payment.Captured
		case payment.OpAdjust:
			if s.state == payment.Canceled {
				return false, s
			}
			s.amount = v.amount
		case payment.OpCancel:
			if s.state == payment.Canceled {
				return false, s
			}
			s.state = payment.Canceled
		}
		return out.state == s.state && out.amount == s.amount, s
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprintf("%v -> %v", input, output) },
}

// P01 P02 P36: 64 captures, cancellations and changes at once on one payment
// make a linearisable history, the provider is asked only for the winners, and
// never more is captured than was held.
func TestLinearisable(t *testing.T) {
	for round := range 20 {
		seed := uint64(round)
		t.Logf("seed %d", seed)
		r := newRig(t)
		p := r.create("k", order("1396"))
		random := rand.New(rand.NewPCG(seed, seed))
		verbs := make([]verb, 64)
		for i := range verbs {
			verbs[i] = verb{[]payment.Operation{payment.OpCapture, payment.OpAdjust, payment.OpAdjust, payment.OpCancel}[random.IntN(4)], money.Yen(1 + random.IntN(9000))}
		}
		history := r.race(p.ID, verbs)
		if !porcupine.CheckOperations(model, slices.DeleteFunc(slices.Clone(history), refusedCall)) {
			t.Fatalf("seed %d: not linearisable: %v", seed, history)
		}
		r.agree(p.ID, history)
	}
}

func refusedCall(o porcupine.Operation) bool { return !o.Output.(seen).ok }

// race makes every call at once and notes when each began and ended.
func (r *rig) race(id payment.ID, verbs []verb) []porcupine.Operation {
	began := time.Now()
	history := make([]porcupine.Operation, len(verbs))
	var wg sync.WaitGroup
	for i, v := range verbs {
		wg.Go(func() {
			var c payment.Command
			switch v.op {
			case payment.OpCapture:
				c = payment.Capture{}
			case payment.OpAdjust:
				c = payment.Adjust{Amount: v.amount}
			default:
				c = payment.Cancel{}
			}
			call := int64(time.Since(began))
			result, err := r.command(fmt.Sprint("race", i), id, c)
			out := seen{ok: err == nil}
			if err == nil {
				out.state, out.amount = result.Payment.State, result.Payment.Amount
			}
			history[i] = porcupine.Operation{ClientId: i, Input: v, Call: call, Output: out, Return: int64(time.Since(began))}
		})
	}
	wg.Wait()
	return history
}

// agree holds books, bank and answers against each other.
func (r *rig) agree(id payment.ID, history []porcupine.Operation) {
	r.t.Helper()
	won := 0
	for _, h := range history {
		if h.Output.(seen).ok {
			won++
		}
	}
	p := r.load(id)
	trade, err := r.bank.Inquire(r.t.Context(), noMerchant, p.Acceptance())
	if err != nil || trade.Amount != p.Amount {
		r.t.Fatalf("books %d, provider %+v, %v", p.Amount, trade, err)
	}
	// every answer with success is one call, but for a change to the amount that was there
	if calls := len(r.bank.asked) - 1; calls > won || won == 0 {
		r.t.Fatalf("%d calls to the provider for %d successes", calls, won)
	}
	if p.Captured-p.Refunded > trade.Amount {
		r.t.Fatalf("charged %d of %d held", p.Captured-p.Refunded, trade.Amount)
	}
}
