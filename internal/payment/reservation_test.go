package payment

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/shop"
)

func day(ahead int) string { return noon.AddDate(0, 0, ahead).Format(dayForm) }

// reserving makes the rules and the shop ones that take reservations, and
// begins one.
func reserving(t *testing.T, c Create, flags shop.Flags) (*fixture, error) {
	f := create(t, Create{})
	f.rules.Contract.Flags = flags
	f.rules.Settings.Saving = shop.SavingAlways
	c.Amount, c.OrderNumber, c.Customer = 5080, "1396", "m-1"
	events, err := Begin(NewID(noon, 8), f.shop, shop.Tenant{Shop: "s", Environment: shop.Test}, c, f.rules)
	if err != nil {
		return f, err
	}
	f.p = nil
	return f.write(events), nil
}

var reservable = shop.Flags{Reservation: true, StoredCardAlone: true, Vault: true, CaptureByCode99: true}

func reservation(t *testing.T, ahead int) *fixture {
	t.Helper()
	f, err := reserving(t, Create{Means: Means{Stored: "k"}, ShipDate: day(ahead)}, reservable)
	if err != nil {
		t.Fatal(err)
	}
	return f.yes()
}

// Protocol 6: a reservation needs the contract, a stored card (or one that is
// being stored) and a ship date more than nine days and at most 90 ahead. R16:
// it is never captured at purchase, whatever was asked.
func TestReservationRules(t *testing.T) {
	stored, saved := Means{Stored: "k"}, Means{Token: token, Save: true}
	for name, c := range map[string]struct {
		means Means
		date  string
		field string // at fault
	}{
		"a stored card":         {stored, day(30), ""},
		"a card being stored":   {saved, day(30), ""},
		"the first day":         {stored, day(10), ""},
		"the last day":          {stored, day(90), ""},
		"nine days ahead":       {stored, day(9), "ship_date"},
		"91 days ahead":         {stored, day(91), "ship_date"},
		"the past":              {stored, day(-1), "ship_date"},
		"no date":               {stored, "2026-11-31", "ship_date"},
		"another form":          {stored, "2026/12/24", "ship_date"},
		"a card nobody keeps":   {Means{Token: token}, day(30), "card"},
		"a browser's, to come":  {Means{}, day(30), ""},
		"a date and a bad card": {Means{Token: token}, day(1), "ship_date"},
	} {
		f, err := reserving(t, Create{Means: c.means, ShipDate: c.date, Mode: shop.AuthorizeAndCapture}, reservable)
		var bad *InvalidError
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.field == "" && (f.p.Mode != shop.Authorize || f.p.ShipDate != c.date):
			t.Errorf("%s: %s %s", name, f.p.Mode, f.p.ShipDate)
		case c.field != "" && (!errors.As(err, &bad) || bad.Violations[0].Field != c.field):
			t.Errorf("%s: %v", name, err)
		}
	}
	var refusal *Refusal
	if _, err := reserving(t, Create{Means: stored, ShipDate: day(30)}, shop.Flags{StoredCardAlone: true, Vault: true}); !errors.As(err, &refusal) || refusal.Reason != NotAllowedByContract {
		t.Errorf("without the contract's flag: %v", err)
	}
	f, err := reserving(t, Create{ShipDate: day(10)}, reservable)
	if err != nil {
		t.Fatal(err)
	}
	f.rules.Now = noon.Add(13 * time.Hour) // the next day in Japan: nine days are left
	if r := f.refusal(Confirm{Means: stored}); r.Reason != WrongState || !strings.Contains(r.Text, "anew") {
		t.Errorf("%+v", r)
	}
}

// Promise 2: the provider's 5 is AUTHORIZED with a ship date. Until it is a hold
// nothing is captured, shipped or held anew; cancel and adjust work.
func TestReservationIsNoHoldYet(t *testing.T) {
	f := reservation(t, 30)
	if f.p.State != Authorized || !f.p.Reserved || f.p.ShipDate != day(30) {
		t.Fatalf("%+v", f.p)
	}
	if want := f.rules.Contract.HoldExpiry(noon.AddDate(0, 0, 20)); !f.p.HoldExpires.Equal(want) { // P31: it is held from then on
		t.Errorf("held until %s, want %s", f.p.HoldExpires, want)
	}
	for _, c := range []Command{Capture{}, ofYamato(slipA), Reauthorize{}} {
		if r := f.refusal(c); r.Reason != WrongState || !strings.Contains(r.Text, day(20)) {
			t.Errorf("%T: %+v", c, r)
		}
	}
	if ops := f.p.Allowed(noon); !slices.Equal(ops, []Operation{OpAdjust, OpCancel, OpReschedule}) {
		t.Errorf("allowed: %v", ops)
	}
	if f.do(Adjust{Amount: 4000}).do(Cancel{}); f.p.State != Canceled || f.p.Reserved {
		t.Errorf("%+v", f.p)
	}
}

