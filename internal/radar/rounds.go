package radar

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/rounds"
	"kessai.dev/kessai/internal/shop"
)

// Rounds are what the radar does by itself, and when. Warnings go out in the
// morning, as they are read by people; making holds anew is looked at every hour,
// since a server may have been down in the morning, and is done once a day.
func (r *Radar) Rounds() []rounds.Round {
	return []rounds.Round{
		{Name: "hold-warnings", At: 6 * time.Hour, Run: r.Warn},
		{Name: "hold-renewals", Every: time.Hour, Run: r.Renew},
	}
}

// Warn writes down, once each, that holds end within 14, 7, 3 and 1 days (P84), and
// that Yamato orders lack their slip (P71). Doing it again tells nothing twice.
// What fails is logged and comes with the next round.
func (r *Radar) Warn(ctx context.Context) error {
	return r.everywhere(ctx, func(*tenant) bool { return true }, func(ctx context.Context, t *tenant, list []hold) {
		now := r.o.Clock()
		ending, late := &work{did: "warned", says: "holds told of that end soon"}, &work{did: "slips", says: "orders told of that lack their slip"}
		for i := range list {
			h := &list[i]
			if payment.WarnDue(payment.DaysBetween(now, h.end()), int(h.warned)) > 0 {
				r.do(ctx, h, ending, func() (bool, error) { return r.tell(ctx, t, h.id, payment.WarnHold) })
			}
			if h.slip && payment.DaysBetween(time.Unix(h.since, 0), now) >= t.care.SlipWithin() {
				r.do(ctx, h, late, func() (bool, error) { return r.tell(ctx, t, h.id, payment.WarnSlip) })
			}
		}
		r.done(ctx, t, ending, late)
	})
}

// tell writes down what a decision says of a payment, and reports whether that was
// anything.
func (r *Radar) tell(ctx context.Context, t *tenant, id payment.ID, decide func(*payment.Payment, payment.Rules) []payment.Event) (bool, error) {
	_, events, err := r.o.Payments.Note(ctx, t.Caller, id, func(p *payment.Payment, rules payment.Rules) ([]payment.Event, error) {
		return decide(p, rules), nil
	})
	return len(events) > 0, err
}

// Renew makes holds anew that end within the shop's number of days: once a day at
// most, outside the hours in which the provider refuses it, and the next day again
// if it said no. A payment that changed meanwhile is left for the next round. When
// the provider cannot be reached the round ends; the next one tries again.
func (r *Radar) Renew(ctx context.Context) error {
	_, closed := shop.ServiceReopens(r.o.Clock())
	wants := func(t *tenant) bool { return !closed && t.care.ReauthorizeDays > 0 }
	return r.everywhere(ctx, wants, func(ctx context.Context, t *tenant, list []hold) {
		now, renewed := r.o.Clock(), &work{did: "renewed", says: "holds made anew"}
		for i := range list {
			h := &list[i]
			switch left := payment.DaysBetween(now, h.end()); {
			case renewed.over.Load() || left > t.care.ReauthorizeDays:
				r.done(ctx, t, renewed)
				return
			case left >= 0:
				r.do(ctx, h, renewed, func() (bool, error) { return r.renew(ctx, t, h) })
			}
		}
		r.done(ctx, t, renewed)
	})
}

// renew makes one hold anew if that is due. The etag: an order that is shipped or
// canceled meanwhile is left alone. The key: the same day it is not asked twice.
func (r *Radar) renew(ctx context.Context, t *tenant, h *hold) (bool, error) {
	p, err := r.load(ctx, h)
	now := r.o.Clock()
	if err != nil || p == nil || !p.RenewDue(t.care, t.contract, now) {
		return false, err
	}
	key := payment.Request{Method: "RenewHold", Key: string(p.ID) + now.In(shop.Tokyo).Format(" 2006-01-02"), Digest: []byte(Actor)}
	result, err := r.o.Payments.Command(ctx, t.Caller, key, p.ID, payment.Reauthorize{Etag: p.Etag()})
	after := result.Payment
	if after != nil && after.Question() == nil && after.RenewRefused && after.RenewTried.After(p.RenewTried) {
		r.o.Count("refused", 1)
	}
	return err == nil && after.HoldExpires.After(p.HoldExpires), err
}

// tenant is a shop that the radar looks after by itself.
type tenant struct {
	processor.Caller
	care     *shop.Care
	contract *shop.Contract
}

// everywhere does work for every tenant that is served now and wants it.
func (r *Radar) everywhere(ctx context.Context, wants func(*tenant) bool, work func(context.Context, *tenant, []hold)) error {
	var failed []error
	now := r.o.Directory.Now()
	for _, id := range now.Tenants() {
		s, contract, _ := now.Contract(id)
		t := &tenant{processor.Caller{Tenant: id, Actor: Actor}, &s.Settings.Care, &contract}
		if !wants(t) {
			continue
		}
		list, err := r.index.of(ctx, id)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		work(ctx, t, list)
		failed = append(failed, ctx.Err())
	}
	return errors.Join(failed...)
}

// work is what a round does for one tenant, a few payments at a time.
type work struct {
	did   string // the word that is counted
	says  string // and the line in the log
	room  sync.WaitGroup
	lanes chan struct{}
	count atomic.Int64
	over  atomic.Bool // the provider cannot be reached
}

// do looks after one hold as soon as there is room. A refusal is the payment's own
// affair; any other error is logged, and the round goes on.
func (r *Radar) do(ctx context.Context, h *hold, w *work, one func() (bool, error)) {
	if ctx.Err() != nil {
		return
	}
	if w.lanes == nil {
		w.lanes = make(chan struct{}, atOnce)
	}
	w.lanes <- struct{}{}
	w.room.Go(func() {
		defer func() { <-w.lanes }()
		did, err := one()
		if did {
			w.count.Add(1)
		}
		if err == nil || ctx.Err() != nil {
			return
		}
		level := slog.LevelWarn
		if _, refused := errors.AsType[*payment.Refusal](err); refused {
			level = slog.LevelInfo
		}
		if _, unsent := errors.AsType[*acquirer.NotSentError](err); unsent {
			w.over.Store(true)
		}
		r.o.Logger.LogAttrs(ctx, level, "a hold is left for the next round", slog.String("payment", string(h.id)), slog.Any("error", err))
	})
}

// done waits for the last and logs what a round did: counts, never whose.
func (r *Radar) done(ctx context.Context, t *tenant, all ...*work) {
	for _, w := range all {
		w.room.Wait()
		if n := w.count.Load(); n > 0 {
			r.o.Count(w.did, int(n))
			r.o.Logger.LogAttrs(ctx, slog.LevelInfo, w.says, slog.String("shop", string(t.Tenant.Shop)), slog.String("environment", string(t.Tenant.Environment)), slog.Int64("count", n))
		}
	}
}
