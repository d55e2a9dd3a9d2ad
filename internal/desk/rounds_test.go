package desk

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/rounds"
	"kessai.dev/kessai/internal/shop"
)

// R39: an order that holds money and that the shop has not confirmed in time is
// told of once, however often the round comes and the process begins anew; one
// that holds none, or that the shop has, never.
func TestTellOnce(t *testing.T) {
	r := newRig(t)
	lost, charged := r.pay("1", token), r.command(r.pay("2", token).ID, payment.Capture{})
	nothing := r.pay("3", "")
	known := r.pay("4", token)
	if _, _, err := r.Register(t.Context(), asShop, known.ID, payment.RegisterOrder{}); err != nil {
		t.Fatal(err)
	}
	elsewhere := r.payFor(second, "5", token)
	r.shops.Shops["second"].Settings.Care.ConfirmMinutes = 120
	if r.round(r.Tell); r.told(lost.ID) != 0 {
		t.Error("too soon")
	}
	r.later(30 * time.Minute)
	for range 3 {
		r.round(r.Tell)
		r.Desk = r.desk()
		r.round(r.Tell)
		r.later(time.Hour)
	}
	for name, c := range map[string]struct {
		id   payment.ID
		want int
	}{"lost": {lost.ID, 1}, "charged": {charged.ID, 1}, "unpaid": {nothing.ID, 0}, "registered": {known.ID, 0}, "a slower shop's": {elsewhere.ID, 1}} {
		if got := r.told(c.id); got != c.want {
			t.Errorf("%s: told %d times", name, got)
		}
	}
}

// R39: a card that comes late to a checkout, and a week of standing still, are
// looked at, too; a year's orders are not told of on the day of an upgrade.
func TestTellLooksBack(t *testing.T) {
	r := newRig(t)
	old := r.pay("1", token)
	r.later(8 * 24 * time.Hour)
	stood := r.pay("2", token)
	r.later(6 * 24 * time.Hour)
	r.round(r.Tell)
	if r.told(old.ID) != 0 || r.told(stood.ID) != 1 {
		t.Errorf("told %d and %d", r.told(old.ID), r.told(stood.ID))
	}
	late := r.pay("4", "")
	r.later(23 * time.Hour)
	r.command(late.ID, payment.Confirm{Means: payment.Means{Token: "SIMAPPROVED00000"}})
	r.round(r.Tell)
	if r.told(late.ID) != 0 {
		t.Error("the shop has half an hour from the card on")
	}
	r.later(30 * time.Minute)
	if r.round(r.Tell); r.told(late.ID) != 1 {
		t.Error("a late card is not told of")
	}
}

// R40: the shop's rule cancels or registers what is old enough, once; it says so
// in the history; and does nothing about what the shop confirms in time.
func TestAct(t *testing.T) {
	for _, rule := range []shop.OrphanRule{shop.OrphansWait, shop.OrphansRegister, shop.OrphansCancel} {
		r := newRig(t)
		r.care().Orphans = rule
		held, charged, known := r.pay("1", token), r.command(r.pay("2", token).ID, payment.Capture{}), r.pay("3", token)
		elsewhere := r.payFor(second, "1", token) // its shop waits
		for range 27 {
			r.later(time.Hour)
			r.round(r.Tell)
			r.round(r.Act)
			if r.clock().Equal(noon.Add(23 * time.Hour)) {
				if _, _, err := r.Register(t.Context(), asShop, known.ID, payment.RegisterOrder{}); err != nil {
					t.Fatal(err)
				}
				if p := r.load(held.ID); p.State != payment.Authorized || p.Confirmed() {
					t.Errorf("%s: too soon: %+v", rule, p)
				}
			}
		}
		for _, id := range []payment.ID{held.ID, charged.ID} {
			p := r.load(id)
			if canceled, registered := p.State == payment.Canceled, p.OrderDate.Equal(p.Created); canceled != (rule == shop.OrphansCancel) || registered != (rule == shop.OrphansRegister) {
				t.Errorf("%s: %+v", rule, p)
			}
		}
		if p := r.load(known.ID); p.State != payment.Authorized {
			t.Errorf("%s: the shop has it: %+v", rule, p)
		}
		if p := r.load(elsewhere.ID); p.State != payment.Authorized || p.Confirmed() {
			t.Errorf("%s: another shop's: %+v", rule, p)
		}
		if n := r.bank.count(payment.OpCancel); rule == shop.OrphansCancel && n != 2 || rule != shop.OrphansCancel && n != 0 {
			t.Errorf("%s: %d cancels", rule, n)
		}
	}
}

// R40: what the provider refuses is tried again the next day, and not every
// minute; what nobody knows about is left alone.
func TestActLeavesDoubtAlone(t *testing.T) {
	r := newRig(t)
	r.care().Orphans = shop.OrphansCancel
	p := r.pay("1", token)
	r.later(time.Hour)
	r.round(r.Tell)
	r.later(23 * time.Hour)
	r.bank.will("no")
	for range 20 {
		r.round(r.Act)
		r.later(time.Minute)
	}
	if n := r.bank.count(payment.OpCancel); n != 1 {
		t.Errorf("%d cancels in one day", n)
	}
	r.later(24 * time.Hour)
	r.bank.will("lost")
	for range 3 {
		r.round(r.Act)
		r.later(time.Minute)
	}
	if n := r.bank.count(payment.OpCancel); n != 2 || r.load(p.ID).Question() == nil {
		t.Errorf("%d cancels, and %+v", n, r.load(p.ID).Question())
	}
}

// A round goes on when one order fails, and says nothing worse than that it is
// left for the next one.
func TestRoundsEndWithTheirContext(t *testing.T) {
	r := newRig(t)
	r.pay("1", token)
	r.later(time.Hour)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Tell(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if r.round(r.Tell); r.told(r.orphans(Query{})[0].Payment.ID) != 1 {
		t.Error("it is not told of later")
	}
	if _, err := r.Orphans(t.Context(), processor.Caller{Tenant: shop.Tenant{Shop: "nobody", Environment: shop.Test}}, Query{Limit: 1}); err == nil {
		t.Error("a shop that is not there has lost orders")
	}
}

// R39 R40 P103: the rounds, driven by the clock alone, do all of it at their
// times: an order is told of within a minute of its time, the shop's rule follows
// a day later, and personal data goes in the night after its last day.
func TestRoundsByTheClock(t *testing.T) {
	r := newRig(t)
	r.care().Orphans, r.care().RetentionDays = shop.OrphansCancel, 30
	p := r.pay("1", token)
	all := rounds.New(rounds.Options{Clock: r.clock, Logger: slog.New(slog.DiscardHandler)}, r.Rounds()...)
	if err := all.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	pass := func(d, step time.Duration) {
		for ; d > 0; d -= step {
			r.later(step)
			all.Tick(t.Context())
		}
	}
	if pass(31*time.Minute, time.Minute); r.told(p.ID) != 1 {
		t.Errorf("told %d times", r.told(p.ID))
	}
	if pass(24*time.Hour, 5*time.Minute); r.load(p.ID).State != payment.Canceled || r.told(p.ID) != 1 {
		t.Errorf("%+v", r.load(p.ID))
	}
	if pass(29*24*time.Hour, time.Hour); r.erased(p.ID) {
		t.Error("too soon")
	}
	if pass(2*24*time.Hour, time.Hour); !r.erased(p.ID) {
		t.Error("it is kept")
	}
}
