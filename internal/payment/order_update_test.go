package payment

import (
	"errors"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/money"
)

func of[T any](v T) *T { return &v }

// R36 R37: the order is told apart from the money: in every state, whatever else
// is under way, it changes, and nothing of the payment does.
func TestUpdateOrderInEveryState(t *testing.T) {
	for _, s := range States() {
		f := inState(t, s)
		before := *f.p
		f.sent(UpdateOrder{Canceled: of(true), Total: of(money.Yen(0))})
		if f.p.Version != before.Version+1 || !f.p.OrderCanceled || f.p.OrderTotal == nil || *f.p.OrderTotal != 0 {
			t.Errorf("%s: %+v", s, f.p)
		}
		if f.p.State != before.State || f.p.Amount != before.Amount || f.p.Captured != before.Captured || f.p.Refunded != before.Refunded || (f.p.Question() == nil) != (before.Question() == nil) {
			t.Errorf("%s: the payment moved: %+v", s, f.p)
		}
		for _, same := range []UpdateOrder{{}, {Canceled: of(true)}, {Total: of(money.Yen(0))}, {Canceled: of(true), Total: of(money.Yen(0))}} {
			if events, err := Decide(f.p, same, f.rules); err != nil || len(events) != 0 { // nothing is new
				t.Errorf("%s: %v %v", s, events, err)
			}
		}
		if f.sent(UpdateOrder{Canceled: of(false)}); f.p.OrderCanceled || *f.p.OrderTotal != 0 {
			t.Errorf("%s: taken up again: %+v", s, f.p)
		}
	}
}

// R36: canceling the payment leaves the order open, and canceling the order
// leaves the payment as it is, to be captured, adjusted and canceled.
func TestCanceledOrderKeepsItsPayment(t *testing.T) {
	f := authorizedPayment(t).sent(UpdateOrder{Canceled: of(true)})
	if f.do(Adjust{Amount: 4000}).do(Capture{}).do(Cancel{}); f.p.State != Canceled || !f.p.OrderCanceled {
		t.Errorf("%+v", f.p)
	}
	if f = authorizedPayment(t).do(Cancel{}); f.p.OrderCanceled {
		t.Errorf("%+v", f.p)
	}
	if f = authorizedPayment(t).sent(UpdateOrder{Total: of(money.Yen(4000))}); f.p.Amount != 5080 { // R37
		t.Errorf("%+v", f.p)
	}
}

// R36: a canceled order is not shipped, nor is its shipment corrected; the
// refusal says what to do, and what it says works.
func TestCanceledOrderIsNotShipped(t *testing.T) {
	f := yamatoOrder(t).sent(UpdateOrder{Canceled: of(true)})
	r := f.refusal(ofYamato(slipA))
	if r.Reason != WrongState || !strings.Contains(r.Text, "OPEN") {
		t.Errorf("%+v", r)
	}
	for _, op := range r.Allowed {
		if op == OpShip {
			t.Errorf("it says that %s is allowed", op)
		}
	}
	f.sent(UpdateOrder{Canceled: of(false)}).sent(ofYamato(slipA)).yes()
	if f.p.State != Captured {
		t.Fatalf("%+v", f.p)
	}
	f.sent(UpdateOrder{Canceled: of(true)})
	if r := f.refusal(CorrectShipment{Slip: slipB}); r.Reason != WrongState || !strings.Contains(r.Text, "OPEN") {
		t.Errorf("%+v", r)
	}
}

// What an order cannot be, and P36: an etag of another version.
func TestUpdateOrderRefuses(t *testing.T) {
	f := authorizedPayment(t)
	for _, y := range []money.Yen{-1, money.Max + 1} {
		var bad *InvalidError
		if _, err := Decide(f.p, UpdateOrder{Total: &y}, f.rules); !errors.As(err, &bad) || bad.Violations[0].Field != "total" {
			t.Errorf("%d: %v", y, err)
		}
	}
	if r := f.refusal(UpdateOrder{Canceled: of(true), Etag: `"1"`}); r.Reason != EtagMismatch {
		t.Errorf("%+v", r)
	}
	card := create(t, Create{Means: Means{Token: token}, Registration: true, Amount: 1})
	if r := card.refusal(UpdateOrder{Canceled: of(true)}); r.Reason != WrongState {
		t.Errorf("a card's registration has an order: %+v", r)
	}
}