// Protocol 6: ten days before, the provider makes it a hold (4), or fails to
// (15). It is asked from then on, and only then; 15 calls an operator, and
// nobody asks any more.
func TestReservationBecomesHold(t *testing.T) {
	f := reservation(t, 30)
	look := noon.AddDate(0, 0, 20).Add(-6 * time.Hour) // 06:00 in Japan
	if !f.p.NextCare().Equal(look) || len(f.p.Inquiries(look.Add(-time.Second))) != 0 || !slices.Equal(f.p.Inquiries(look), []int{1}) {
		t.Fatalf("next care %s, want %s", f.p.NextCare(), look)
	}
	f.rules.Now = look
	five := Trade{Standing: StandingReserved, Amount: 5080, ShipDate: day(30), Approval: "123456"}
	if events := Judge(f.p, 1, five, f.rules); len(events) != 0 {
		t.Fatalf("still 5: %+v", events)
	}
	four, failed := five, *f
	four.Standing, four.Approval, four.ApprovedAt = StandingHeld, "654321", "20261212000000"
	f.write(Judge(f.p, 1, four, f.rules))
	if f.p.Reserved || f.p.State != Authorized || f.p.Approval != "654321" || !f.p.NextCare().IsZero() || !f.p.HoldExpires.Equal(f.rules.Contract.HoldExpiry(look)) {
		t.Errorf("%+v", f.p)
	}
	if r := f.refusal(Reschedule{ShipDate: day(31)}); r.Reason != WrongState {
		t.Errorf("%+v", r)
	}
	if f.do(Capture{}); f.p.State != Captured {
		t.Errorf("%+v", f.p)
	}
	failed.write(Judge(failed.p, 1, Trade{Standing: StandingAttention, Amount: 5080, Code: "15"}, failed.rules))
	if failed.p.Attention != ProviderDiffers || !failed.p.NextCare().IsZero() || len(failed.p.Inquiries(look)) != 0 {
		t.Errorf("%+v", failed.p)
	}
	if failed.do(Cancel{}); failed.p.State != Canceled {
		t.Errorf("%+v", failed.p)
	}
}

// Protocol 6: a reservation whose answer was lost is found by E04, as 5 or as
// the hold that it has become.
func TestLostReservationIsFound(t *testing.T) {
	for _, standing := range []Standing{StandingReserved, StandingHeld} {
		f, err := reserving(t, Create{Means: Means{Stored: "k"}, ShipDate: day(30)}, reservable)
		if err != nil {
			t.Fatal(err)
		}
		f.write(Lose(f.p, 1, "", f.rules))
		f.write(Judge(f.p, 1, Trade{Standing: standing, Amount: 5080, Approval: "1", ShipDate: day(30)}, f.rules))
		if f.p.State != Authorized || f.p.Reserved != (standing == StandingReserved) {
			t.Errorf("%d: %+v", standing, f.p)
		}
	}
}

// A reservation whose answer was lost, and that could not be made a hold by the
// time we ask (15), was accepted all the same: an operator sees it and cancels
// it. The question does not stay open.
func TestLostReservationHasFailed(t *testing.T) {
	f, err := reserving(t, Create{Means: Means{Stored: "k"}, ShipDate: day(10)}, reservable)
	if err != nil {
		t.Fatal(err)
	}
	f.write(Lose(f.p, 1, "", f.rules))
	f.write(Judge(f.p, 1, Trade{Standing: StandingAttention, Amount: 5080, Code: "15"}, f.rules))
	if f.p.State != Authorized || f.p.Attention != ProviderDiffers || f.p.Question() != nil {
		t.Fatalf("%+v", f.p)
	}
	if f.do(Cancel{}); f.p.State != Canceled {
		t.Errorf("%+v", f.p)
	}
}

