package radar

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// P84: day by day, with restarts in between and two radars at once, each hold is
// told of 14, 7, 3 and 1 days before its end, once each; one that is charged or
// held anew is not told of any more.
func TestWarn(t *testing.T) {
	r := newRig(t)
	quiet, charged, anew, elsewhere := r.hold("1"), r.hold("2"), r.hold("3"), r.holdFor(second, "4")
	for day := range 70 {
		r.at(noon.AddDate(0, 0, day).Add(-6 * time.Hour))
		if day == 50 {
			r.command(charged.ID, payment.Capture{})
			r.command(anew.ID, payment.Reauthorize{})
		}
		if day%10 == 0 {
			r.begin()
		}
		other := New(r.o) // another process
		var both sync.WaitGroup
		for _, radar := range []*Radar{r.Radar, other} {
			both.Go(func() { r.round(radar.Warn) })
		}
		both.Wait()
	}
	for _, c := range []struct {
		p    *payment.Payment
		want []int
	}{{quiet, []int{14, 7, 3, 1}}, {charged, []int{14}}, {anew, []int{14}}, {elsewhere, []int{14, 7, 3, 1}}} {
		if got := r.days(c.p.ID, payment.KindHoldExpiring); !slices.Equal(got, c.want) {
			t.Errorf("order %s: told %v, want %v", c.p.OrderNumber, got, c.want)
		}
	}
	if n := r.counted("warned"); n != 10 {
		t.Errorf("%d warnings counted", n)
	}
}

// P71: an order with Yamato delivery that lacks its slip after the shop's days is
// told of once, before anything is given back by itself.
func TestWarnSlips(t *testing.T) {
	r := newRig(t)
	r.care().SlipDays = 3
	late, sent, other := r.hold("1", yamato), r.hold("2", yamato), r.hold("3")
	slow := r.holdFor(second, "4", yamato) // its shop takes the usual seven days
	r.command(sent.ID, payment.Ship{Carrier: "yamato"})
	for day := range 9 {
		r.at(noon.AddDate(0, 0, day))
		for range 2 {
			r.round(r.Warn)
		}
		if day == 2 && len(r.days(late.ID, payment.KindSlipLate)) > 0 {
			t.Error("told too soon")
		}
	}
	for _, c := range []struct {
		p    *payment.Payment
		want []int
	}{{late, []int{3}}, {sent, []int{3}}, {other, nil}, {slow, []int{7}}} {
		if got := r.days(c.p.ID, payment.KindSlipLate); !slices.Equal(got, c.want) {
			t.Errorf("order %s: told %v, want %v", c.p.OrderNumber, got, c.want)
		}
	}
}

