package payment

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// Slips that fit their check digit.
const (
	slipA = "123456789013"
	slipB = "123456789024"
	slipC = "123456789035"
)

func yamatoOrder(t *testing.T) *fixture {
	return create(t, Create{Means: Means{Token: token}, Delivery: "takkyubin"}).yes()
}

func ofYamato(slip string) Ship { return Ship{Carrier: shipping.CarrierYamato, Slip: slip} }

// sent decides a Ship and writes it, without an answer to its wish.
func (f *fixture) sent(c Command) *fixture {
	f.t.Helper()
	events, err := Decide(f.p, c, f.rules)
	if err != nil {
		f.t.Fatal(err)
	}
	return f.write(events)
}

// R27 R31: with all five conditions the slip captures; each one that is missing
// is named, the order is shipped all the same, and a later Ship brings it.
func TestYamatoShipment(t *testing.T) {
	for name, c := range map[string]struct {
		ship    Ship
		missing []string
	}{
		"everything":      {ofYamato(slipA), nil},
		"carrier implied": {Ship{Slip: slipA}, nil},
		"no slip":         {Ship{Carrier: shipping.CarrierYamato}, []string{ConditionSlip}},
		"another carrier": {Ship{Carrier: "other", Slip: "X1"}, []string{ConditionCarrier}},
		"nothing but it":  {Ship{}, []string{ConditionCarrier, ConditionSlip}},
	} {
		f := yamatoOrder(t)
		if got := f.p.MissingConditions(); len(got) != 3 {
			t.Errorf("before it was shipped: %v", got)
		}
		f.sent(c.ship)
		if !f.p.Shipped || !slices.Equal(f.p.MissingConditions(), c.missing) && f.p.Question() == nil {
			t.Errorf("%s: shipped %v, missing %v", name, f.p.Shipped, f.p.MissingConditions())
		}
		if c.missing != nil {
			if f.p.State != Authorized || f.p.Question() != nil {
				t.Errorf("%s: %s, %+v", name, f.p.State, f.p.Question())
			}
			f.sent(ofYamato(slipA))
		}
		if q := f.p.Question(); q == nil || q.Operation != OpShip || q.Slip != slipA {
			t.Fatalf("%s: %+v", name, q)
		}
		f.yes()
		if f.p.State != Captured || f.p.Captured != 5080 || len(f.p.Shipments) != 1 || !f.p.Shipments[0].Registered || f.p.MissingConditions() != nil {
			t.Errorf("%s: %s, %+v", name, f.p.State, f.p.Shipments)
		}
		if f.sent(ofYamato(slipA)); f.p.Question() != nil { // the same again
			t.Errorf("%s: asked again", name)
		}
	}
}

// R32 R33: an order with another carrier is captured when it is shipped, unless
// it was at purchase.
func TestOtherShipment(t *testing.T) {
	later := authorizedPayment(t).sent(Ship{Carrier: "other", Slip: "X1"})
	if q := later.p.Question(); q == nil || q.Operation != OpCapture {
		t.Fatalf("%+v", q)
	}
	if later.yes(); later.p.State != Captured || !later.p.Shipped {
		t.Errorf("%s", later.p.State)
	}
	now := create(t, Create{Means: Means{Token: token}, Mode: shop.AuthorizeAndCapture}).yes().sent(Ship{Carrier: "other"})
	if now.p.Question() != nil || !now.p.Shipped || now.p.State != Captured {
		t.Errorf("%s, %+v", now.p.State, now.p.Question())
	}
}

// R28: the new slip goes on first, then the old one off, in one saga; the charge
// never falls back (P61). Refused where the provider could not follow.
func TestCorrectShipment(t *testing.T) {
	f := yamatoOrder(t).sent(ofYamato(slipA)).yes().sent(CorrectShipment{Slip: slipB})
	if q := f.p.Question(); q == nil || q.Operation != OpShip || q.Slip != slipB || q.Replaces != slipA || f.p.State != Captured {
		t.Fatalf("%+v", q)
	}
	f.write(Conclude(f.p, 1, Fact{Outcome: Yes}, f.rules))
	if q := f.p.Question(); q == nil || q.Operation != OpUnship || q.Slip != slipA || f.p.registeredSlips() != 2 {
		t.Fatalf("%+v, %+v", q, f.p.Shipments)
	}
	f.write(Conclude(f.p, 1, Fact{Outcome: Yes}, f.rules))
	if f.p.State != Captured || len(f.p.Shipments) != 1 || f.p.Shipments[0].Slip != slipB || !f.p.Shipments[0].Registered {
		t.Fatalf("%s, %+v", f.p.State, f.p.Shipments)
	}
	if f.sent(CorrectShipment{Slip: slipB}); f.p.Question() != nil {
		t.Error("the same slip is asked again")
	}
	var bad *InvalidError
	if _, err := Decide(f.p, CorrectShipment{Slip: "123456789012"}, f.rules); !errors.As(err, &bad) {
		t.Errorf("a wrong check digit: %v", err)
	}
	if r := yamatoOrder(t).refusal(CorrectShipment{Slip: slipB}); r.Reason != WrongState {
		t.Errorf("nothing to correct: %v", r)
	}
	if r := authorizedPayment(t).do(Capture{}).refusal(CorrectShipment{Slip: slipB}); !strings.Contains(r.Text, "without a slip") {
		t.Errorf("captured without a slip: %v", r)
	}
	if r := f.refusal(ofYamato(slipC)); !strings.Contains(r.Text, "correct the shipment") { // one parcel by contract
		t.Errorf("a second parcel: %v", r)
	}
	f.rules.Contract.Flags.SeveralShipments = true
	if f.sent(Ship{Carrier: "other", Slip: "X1"}); f.p.Question() != nil || f.p.MissingConditions() != nil { // no slip of Yamato's
		t.Errorf("%+v, missing %v", f.p.Question(), f.p.MissingConditions())
	}
	if f.sent(ofYamato(slipC)).yes(); f.p.registeredSlips() != 2 || f.p.State != Captured {
		t.Errorf("%+v", f.p.Shipments)
	}
}

