package processor

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Times of the sweep.
const (
	sweepEvery = 250 * time.Millisecond
	sweepLease = 3 * acquirer.CallTimeout
	sweepAtOne = 16 // inquiries at once
	// inheritEvery is how often one of several processes looks for what others left behind.
	inheritEvery = 5 * time.Second
	// patience is how long a question of another process is left to that process: by
	// then it has its answer, or hardly lives any more. It is about traffic only: what
	// an answer may mean does not depend on it.
	patience = 5 * time.Second
)

// backoff is how long after a look without a result the next one comes.
// Together with the look at SettleDelay a yes is found within 30 s and a no
// within 60 s while the provider can be reached; nothing is ever given up.
func backoff(tries int) time.Duration {
	steps := [...]time.Duration{time.Second, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 15 * time.Second}
	switch {
	case tries < len(steps):
		return steps[tries]
	case tries < 40:
		return 15 * time.Second
	}
	return 5 * time.Minute
}

// Resume looks after every payment that the books know to be unsettled. It is called
// once, before the first Run; of several processes, by the one that tends for all.
func (p *Processor) Resume(ctx context.Context) error {
	if err := p.forgetOver(ctx); err != nil {
		return err
	}
	n, err := p.inherit(ctx)
	if err == nil && n > 0 {
		p.o.Logger.LogAttrs(ctx, slog.LevelInfo, "payments to look after", slog.Int("count", n))
	}
	return err
}

// Inherit does what Resume does, and again and again until ctx ends: so a payment whose
// process died has somebody. It is for one of several processes on the same books.
func (p *Processor) Inherit(ctx context.Context) {
	tick := time.NewTicker(inheritEvery)
	defer tick.Stop()
	look := p.Resume
	for {
		if err := look(ctx); err != nil && ctx.Err() == nil {
			p.o.Logger.LogAttrs(ctx, slog.LevelWarn, "the books cannot be searched for unsettled payments", slog.Any("error", err))
		} else {
			look = func(ctx context.Context) error { _, err := p.inherit(ctx); return err }
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// inherit queues what is unsettled and not in the queue, and gives how many those are. What
// is in the queue for later, such as a checkout until it ends, and was asked about by another
// process meanwhile, is looked at now.
func (p *Processor) inherit(ctx context.Context) (n int, err error) {
	now := p.o.Clock()
	err = p.o.Ledger.Unsettled(ctx, func(id payment.ID) bool {
		if p.queue.add(id, now) {
			n++
		}
		return true
	})
	if shared, ok := p.o.Ledger.(ledger.Unanswered); ok && err == nil {
		err = shared.Unanswered(ctx, func(id payment.ID) bool {
			p.queue.hasten(id, now)
			return true
		})
	}
	return n, err
}

// Run sweeps until ctx ends.
func (p *Processor) Run(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			p.Sweep(ctx)
		}
	}
}

// Sweep looks once after every payment whose time has come.
func (p *Processor) Sweep(ctx context.Context) {
	p.o.Observer.Waiting(p.queue.size())
	for ctx.Err() == nil {
		ids := p.queue.due(p.o.Clock(), 8*sweepAtOne, sweepLease)
		if len(ids) == 0 {
			return
		}
		var wg sync.WaitGroup
		room := make(chan struct{}, sweepAtOne)
		for _, id := range ids {
			room <- struct{}{}
			wg.Go(func() {
				p.tend(ctx, id)
				<-room
			})
		}
		wg.Wait()
	}
}

// tend looks after one payment: first what is due without asking, then what
// has to be asked.
func (p *Processor) tend(ctx context.Context, id payment.ID) {
	pay, err := p.o.Ledger.Load(ctx, id)
	if err != nil {
		p.o.Logger.LogAttrs(ctx, slog.LevelError, "a payment cannot be read", slog.String("payment", string(id)), slog.Any("error", err))
		p.queue.put(id, p.o.Clock().Add(backoff(p.queue.tries(id))))
		return
	}
	if p.live.has(id) { // its own call will look again when it ends
		return
	}
	if until := p.othersUntil(pay); until.After(p.o.Clock()) {
		p.queue.put(id, until)
		p.queue.note(id, pay.OpenSince())
		return
	}
	var driven []int
	for _, due := range []func(*payment.Payment, payment.Rules) []payment.Event{payment.Tend, payment.TendUnwanted} {
		var attempt int
		if pay, attempt = p.carryOut(ctx, pay, due); p.live.has(id) {
			return
		}
		driven = append(driven, attempt)
	}
	for _, n := range pay.Inquiries(p.o.Clock()) {
		if !slices.Contains(driven, n) { // those were asked about a moment ago, if they had no answer
			pay = p.ask(ctx, pay, n)
		}
	}
	p.look(pay)
}

// othersUntil is how long a payment is left to another process that asked about it and
// may be waiting for the answer; zero: there is none.
func (p *Processor) othersUntil(pay *payment.Payment) (until time.Time) {
	if p.o.Elsewhere == 0 {
		return until
	}
	for i := range pay.Attempts {
		if q := pay.Attempts[i].Open; q != nil && q.Lost.IsZero() && q.Asked.Add(patience).After(until) {
			until = q.Asked.Add(patience)
		}
	}
	return until
}

// carryOut does what is due without an inquiry, and gives the payment after it and the
// attempt whose wish came of it and was driven; 0: none.
func (p *Processor) carryOut(ctx context.Context, pay *payment.Payment, due func(*payment.Payment, payment.Rules) []payment.Event) (*payment.Payment, int) {
	r, _, err := p.rules(Caller{Tenant: pay.Tenant}, nil)
	if err != nil {
		p.log(ctx, slog.LevelError, "cannot look after a payment", pay, 0, err)
		return pay, 0
	}
	r.Now = p.o.Clock()
	events := due(pay, r)
	if len(events) == 0 || p.noteHold(ctx, pay, events, r) != nil { // the next look asks again
		return pay, 0
	}
	after, err := p.write(ctx, pay, events)
	var claimed *ledger.ClaimedError
	if errors.As(err, &claimed) { // a deferred operation whose order another payment has taken
		events = payment.Undefer(pay, payment.OrderNumberTaken, r)
		after, err = p.write(ctx, pay, events)
	}
	switch { // the next look decides anew
	case errors.Is(err, ledger.ErrStale): // changed meanwhile
		return pay, 0
	case err != nil: // the books are down
		p.log(ctx, slog.LevelWarn, "put off", pay, 0, err)
		return pay, 0
	}
	if wish := wished(events); wish != nil {
		return p.drive(ctx, after, wish, nil, nil).payment, wish.Attempt
	}
	return after, 0
}

// look puts a payment into the queue for its next time, or forgets it.
func (p *Processor) look(pay *payment.Payment) {
	next := pay.NextCare()
	if next.IsZero() {
		p.queue.drop(pay.ID)
		return
	}
	now := p.o.Clock()
	if !next.After(now) {
		next = p.soon(pay, now)
	}
	p.queue.put(pay.ID, next)
	p.queue.note(pay.ID, pay.OpenSince())
}

// soon is when a payment that needs somebody now is looked at again: by the
// back-off, and right when a no may first be believed.
func (p *Processor) soon(pay *payment.Payment, now time.Time) time.Time {
	due := now.Add(backoff(p.queue.tries(pay.ID)))
	if q := pay.Question(); q != nil && !q.Lost.IsZero() {
		if ripe := q.Lost.Add(payment.SettleDelay); ripe.After(now) && ripe.Before(due) {
			return ripe
		}
	}
	return due
}
