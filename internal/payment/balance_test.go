package payment

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/shop"
)

// R22: whatever happens to a payment, the movements of its events add up to what it
// comes to, at every prefix; every event that moves money has a name for it and is
// among the kinds that a day reads; and what stands in the end is what the provider
// has, as far as nobody is called.
func TestMovementsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 20 { // lives are short, and some things are rare
			movementsAddUp(t)
		}
	})
}

func movementsAddUp(t *rapid.T) {
	w := begin(t, rapid.SampledFrom([]shop.Mode{shop.Authorize, shop.AuthorizeAndCapture}).Draw(t, "mode"),
		rapid.SampledFrom([]shop.ThreeDSecure{shop.ThreeDSecureOff, shop.ThreeDSecureOn}).Draw(t, "3-D Secure"))
	w.answer()
	for range rapid.IntRange(20, 60).Draw(t, "steps") {
		longest := rapid.SampledFrom([]int{0, 0, 1, 60, 12 * 24 * 60}).Draw(t, "at most minutes") // most days are over soon, and a hold lapses now and then
		w.now = w.now.Add(time.Duration(rapid.IntRange(0, longest).Draw(t, "minutes")) * time.Minute)
		w.step(rapid.SampledFrom([]string{"command", "answer", "command", "answer", "return", "sweep"}).Draw(t, "step"))
	}
	w.settle()
	if w.p.Attention == "" && w.p.Balance(w.history[0].Time) != w.theirs() {
		t.Fatalf("%s of %d comes to %+v, at the provider to %+v", w.p.State, w.p.Amount, w.p.Balance(w.history[0].Time), w.theirs())
	}
	at := w.history[0].Time.AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "looked at after days"))
	var sum Balance
	var before *Payment
	for i := range w.history {
		e := &w.history[i]
		after, err := Apply(before, e)
		if err != nil {
			t.Fatal(err)
		}
		m, told := Move(before, after, e, at)
		sum = sum.Add(m.By)
		if told && (!slices.Contains(MovementKinds, m.Kind) || !slices.Contains(MoneyKinds, e.Kind)) {
			t.Fatalf("%s moves %+v as %q", e.Kind, m.By, m.Kind)
		}
		if have := after.Balance(at); sum != have || !told && m.By != (Balance{}) {
			t.Fatalf("after %s the movements come to %+v, the payment to %+v", e.Kind, sum, have)
		}
		if charged := after.Balance(at).Charged; charged != int64(after.Captured-after.Refunded) {
			t.Fatalf("after %s %d yen are charged, %d less %d", e.Kind, charged, after.Captured, after.Refunded)
		}
		if heldAnew(before, after) && (!after.HoldExpires.Equal(e.Until) || !slices.Contains(MoneyKinds, e.Kind)) {
			t.Fatalf("%s tells of a hold until %v, the payment of one until %v: a day would not find its end", e.Kind, e.Until, after.HoldExpires)
		}
		before = after
	}
}

// theirs is what the payment comes to at the provider.
func (w *world) theirs() (b Balance) {
	for i := range w.p.Attempts {
		switch tr := w.trade(i + 1); tr.Standing {
		case StandingHeld:
			b.Held += int64(tr.Amount)
		case StandingCaptured, StandingSettled:
			b.Charged += int64(tr.Amount)
		}
	}
	return b
}

// heldAnew reports whether an event began a hold, or moved its end.
func heldAnew(before, after *Payment) bool {
	if after.State != Authorized || after.Reserved {
		return false
	}
	return before == nil || before.State != Authorized || before.Reserved || !before.HoldExpires.Equal(after.HoldExpires)
}

// P29 P84: what is held is money of the shopper's whoever wants it, until it is
// released or its time is over; a reservation is none yet.
func TestBalance(t *testing.T) {
	held := &Payment{Opening: Opening{Requested: 500}, State: Authorized, Amount: 400, HoldExpires: tokyo(t, "2027-01-20 23:59")}
	reserved, unwanted, charged := *held, *held, *held
	reserved.Reserved = true
	unwanted.State, unwanted.Attempts = Declined, []Attempt{{Unwanted: true}, {}}
	charged.State = Settled
	for name, c := range map[string]struct {
		p    *Payment
		at   string
		want Balance
	}{
		"nothing":           {nil, "2027-01-20 12:00", Balance{}},
		"on its last day":   {held, "2027-01-20 23:59", Balance{Held: 400}},
		"lapsed":            {held, "2027-01-21 00:00", Balance{}},
		"no hold yet":       {&reserved, "2027-01-20 12:00", Balance{}},
		"nobody wanted it":  {&unwanted, "2027-02-20 12:00", Balance{Held: 500}},
		"charged for years": {&charged, "2030-01-01 12:00", Balance{Charged: 400}},
	} {
		if have := c.p.Balance(tokyo(t, c.at)); have != c.want {
			t.Errorf("%s: %+v", name, have)
		}
	}
}