// What was captured otherwise, at the provider's own screen, lacks nothing more.
func TestCapturedOtherwise(t *testing.T) {
	f := create(t, Create{Means: Means{Token: token}, Delivery: "takkyubin"})
	f.write(Judge(f.p, 1, Trade{Standing: StandingCaptured, Amount: 5080, Approval: "1"}, f.rules))
	if f.p.State != Captured || f.p.MissingConditions() != nil {
		t.Errorf("%s, missing %v", f.p.State, f.p.MissingConditions())
	}
}

// The provider's list of slips proves what became of a slip whose answer was
// lost; without it nothing is proven before its time (P16, P17).
func TestJudgeSlips(t *testing.T) {
	f := yamatoOrder(t).sent(ofYamato(slipA))
	f.write(Lose(f.p, 1, "", f.rules))
	held, on := Trade{Standing: StandingHeld, Amount: 5080}, Trade{Standing: StandingCaptured, Amount: 5080, Slips: []string{slipA}}
	if e := Judge(f.p, 1, held, f.rules); len(e) > 0 {
		t.Fatalf("%+v", e)
	}
	yes := *f
	yes.write(Judge(f.p, 1, on, f.rules))
	if yes.p.State != Captured || !yes.p.Shipments[0].Registered {
		t.Errorf("%s, %+v", yes.p.State, yes.p.Shipments)
	}
	f.rules.Now = f.rules.Now.Add(SettleDelay)
	f.write(Judge(f.p, 1, held, f.rules))
	if f.p.State != Authorized || f.p.Question() != nil || !f.p.Shipped || f.p.Shipments[0].Registered {
		t.Errorf("%s, %+v", f.p.State, f.p.Shipments)
	}
	if f.sent(ofYamato(slipA)).yes(); f.p.State != Captured { // once more
		t.Errorf("%s", f.p.State)
	}
	off := yes.sent(CorrectShipment{Slip: slipB})
	off.write(Conclude(off.p, 1, Fact{Outcome: Yes}, off.rules))
	off.write(Lose(off.p, 1, "", off.rules))
	both := Trade{Standing: StandingCaptured, Amount: 5080, Slips: []string{slipA, slipB}}
	if e := Judge(off.p, 1, both, off.rules); len(e) > 0 {
		t.Fatalf("%+v", e)
	}
	off.write(Judge(off.p, 1, Trade{Standing: StandingCaptured, Amount: 5080, Slips: []string{slipB}}, off.rules))
	if off.p.State != Captured || len(off.p.Shipments) != 1 || off.p.Shipments[0].Slip != slipB {
		t.Errorf("%+v", off.p.Shipments)
	}
	if off.do(Cancel{}); off.p.Shipments[0].Registered {
		t.Error("a cancelled charge keeps its slip at the provider")
	}
}

// P60 P70: twelve zeros pass their check digit, and capture nothing all the same;
// with another carrier they are its own affair.
func TestPlaceholderSlip(t *testing.T) {
	f := yamatoOrder(t)
	for _, slip := range []string{"000000000000", "0000-0000-0000", "００００００００００００"} {
		var bad *InvalidError
		if _, err := Decide(f.p, Ship{Slip: slip}, f.rules); !errors.As(err, &bad) || bad.Violations[0].Field != "shipment.slip_number" {
			t.Errorf("%s: %v", slip, err)
		}
	}
	if _, err := Decide(f.p, Ship{Carrier: "other", Slip: "000000000000"}, f.rules); err != nil {
		t.Error(err)
	}
}

// R28 P38: an order may have 99 slips; a hundredth is refused with what to do, and
// so is a correction, which would be a hundredth for a moment.
func TestNinetyNineSlips(t *testing.T) {
	f := yamatoOrder(t)
	f.rules.Contract.Flags.SeveralShipments = true
	slip := func(n int) string {
		serial := 30_000_000_000 + n
		return fmt.Sprintf("%d%d", serial, serial%7)
	}
	for n := range shipping.MaxSlips {
		f.sent(ofYamato(slip(n))).yes()
	}
	if f.p.registeredSlips() != 99 || f.p.State != Captured || f.p.Captured != 5080 {
		t.Fatalf("%d slips, %s, %d yen", f.p.registeredSlips(), f.p.State, f.p.Captured)
	}
	for _, c := range []Command{ofYamato(slip(99)), CorrectShipment{Slip: slip(99)}} {
		if r := f.refusal(c); r.Reason != WrongState || !strings.Contains(r.Text, "99 slips") || !strings.Contains(r.Japanese, "99件") {
			t.Errorf("%T: %+v", c, r)
		}
	}
	if f.do(Cancel{}); f.p.registeredSlips() != 0 {
		t.Errorf("%d slips", f.p.registeredSlips())
	}
}
