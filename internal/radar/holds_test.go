package radar

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// The list has what is held and not charged, the soonest to end first, of the
// caller's shop only; it is up to date with what was acknowledged before the call,
// and the same after a restart and in pages of any size.
func TestHolds(t *testing.T) {
	r := newRig(t)
	want := func(what string, numbers ...string) {
		t.Helper()
		for range 2 {
			for _, limit := range []int{1, 2, 1000} {
				if got := orders(r.list(first, Query{Limit: limit})); !slices.Equal(got, numbers) {
					t.Errorf("%s, pages of %d: %v, want %v", what, limit, got, numbers)
				}
			}
			r.begin()
		}
	}
	want("nothing")
	one := r.hold("1")
	r.later(24 * time.Hour)
	two, three := r.hold("2"), r.hold("3", yamato)
	r.later(24 * time.Hour)
	r.hold("4")
	r.holdFor(second, "5")
	want("four", "1", "2", "3", "4")
	radar := r.Radar
	r.command(two.ID, payment.Capture{})
	want("one charged", "1", "3", "4")
	r.Radar = radar // one that knows them all from before
	want("and the one that knew", "1", "3", "4")
	r.Radar = radar
	r.command(one.ID, payment.Reauthorize{})
	r.command(three.ID, payment.Ship{Carrier: "other"})
	want("one held anew", "3", "1", "4") // on the same day as the fourth, made before it
	r.Radar = radar
	r.command(three.ID, payment.Cancel{})
	want("one canceled", "1", "4")
	if got := orders(r.list(second, Query{Limit: 10})); !slices.Equal(got, []string{"5"}) {
		t.Errorf("the other shop: %v", got)
	}
	if _, err := r.Holds(t.Context(), processor.Caller{Tenant: shop.Tenant{Shop: "nobody", Environment: shop.Test}}, Query{Limit: 1}); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

// P84: how many days are left, and only those with at most so many: by Japan's
// calendar. What has lapsed is shown for thirty days, and then no more.
func TestHoldDays(t *testing.T) {
	r := newRig(t)
	for n := range 5 {
		r.hold(fmt.Sprint(n))
		r.later(24 * time.Hour)
	}
	for _, c := range []struct {
		at   time.Time
		days int
		want []int // the days left of each
	}{
		{noon.AddDate(0, 0, 4), 0, []int{56, 57, 58, 59, 60}},
		{noon.AddDate(0, 0, 4), 57, []int{56, 57}},
		{noon.AddDate(0, 0, 57), 3, []int{3}},
		{time.Date(2027, 1, 23, 23, 59, 59, 0, shop.Tokyo), 1, []int{0, 1}},
		{time.Date(2027, 1, 24, 0, 0, 0, 0, shop.Tokyo), 1, []int{-1, 0, 1}},
		{time.Date(2027, 2, 22, 0, 0, 0, 0, shop.Tokyo), 400, []int{-30, -29, -28, -27, -26}},
		{time.Date(2027, 2, 24, 0, 0, 0, 0, shop.Tokyo), 0, []int{-30, -29, -28}},
		{time.Date(2027, 6, 1, 0, 0, 0, 0, shop.Tokyo), 0, nil},
	} {
		r.at(c.at)
		var got []int
		for _, h := range r.list(first, Query{Days: c.days, Limit: 2}) {
			got = append(got, h.DaysLeft)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("at %v, %d days: %v, want %v", c.at, c.days, got, c.want)
		}
	}
}

// What is ahead of a hold: when it will be made anew, why that may fail, and who
// bears a chargeback then.
func TestHoldForecast(t *testing.T) {
	r := newRig(t)
	r.hold("1", func(c *payment.Create) { c.Card = card.Hint{LastFour: "1111", Expiry: "01/27"} })
	forecast := func() Hold {
		t.Helper()
		list := r.list(first, Query{Limit: 10})
		if len(list) != 1 {
			t.Fatalf("%+v", list)
		}
		return list[0]
	}
	if h := forecast(); !h.Renew.IsZero() || len(h.Risks) != 0 || h.Liability != payment.NotProtected {
		t.Errorf("by nobody: %+v", h)
	}
	r.care().ReauthorizeDays = 5
	if h := forecast(); h.Renew.In(shop.Tokyo).Format(time.DateTime) != "2027-01-18 04:00:00" || len(h.Risks) != 0 {
		t.Errorf("by the shop's rule: %+v", h)
	}
	r.shops.Shops["first"].Contracts[shop.Test] = shop.Contract{ID: "c", TraderCode: "888889999", HoldDays: 90, Flags: shop.Flags{TestAllowed: true}}
	r.command(r.list(first, Query{Limit: 1})[0].Payment.ID, payment.Reauthorize{})
	if h := forecast(); h.Renew.In(shop.Tokyo).Format(time.DateTime) != "2027-02-17 04:00:00" || !slices.Equal(h.Risks, []payment.HoldRisk{payment.RiskCardExpires}) || h.Liability != payment.NotProtected {
		t.Errorf("for longer than the card: %+v", h)
	}
}

// A page reads the payments that it shows, and no others.
func TestHoldsReadLittle(t *testing.T) {
	r := newRig(t)
	for n := range 40 {
		r.hold(fmt.Sprint(n))
		r.later(time.Hour)
	}
	r.list(first, Query{Limit: 1000})
	if n := r.books.since(func() { _, _ = r.Holds(t.Context(), asShop, Query{Limit: 5}) }); n != 5 {
		t.Errorf("%d payments read to show five", n)
	}
	r.hold("new")
	if n := r.books.since(func() { _, _ = r.Holds(t.Context(), asShop, Query{Limit: 5}) }); n > 6 {
		t.Errorf("%d payments read to show five, after a new one", n)
	}
	r.begin()
	if n := r.books.since(func() { _, _ = r.Holds(t.Context(), asShop, Query{Limit: 5}) }); n != 5 {
		t.Errorf("%d payments read one by one after a restart", n)
	}
}

// Books that cannot be read are an error, never an empty list; and the next call
// goes on where the last one broke off.
func TestHoldsFail(t *testing.T) {
	r := newRig(t)
	r.hold("1")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Holds(gone, asShop, Query{Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := r.Calendar(gone, asShop); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if err := r.Warn(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if got := orders(r.list(first, Query{Limit: 1})); !slices.Equal(got, []string{"1"}) {
		t.Errorf("%v", got)
	}
}

// What a shopper would see of a change of amount, refused as the change would be;
// nothing is written and nothing asked (P36).
func TestPreview(t *testing.T) {
	r := newRig(t)
	p := r.hold("1")
	r.later(10 * 24 * time.Hour)
	p = r.command(p.ID, payment.Adjust{Amount: 4000})
	asked := r.bank.count(payment.OpAdjust)
	s, err := r.Preview(t.Context(), asShop, p.ID, 3000)
	if err != nil || len(s.Lines) != 3 || s.Lines[0] != (payment.StatementLine{Kind: payment.LineOriginal, Amount: 4000, Date: "2026-12-04"}) {
		t.Errorf("%v %+v", err, s)
	}
	if _, err := r.Preview(t.Context(), asShop, p.ID, 6000); !isRefusal(err, payment.NotAllowedByContract) {
		t.Errorf("raised: %v", err)
	}
	if _, err := r.Preview(t.Context(), processor.Caller{Tenant: second}, p.ID, 3000); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("another shop's: %v", err)
	}
	r.command(p.ID, payment.Cancel{})
	if _, err := r.Preview(t.Context(), asShop, p.ID, 3000); !isRefusal(err, payment.WrongState) {
		t.Errorf("canceled: %v", err)
	}
	if n := r.bank.count(payment.OpAdjust); n != asked {
		t.Errorf("the provider was asked %d times", n-asked)
	}
}

func isRefusal(err error, reason payment.Reason) bool {
	refusal, ok := errors.AsType[*payment.Refusal](err)
	return ok && refusal.Reason == reason
}
