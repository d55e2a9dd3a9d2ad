package reconcile

import (
	"context"
	"log/slog"
	"sync"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

var (
	open   = []payment.State{payment.Authorized, payment.Captured}
	closed = []payment.State{payment.Settled, payment.Canceled, payment.Declined, payment.Expired}
)

// choose lists what is asked about: every open payment, everything that needs an
// operator, and a random sample of what is over and not too old for the provider
// to remember.
func (r *Reconciler) choose(ctx context.Context, c processor.Caller, sample int) ([]payment.ID, error) {
	var ids []payment.ID
	seen := map[payment.ID]bool{}
	add := func(p *payment.Payment) {
		if !seen[p.ID] && len(p.Attempts) > 0 {
			seen[p.ID] = true
			ids = append(ids, p.ID)
		}
	}
	if err := r.each(ctx, c, ledger.Filter{States: open, Registrations: true}, add); err != nil {
		return nil, err
	}
	if err := r.each(ctx, c, ledger.Filter{Attention: true, Registrations: true}, add); err != nil {
		return nil, err
	}
	if sample == 0 {
		return ids, nil
	}
	var drawn []*payment.Payment
	n := 0
	err := r.each(ctx, c, ledger.Filter{States: closed, CreatedAfter: r.o.Clock().Add(-lookBack), Registrations: true}, func(p *payment.Payment) {
		if seen[p.ID] || len(p.Attempts) == 0 {
			return
		}
		if n++; len(drawn) < sample {
			drawn = append(drawn, p)
		} else if at := r.o.Random() % uint64(n); at < uint64(sample) { //nolint:gosec // both are counts
			drawn[at] = p
		}
	})
	for _, p := range drawn {
		add(p)
	}
	return ids, err
}

func (r *Reconciler) each(ctx context.Context, c processor.Caller, f ledger.Filter, do func(*payment.Payment)) error {
	for q := (ledger.Query{Filter: f, Limit: pageOf}); ; {
		page, err := r.o.Payments.List(ctx, c, q)
		if err != nil {
			return err
		}
		for _, p := range page.Payments {
			do(p)
		}
		if !page.More {
			return ctx.Err()
		}
		q.Before = page.Next
	}
}

// compare asks about each, a few at a time.
func (r *Reconciler) compare(ctx context.Context, c processor.Caller, ids []payment.ID, run *Run, progress func(Run, int)) error {
	var mu sync.Mutex
	tell := func(count func(*Run)) {
		mu.Lock()
		defer mu.Unlock()
		if count(run); progress != nil {
			progress(*run, len(ids))
		}
	}
	tell(func(*Run) {})
	var wg sync.WaitGroup
	room := make(chan struct{}, atOnce)
	for _, id := range ids {
		room <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			tell(r.one(ctx, c, id))
			<-room
		})
	}
	wg.Wait()
	return ctx.Err()
}

// one asks about one payment, and gives how that counts.
func (r *Reconciler) one(ctx context.Context, c processor.Caller, id payment.ID) func(*Run) {
	var before payment.Payment
	_, _, err := r.o.Payments.Note(ctx, c, id, func(p *payment.Payment, _ payment.Rules) ([]payment.Event, error) {
		before = *p
		return nil, nil
	})
	var after *payment.Payment
	if err == nil {
		after, err = r.o.Payments.Refresh(ctx, c, id)
	}
	if err != nil {
		r.o.Logger.LogAttrs(ctx, slog.LevelWarn, "the provider could not be asked about a payment: the next reconciliation asks again", slog.String("payment", string(id)), slog.Any("error", err))
		return func(run *Run) { run.Failed++ }
	}
	return func(run *Run) {
		run.Asked++
		switch {
		case before.Attention == "" && after.Attention != "":
			run.Differences++
		case before.Attention != "" && after.Attention == "":
			run.Cleared++
		}
		if before.State != payment.Settled && after.State == payment.Settled {
			run.Settled++
		}
	}
}
