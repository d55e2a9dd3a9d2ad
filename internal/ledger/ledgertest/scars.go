package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// A caller hung up while its entry waited for a place, was told so, and found
// the entry in the books later: it had been queued all the same. Whoever gets
// ctx's error before the queue took the entry must never see it appear.
func scarQueuedCaller(d *desk) {
	ctx, cancel := context.WithCancel(d.Context())
	cancel()
	e := d.author.Open("1396", "a1", nil)
	if err := d.Append(ctx, e); !errors.Is(err, context.Canceled) {
		d.Fatalf("append of a caller who is gone: %v", err)
	}
	if _, err := d.Load(d.Context(), e.Payment); !errors.Is(err, ledger.ErrNotFound) {
		d.Fatalf("its entry is there: %v", err)
	}
	d.append(d.author.Open("1396", "a1", nil)) // and its keys are free
}

// A key that had just been claimed was on its way from memory to the index.
// Who asked the index first and memory second saw it in neither, and the order
// was charged twice. Keys are claimed again here at once, again and again,
// while the index is written as fast as it can be.
func scarMovedClaim(d *desk) {
	for i := range 300 {
		order := fmt.Sprint("o", i)
		p := d.append(d.author.Open(order, fmt.Sprint("r", i), nil))
		for j := range 3 {
			d.refusesClaim(d.author.Open(order, fmt.Sprint("r", i, "-", j), nil), d.author.OrderKey(order), p.ID)
		}
		d.holds(d.author.OrderKey(order), ledger.Holder{Payments: []payment.ID{p.ID}, Sequence: 1})
	}
}

// A reader came back late from the disk with the payment as it had been, and
// put it over the newer one in memory: from then on every command was refused
// as stale. What was acknowledged must be seen by every later read.
func scarLateReader(d *desk) {
	p := d.append(d.author.OpenPending("1396", "a1"))
	id := p.ID
	var acknowledged atomic.Int64
	acknowledged.Store(int64(p.Version))
	stop := make(chan struct{})
	together(5, func(worker int) {
		if worker == 0 {
			defer close(stop)
			d.writeOn(p, &acknowledged)
			return
		}
		for {
			select {
			case <-stop:
				return
			default:
			}
			least := acknowledged.Load()
			have, err := d.Load(context.Background(), id)
			if err != nil || int64(have.Version) < least {
				d.Errorf("version %d was acknowledged, read %v, %v", least, have, err)
				return
			}
		}
	})
}

// Who found a payment by what it had just claimed, loaded it as it was before: the
// claim showed the moment it was durable, the payment once the caller who appended
// had his turn. An order that wanted to share a slip decided by the old one, and was
// refused, again and again.
func scarLateOwner(d *desk) {
	p := d.append(d.author.OpenPending("1396", "a1"))
	tenant := p.Tenant
	key := func(i int) ledger.Key {
		return ledger.Key{Kind: ledger.KeySlip, Tenant: tenant, Value: fmt.Sprint("s", i)}
	}
	const claims = 200
	var at atomic.Int64
	together(4, func(worker int) {
		for i := range claims {
			if worker == 0 {
				e := d.author.Next(p, payment.Event{Kind: payment.KindUnchanged})
				e.Claims = []ledger.Claim{{Key: key(i)}}
				if err := d.Append(context.Background(), e); err != nil {
					d.Errorf("append: %v", err)
					at.Store(claims)
					return
				}
				p = e.After
				at.Store(int64(i) + 1)
				continue
			}
			for at.Load() <= int64(i) {
				holder, err := d.Find(context.Background(), key(i))
				if errors.Is(err, ledger.ErrNotFound) {
					continue
				}
				have, wrong := d.Load(context.Background(), holder.Holds())
				if err != nil || wrong != nil || have.Version < holder.Sequence {
					d.Errorf("claimed by event %d, loaded %+v; %v, %v", holder.Sequence, have, err, wrong)
					return
				}
			}
		}
	})
}

// writeOn appends to p, and opens others that push it out of memory.
func (d *desk) writeOn(p *payment.Payment, acknowledged *atomic.Int64) {
	for i := range 200 {
		e := d.author.Next(p, payment.Event{Kind: payment.KindUnchanged})
		p = e.After
		if err := d.Append(context.Background(), e); err != nil {
			d.Errorf("append: %v", err)
			return
		}
		acknowledged.Store(int64(p.Version))
		if err := d.Append(context.Background(), d.author.Open(fmt.Sprint("o", i), fmt.Sprint("r", i), nil)); err != nil {
			d.Errorf("append: %v", err)
			return
		}
	}
}

// An erasure and an append with private data met. The append had taken its
// key before, put it back after, and the person was readable again.
func scarEraseRace(d *desk) {
	for i := range 30 {
		p := d.append(d.author.Open(fmt.Sprint("o", i), fmt.Sprint("r", i), nil))
		e := Fact(p, payment.KindChallenged, 0)
		e.Private = []byte(secret2)
		next := d.author.Next(p, e)
		together(2, func(worker int) {
			var err error
			if worker == 0 {
				err = d.Erase(context.Background(), p.ID)
			} else {
				err = d.Append(context.Background(), next)
			}
			if err != nil {
				d.Errorf("worker %d: %v", worker, err)
			}
		})
		if private, err := d.Reveal(d.Context(), p.ID, 3); private != nil || err != nil && !errors.Is(err, ledger.ErrErased) {
			d.Fatalf("erased, and revealed: %q, %v", private, err)
		}
	}
}
