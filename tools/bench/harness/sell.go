package harness

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// sell has visitors come at fixed times, whatever becomes of the others, until all faults
// have been followed by an eighth of the run. It returns when the last one has left, and
// when the last one came.
func (f *fleet) sell(ctx context.Context, began time.Time, struck *atomic.Int64) (end time.Time, err error) {
	var all sync.WaitGroup
	var inside atomic.Int64
	var failed atomic.Pointer[error]
	for n := 0; failed.Load() == nil; n++ {
		end = began.Add(time.Duration(n) * time.Second / time.Duration(f.rate))
		last := struck.Load()
		if end.Sub(began) >= f.length && last > 0 && end.Sub(time.Unix(0, last)) > f.length/8 {
			break
		}
		if err = sleep(ctx, time.Until(end)); err != nil {
			break
		}
		f.most = max(f.most, int(inside.Add(1)))
		due := end
		all.Go(func() {
			if err := f.visit(ctx, n, due); err != nil {
				failed.CompareAndSwap(nil, &err)
			}
			inside.Add(-1)
		})
	}
	all.Wait()
	if one := failed.Load(); one != nil {
		err = *one
	}
	return end, err
}

// visit is one order: mostly paid at once; then captured, changed, canceled and looked at
// by up to three callers at the same time, which meet at different servers.
func (f *fleet) visit(ctx context.Context, n int, due time.Time) error {
	s := newShopper(f.world, n)
	switch pick := s.rng.IntN(100); {
	case pick < 2:
		return s.twins(ctx)
	case pick < 5:
		return f.buy(ctx, s, tokenDeclined, due)
	case pick < 6:
		f.count.lost.Add(1)
		return f.buy(ctx, s, tokenLost, due)
	}
	return f.buy(ctx, s, tokenApproved, due)
}

func (f *fleet) buy(ctx context.Context, s *shopper, token string, due time.Time) error {
	q := s.order(token)
	r, err := s.do(ctx, "CreatePayment", q.RequestId, "", create(q))
	switch {
	case err != nil:
		return err
	case r.refusal != "":
		f.book.differ("a new order %s was refused: %s", q.OrderNumber, r.refusal)
		return nil
	case r.payment.GetPendingOperation() != 0:
		f.open(r.payment.GetName())
		return nil
	}
	f.seen.begin(r.payment)
	if r.payment.GetState() == authorized && token != tokenDeclined {
		f.sold.add(r.client%len(f.servers), due, time.Now())
		return f.callers(ctx, s, r.payment)
	}
	if token != tokenLost && (r.payment.GetState() == authorized) == (token == tokenDeclined) { // a lost one may have been found out to be either
		f.book.differ("%s is %s with the card %s", r.payment.GetName(), r.payment.GetState(), token)
	}
	return nil
}

// callersAtOnce is how many go on with a payment at once, one of these.
var callersAtOnce = []int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3}

func (f *fleet) callers(ctx context.Context, s *shopper, p *paymentv1.Payment) error {
	n := callersAtOnce[s.rng.IntN(len(callersAtOnce))]
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		rng := rand.New(rand.NewPCG(f.seed, uint64(s.n)<<20|uint64(i+1)))
		all.Go(func() { errs[i] = f.caller(ctx, p, rng, fmt.Sprintf("verb-%d-%d", s.n, i), i) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// caller asks for one or two changes of a payment.
func (f *fleet) caller(ctx context.Context, p *paymentv1.Payment, rng *rand.Rand, key string, number int) error {
	for turn := range 1 + rng.IntN(2) {
		ops, err := f.verbOnce(ctx, p, rng, f.seen.began, fmt.Sprint(key, "-", turn))
		if err != nil {
			return err
		}
		f.seen.add(p.GetName(), from(number, ops)...)
		out := ops[0].Output.(verbOutput)
		if out.unknown {
			f.open(p.GetName())
		}
		if out.refusal == "WRONG_STATE" {
			return nil
		}
	}
	return nil
}
