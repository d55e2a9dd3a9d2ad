package desk

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// How far back the rounds look. After a start a week, for a server that stood
// still; then as long as a checkout may take from its beginning to a late card and
// its challenge. What is older was told of, or lies before the desk was there: a
// year's orders are not told of on the day of an upgrade.
const (
	firstLook = 7 * 24 * time.Hour
	nextLook  = payment.CheckoutTTL + payment.ChallengeTTL + 2*time.Hour
)

var held = []payment.State{payment.Authorized, payment.Captured, payment.Settled}

// Tell writes down, once each, which orders that hold money the shop has not
// confirmed in time (R39). Doing it again does nothing twice. What fails is logged
// and comes with the next round.
func (d *Desk) Tell(ctx context.Context) error {
	var failed []error
	for _, t := range d.tenants() {
		now, within := d.o.Clock(), t.settings.Care.ConfirmWithin()
		look := nextLook + within
		if !d.looked(t.Tenant) {
			look = max(look, firstLook)
		}
		filter := ledger.Filter{
			Confirmed: ledger.IsNot, Told: ledger.IsNot, States: held,
			CreatedAfter: now.Add(-look), CreatedBefore: now.Add(time.Nanosecond - within),
		}
		n, err := d.each(ctx, t, filter, func(ctx context.Context, p *payment.Payment) (bool, error) {
			_, events, err := d.o.Payments.Note(ctx, t.Caller, p.ID, func(p *payment.Payment, r payment.Rules) ([]payment.Event, error) {
				return payment.Unconfirm(p, r), nil
			})
			return len(events) > 0, err
		})
		if err == nil {
			d.look(t.Tenant)
		}
		failed = append(failed, err)
		d.did(ctx, t, didTell, n)
	}
	return errors.Join(failed...)
}

// Begin is for who takes the rounds over from another process: nobody may have done them
// for a while, so what is looked through is as much as after a start.
func (d *Desk) Begin() {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.since)
}

func (d *Desk) looked(t shop.Tenant) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.since[t]
}

func (d *Desk) look(t shop.Tenant) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.since[t] = true
}

// Act does what each shop's rule says about lost orders that were told of, and are
// old enough: registers them, dated by the log, or gives the money back (R40). A
// payment with an open question or a difference is left alone.
func (d *Desk) Act(ctx context.Context) error {
	var failed []error
	for _, t := range d.tenants() {
		care := &t.settings.Care
		if care.Orphans != shop.OrphansRegister && care.Orphans != shop.OrphansCancel {
			continue
		}
		now := d.o.Clock()
		filter := ledger.Filter{
			Confirmed: ledger.IsNot, Told: ledger.Is, States: held,
			CreatedAfter: now.Add(-care.OrphanAge() - firstLook), CreatedBefore: now.Add(time.Nanosecond - care.OrphanAge()),
		}
		n, err := d.each(ctx, t, filter, func(ctx context.Context, p *payment.Payment) (bool, error) {
			return d.act(ctx, t, p)
		})
		failed = append(failed, err)
		d.did(ctx, t, ruleDid[care.Orphans], n)
	}
	return errors.Join(failed...)
}

var ruleDid = map[shop.OrphanRule]string{shop.OrphansRegister: didRegister, shop.OrphansCancel: didCancel}

// act does what the rule says about one order now, if anything.
func (d *Desk) act(ctx context.Context, t tenant, p *payment.Payment) (bool, error) {
	now := d.o.Clock()
	switch p.OrphanDue(t.settings, now) {
	case shop.OrphansRegister:
		_, events, err := d.o.Payments.Note(ctx, t.Caller, p.ID, func(p *payment.Payment, r payment.Rules) ([]payment.Event, error) {
			if p.OrphanDue(&r.Settings, r.Now) != shop.OrphansRegister {
				return nil, nil
			}
			return payment.Register(p, payment.RegisterOrder{From: payment.FromLog}, r)
		})
		return len(events) > 0, err
	case shop.OrphansCancel:
		// The etag: an order that the shop confirms meanwhile is not canceled. The key:
		// what the provider refuses is tried again the next day only.
		r := payment.Request{Method: "CancelLostOrder", Key: string(p.ID) + now.In(shop.Tokyo).Format(" 2006-01-02"), Digest: []byte(Actor)}
		result, err := d.o.Payments.Command(ctx, t.Caller, r, p.ID, payment.Cancel{Etag: p.Etag()})
		return err == nil && !result.Replayed, err
	}
	return false, nil
}

// each does work for every payment that the filter meets, a few at a time, and
// gives for how many it did something. A refusal is the payment's own affair; any
// other error is logged, and the round goes on.
func (d *Desk) each(ctx context.Context, t tenant, f ledger.Filter, work func(context.Context, *payment.Payment) (bool, error)) (int, error) {
	var done atomic.Int64
	var wg sync.WaitGroup
	defer wg.Wait()
	room := make(chan struct{}, atOnce)
	q := ledger.Query{Filter: f, Limit: 200}
	for {
		page, err := d.o.Payments.List(ctx, t.Caller, q)
		if err != nil {
			wg.Wait()
			return int(done.Load()), err
		}
		for _, p := range page.Payments {
			room <- struct{}{}
			wg.Go(func() {
				defer func() { <-room }()
				did, err := work(ctx, p)
				if did {
					done.Add(1)
				}
				d.failed(ctx, p, err)
			})
		}
		if !page.More || ctx.Err() != nil {
			wg.Wait()
			return int(done.Load()), ctx.Err()
		}
		q.Before = page.Next
	}
}

func (d *Desk) failed(ctx context.Context, p *payment.Payment, err error) {
	if err == nil || ctx.Err() != nil {
		return
	}
	level := slog.LevelWarn
	if _, refused := errors.AsType[*payment.Refusal](err); refused {
		level = slog.LevelInfo
	}
	d.o.Logger.LogAttrs(ctx, level, "a lost order is left for the next round", slog.String("payment", string(p.ID)), slog.Any("error", err))
}

// did logs and counts what a round did, never whose.
func (d *Desk) did(ctx context.Context, t tenant, what string, n int) {
	if n > 0 {
		d.o.Count(what, n)
		d.o.Logger.LogAttrs(ctx, slog.LevelInfo, "lost-order desk", slog.String("did", what), slog.String("shop", string(t.Tenant.Shop)), slog.String("environment", string(t.Tenant.Environment)), slog.Int("count", n))
	}
}