// R42: of several parcels every slip counts: one that only the provider knows,
// and one of ours that is gone, is a difference that names the slip; once the
// lists agree it is cleared. What stands in for another carrier's slip is none.
func TestSlipsAreCompared(t *testing.T) {
	f := yamatoOrder(t)
	f.rules.Contract.Flags.SeveralShipments = true
	f.sent(ofYamato(slipA)).yes().sent(ofYamato(slipB)).yes()
	trade := func(slips ...string) Trade {
		return Trade{Standing: StandingCaptured, Amount: 5080, Code: "30", Slips: slips}
	}
	for name, c := range map[string]struct {
		slips  []string
		differ string
	}{
		"both":             {[]string{slipA, slipB}, ""},
		"another order":    {[]string{slipB, slipA}, ""},
		"one of ours gone": {[]string{slipB}, slipA},
		"both gone":        {nil, slipA},
		"one more":         {[]string{slipA, slipB, slipC}, slipC},
		"a stand-in":       {[]string{slipA, slipB, f.p.Acceptance()}, ""},
	} {
		events := Compare(f.p, trade(c.slips...), f.rules)
		switch {
		case c.differ == "" && len(events) != 0:
			t.Errorf("%s: %+v", name, events)
		case c.differ != "" && (len(events) != 1 || events[0].Kind != KindAttention || events[0].Reason != ProviderDiffers || events[0].Slip != c.differ):
			t.Errorf("%s: %+v", name, events)
		}
	}
	f.write(Compare(f.p, trade(slipA), f.rules))
	if f.p.Attention != ProviderDiffers {
		t.Fatalf("%+v", f.p)
	}
	if f.write(Compare(f.p, trade(slipA, slipB), f.rules)); f.p.Attention != "" {
		t.Errorf("it stays: %+v", f.p)
	}
	plain := authorizedPayment(t).do(Capture{})
	if events := Compare(plain.p, trade(plain.p.Acceptance()), plain.rules); len(events) != 0 {
		t.Errorf("captured without a slip: %+v", events)
	}
}

// R28 R31 R36: who may not ship, or correct a slip, is told what to do, in both
// languages.
func TestRefusalsOfParcelsSayWhatToDo(t *testing.T) {
	settled := yamatoOrder(t).sent(ofYamato(slipA)).yes()
	settled.write(Compare(settled.p, Trade{Standing: StandingSettled, Amount: 5080, Slips: []string{slipA}}, settled.rules))
	for name, r := range map[string]*Refusal{
		"a canceled order":       yamatoOrder(t).sent(UpdateOrder{Canceled: of(true)}).refusal(ofYamato(slipA)),
		"a second parcel":        yamatoOrder(t).sent(ofYamato(slipA)).yes().refusal(ofYamato(slipB)),
		"nothing to correct":     yamatoOrder(t).refusal(CorrectShipment{Slip: slipA}),
		"no slip":                authorizedPayment(t).do(Capture{}).refusal(CorrectShipment{Slip: slipA}),
		"settled":                settled.refusal(CorrectShipment{Slip: slipB}),
		"no hold yet":            reservation(t, 30).refusal(ofYamato(slipA)),
		"no reservation":         authorizedPayment(t).refusal(Reschedule{ShipDate: day(20)}),
		"a hold that is planned": reservation(t, 30).refusal(Capture{}),
	} {
		if r.Text == "" || r.Japanese == "" || !strings.HasSuffix(r.Japanese, "。") {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