// A hold is made anew once, in the morning of the shop's day, however often the
// round comes; another shop's, whose rule is not to, is left to lapse. P84
func TestRenew(t *testing.T) {
	r := newRig(t)
	r.care().ReauthorizeDays = 3
	p, elsewhere := r.hold("1"), r.holdFor(second, "2")
	day := time.Date(2027, 1, 20, 0, 0, 0, 0, shop.Tokyo) // three days before the last
	for hour := range 24 {
		r.at(day.Add(time.Duration(hour) * time.Hour))
		r.round(r.Renew)
		if n, want := r.bank.count(payment.OpReauthorize), hour >= 4; (n == 1) != want || n > 1 {
			t.Fatalf("at %d o'clock: %d times", hour, n)
		}
	}
	if got := r.read(p.ID); got.DaysLeft(day) != 60 || got.RenewRefused {
		t.Errorf("%d days left", got.DaysLeft(day))
	}
	history, err := r.books.History(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	if last := history[len(history)-2]; last.Kind != payment.KindAsked || last.Actor != Actor {
		t.Errorf("%+v", last)
	}
	if n := r.counted("renewed"); n != 1 || r.counted("refused") != 0 {
		t.Errorf("%d counted", n)
	}
	if got := r.read(elsewhere.ID); got.DaysLeft(day) != 3 {
		t.Errorf("the other shop's: %d days left", got.DaysLeft(day))
	}
}

// Refused, it is tried the next day again, once; with a lost answer it waits for
// the provider's word; and a radar that begins anew knows all that. P37
func TestRenewTriesAgain(t *testing.T) {
	r := newRig(t)
	r.care().ReauthorizeDays = 3
	p := r.hold("1")
	times := func(how string, at time.Time, want int) {
		t.Helper()
		r.bank.will(how)
		before := r.bank.count(payment.OpReauthorize)
		for hour := range 24 {
			r.at(at.Add(time.Duration(hour) * time.Hour))
			if hour%6 == 0 {
				r.begin()
			}
			r.round(r.Renew)
		}
		if n := r.bank.count(payment.OpReauthorize) - before; n != want {
			t.Errorf("%q on %s: asked %d times, want %d", how, at.Format(time.DateOnly), n, want)
		}
	}
	day := time.Date(2027, 1, 19, 0, 0, 0, 0, shop.Tokyo)
	times("no", day, 0)
	times("no", day.AddDate(0, 0, 1), 1)
	times("no", day.AddDate(0, 0, 2), 1)
	if got := r.list(first, Query{Limit: 1})[0]; !slices.Equal(got.Risks, []payment.HoldRisk{payment.RiskRefusedBefore}) {
		t.Errorf("%+v", got)
	}
	times("lost", day.AddDate(0, 0, 3), 1)
	times("", day.AddDate(0, 0, 4), 0) // nobody knows yet
	if r.read(p.ID).Question() == nil {
		t.Error("the question is gone")
	}
	if n := r.counted("refused"); n != 2 || r.counted("renewed") != 0 {
		t.Errorf("%d refusals counted", n)
	}
}

// While the provider cannot be reached a round ends early and changes nothing; the
// next one makes up for it the same day.
func TestRenewAway(t *testing.T) {
	r := newRig(t)
	r.care().ReauthorizeDays = 3
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"} {
		r.hold(n)
	}
	r.at(time.Date(2027, 1, 20, 4, 0, 0, 0, shop.Tokyo))
	r.bank.will("away")
	r.round(r.Renew)
	if n := r.bank.count(payment.OpReauthorize); n == 0 || n > 2*atOnce+1 {
		t.Errorf("asked %d times of a provider who is away", n)
	}
	r.bank.will("")
	r.later(time.Hour)
	r.round(r.Renew)
	for _, h := range r.list(first, Query{Limit: 100}) {
		if h.DaysLeft != 60 {
			t.Errorf("order %s: %d days left", h.Payment.OrderNumber, h.DaysLeft)
		}
	}
}

// What nobody wants any more, or is about to be shipped, is left alone.
func TestRenewLeavesAlone(t *testing.T) {
	r := newRig(t)
	r.care().ReauthorizeDays = 3
	called, changed := r.hold("1"), r.hold("2")
	yes := true
	if _, err := r.processor.UpdateOrder(t.Context(), asShop, called.ID, payment.UpdateOrder{Canceled: &yes}); err != nil {
		t.Fatal(err)
	}
	r.at(time.Date(2027, 1, 19, 23, 30, 0, 0, shop.Tokyo))
	r.command(changed.ID, payment.Adjust{Amount: 4000, AllowDeferral: true})
	r.at(time.Date(2027, 1, 20, 12, 0, 0, 0, shop.Tokyo))
	r.round(r.Renew)
	if n := r.bank.count(payment.OpReauthorize); n != 0 {
		t.Errorf("%d", n)
	}
}

// meddler changes a payment between the radar's look and its command.
type meddler struct {
	*processor.Processor
	first func(payment.ID)
}

func (m meddler) Command(ctx context.Context, c processor.Caller, r payment.Request, id payment.ID, cmd payment.Command) (processor.Result, error) {
	m.first(id)
	return m.Processor.Command(ctx, c, r, id, cmd)
}

// P36: an order that is canceled while the radar is about to hold its money anew is
// left alone.
func TestRenewYields(t *testing.T) {
	r := newRig(t)
	r.care().ReauthorizeDays = 3
	p := r.hold("1")
	r.o.Payments = meddler{r.processor, func(id payment.ID) {
		yes := true
		if _, err := r.processor.UpdateOrder(t.Context(), asShop, id, payment.UpdateOrder{Canceled: &yes}); err != nil {
			t.Error(err)
		}
	}}
	r.at(time.Date(2027, 1, 20, 12, 0, 0, 0, shop.Tokyo))
	for range 3 {
		r.round(r.Renew)
		r.later(time.Hour)
	}
	if n := r.bank.count(payment.OpReauthorize); n != 0 || !r.read(p.ID).OrderCanceled {
		t.Errorf("asked %d times", n)
	}
}