// E03: from today to 90 days after the authorization; the same day is no call;
// what became of a lost answer the provider's planned ship date tells (P16, P17).
func TestReschedule(t *testing.T) {
	f := reservation(t, 30)
	if f.do(Reschedule{ShipDate: day(60)}); f.p.ShipDate != day(60) || !f.p.Reserved || !f.p.NextCare().Equal(noon.AddDate(0, 0, 50).Add(-6*time.Hour)) {
		t.Fatalf("%+v", f.p)
	}
	if events, err := Decide(f.p, Reschedule{ShipDate: day(60)}, f.rules); err != nil || len(events) != 1 || events[0].Kind != KindUnchanged {
		t.Errorf("the same day: %+v %v", events, err)
	}
	f.rules.Now = noon.AddDate(0, 0, 5)
	for _, date := range []string{day(4), day(91), "", "tomorrow"} {
		var bad *InvalidError
		if _, err := Decide(f.p, Reschedule{ShipDate: date}, f.rules); !errors.As(err, &bad) || bad.Violations[0].Field != "ship_date" {
			t.Errorf("%q: %v", date, err)
		}
	}
	for name, c := range map[string]struct {
		trade Trade
		after time.Duration
		want  func(p *Payment) bool
	}{
		"it happened":            {Trade{Standing: StandingReserved, ShipDate: day(40)}, 0, func(p *Payment) bool { return p.ShipDate == day(40) && p.Reserved && p.Question() == nil }},
		"nobody can tell yet":    {Trade{Standing: StandingReserved, ShipDate: day(60)}, 0, func(p *Payment) bool { return p.ShipDate == day(60) && p.Question() != nil }},
		"it did not":             {Trade{Standing: StandingReserved, ShipDate: day(60)}, SettleDelay, func(p *Payment) bool { return p.ShipDate == day(60) && p.Question() == nil && p.Attention == "" }},
		"it is a hold by it":     {Trade{Standing: StandingHeld, ShipDate: day(40), Approval: "7"}, 0, func(p *Payment) bool { return !p.Reserved && p.Approval == "7" && p.ShipDate == day(40) }},
		"and the card said no":   {Trade{Standing: StandingAttention, ShipDate: day(40), Code: "15"}, 0, func(p *Payment) bool { return p.Attention == ProviderDiffers && p.ShipDate == day(40) }},
		"somebody set a third":   {Trade{Standing: StandingReserved, ShipDate: day(50)}, SettleDelay, func(p *Payment) bool { return p.Attention == ProviderDiffers && p.ShipDate == day(60) }},
		"somebody canceled it":   {Trade{Standing: StandingCanceled, ShipDate: day(40)}, SettleDelay, func(p *Payment) bool { return p.Attention == ProviderDiffers && p.Question() == nil }},
		"it is a hold otherwise": {Trade{Standing: StandingHeld, ShipDate: day(60)}, SettleDelay, func(p *Payment) bool { return p.Question() == nil && p.ShipDate == day(60) }},
	} {
		g := &fixture{t: t, p: f.p, rules: f.rules, shop: f.shop}
		g.sent(Reschedule{ShipDate: day(40)}).write(Lose(g.p, 1, "", g.rules))
		g.rules.Now = g.rules.Now.Add(c.after)
		c.trade.Amount = 5080
		if g.write(Judge(g.p, 1, c.trade, g.rules)); !c.want(g.p) {
			t.Errorf("%s: %+v, question %+v", name, g.p, g.p.Question())
		}
	}
	if r := authorizedPayment(t).refusal(Reschedule{ShipDate: day(20)}); r.Reason != WrongState {
		t.Errorf("no reservation: %+v", r)
	}
}

// R42: another planned ship date at the provider is a difference.
func TestShipDateIsCompared(t *testing.T) {
	f := reservation(t, 30)
	if events := Compare(f.p, Trade{Standing: StandingReserved, Amount: 5080, ShipDate: day(31)}, f.rules); len(events) != 1 || events[0].Reason != ProviderDiffers {
		t.Errorf("%+v", events)
	}
	plain := authorizedPayment(t)
	if events := Compare(plain.p, Trade{Standing: StandingReserved, Amount: 5080}, plain.rules); len(events) != 1 {
		t.Errorf("a hold that is a reservation there: %+v", events)
	}
}

// P26: a reservation that was given up as lost, and turns up failed (15), is
// canceled like any hold that nobody wants.
func TestLostReservationIsWatched(t *testing.T) {
	f, err := reserving(t, Create{Means: Means{Stored: "k"}, ShipDate: day(10)}, reservable)
	if err != nil {
		t.Fatal(err)
	}
	f.write(Lose(f.p, 1, "", f.rules))
	f.rules.Now = noon.Add(SettleDelay)
	f.write(Judge(f.p, 1, Trade{}, f.rules))
	f.rules.Now = noon.Add(time.Hour)
	f.write(Judge(f.p, 1, Trade{Standing: StandingAttention, Amount: 5080, Code: "15"}, f.rules))
	if a := f.p.Latest(); !a.Unwanted || a.Open == nil || a.Open.Operation != OpCancel {
		t.Errorf("%+v", a)
	}
}
