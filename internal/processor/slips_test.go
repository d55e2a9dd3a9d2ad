package processor

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

const slipA, slipB, slipC = "123456789013", "123456789024", "123456789035"

// newDepot is a rig whose shop ships with Yamato and takes reservations.
func newDepot(t *testing.T) *rig {
	r := newRig(t)
	d := directory()
	for _, s := range d.Shops {
		s.Settings.Deliveries = []shipping.Method{{ID: "takkyubin", Carrier: shipping.CarrierYamato}}
		s.Settings.Saving = shop.SavingAlways
		c := s.Contracts[shop.Test]
		c.Flags.Reservation, c.Flags.Vault = true, true
		s.Contracts[shop.Test] = c
	}
	r.o.Directory = d
	return r
}

// parcel is an order with Yamato delivery to a person in Tokyo.
func (r *rig) parcel(number, to string, amount money.Yen) *payment.Payment {
	r.t.Helper()
	c := order(number)
	c.Amount, c.Delivery = amount, "takkyubin"
	c.Order = &payment.Order{ShipTos: []payment.Address{{Name: to, Prefecture: "東京都"}}}
	return r.create("create "+number, c)
}

func (r *rig) refused(id payment.ID, c payment.Command) *payment.Refusal {
	r.t.Helper()
	before := len(r.bank.asked)
	_, err := r.command("refused "+string(id)+strings.Repeat(".", before), id, c)
	var refusal *payment.Refusal
	if !errors.As(err, &refusal) || len(r.bank.asked) != before {
		r.t.Fatalf("%T: %v after %d calls, then %d", c, err, before, len(r.bank.asked))
	}
	return refusal
}

// P38: up to three orders of one consignee, together up to 300,000 yen, share a
// slip; what does not fit is refused here, and nothing is sent. An order that
// shares its slip keeps amount and slip, until the others are gone.
func TestBundle(t *testing.T) {
	r := newDepot(t)
	ship := payment.Ship{Slip: slipA}
	one := r.parcel("1", "佐藤", 100_000)
	r.must("a", one.ID, ship)
	for name, p := range map[string]*payment.Payment{
		"somebody else":     r.parcel("2", "鈴木", 1000),
		"more than 300,000": r.parcel("3", "佐藤様", 200_001),
	} {
		if x := r.refused(p.ID, ship); x.Reason != payment.Bundled || x.Other != one.ID || !strings.Contains(x.Text, "slip") || x.Japanese == "" {
			t.Errorf("%s: %+v", name, x)
		}
		if _, _, err := r.Preview(t.Context(), r.caller, p.ID, ship); err == nil {
			t.Errorf("%s: a preview does not say so", name)
		}
		r.must("own "+string(p.ID), p.ID, payment.Ship{Slip: map[string]string{"somebody else": slipB}[name]})
	}
	two, three, four := r.parcel("5", "佐藤", 100_000), r.parcel("6", "佐藤", 100_000), r.parcel("7", "佐藤", 1)
	r.must("b", two.ID, ship)
	if p := r.must("c", three.ID, ship); p.State != payment.Captured {
		t.Fatalf("%+v", p)
	}
	if x := r.refused(four.ID, ship); x.Reason != payment.Bundled {
		t.Errorf("a fourth: %+v", x)
	}
	for _, c := range []payment.Command{payment.Adjust{Amount: 90_000}, payment.CorrectShipment{Slip: slipC}} {
		if x := r.refused(one.ID, c); x.Reason != payment.Bundled || !strings.Contains(x.Text, "cancel the payment") || !strings.Contains(x.Japanese, slipA) {
			t.Errorf("%T: %+v", c, x)
		}
	}
	r.must("d", two.ID, payment.Cancel{})
	r.must("e", three.ID, payment.Cancel{})
	if p := r.must("f", one.ID, payment.CorrectShipment{Slip: slipC}); p.State != payment.Captured || len(p.Shipments) != 1 || p.Shipments[0].Slip != slipC {
		t.Errorf("alone again: %+v", p)
	}
	r.must("g", four.ID, ship) // nobody has it any more
	r.restart()
	if p := r.load(four.ID); !p.HasSlip(slipA) {
		t.Errorf("%+v", p)
	}
}

// P38 P62: of orders that want one slip at the same moment no more get it than
// it may carry.
func TestBundleAtOnce(t *testing.T) {
	r := newDepot(t)
	var wg sync.WaitGroup
	var ids []payment.ID
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		ids = append(ids, r.parcel(n, "佐藤", 1000).ID)
	}
	for i, id := range ids {
		wg.Go(func() {
			_, err := r.command("ship"+string(rune('0'+i)), id, payment.Ship{Slip: slipA})
			var refusal *payment.Refusal
			if err != nil && (!errors.As(err, &refusal) || refusal.Reason != payment.Bundled) {
				t.Errorf("%v", err)
			}
		})
	}
	wg.Wait()
	n := 0
	for _, id := range ids {
		if p := r.load(id); p.HasSlip(slipA) {
			n++
		} else if p.State != payment.Authorized || p.Shipped {
			t.Errorf("half applied: %+v", p)
		}
	}
	if n != shipping.MaxBundleOrders {
		t.Errorf("%d orders have the slip", n)
	}
}

// Protocol 6: a reservation becomes a hold on its day, by an inquiry of ours, and
// is shipped then; after a restart it is not forgotten.
func TestReservationBecomesHold(t *testing.T) {
	r := newDepot(t)
	c := order("1")
	c.Customer, c.Save, c.ShipDate, c.Delivery = "m-1", true, "2026-12-24", "takkyubin"
	p := r.create("a", c)
	if p.State != payment.Authorized || !p.Reserved {
		t.Fatalf("%+v", p)
	}
	r.refused(p.ID, payment.Ship{Slip: slipA})
	if p = r.must("b", p.ID, payment.Reschedule{ShipDate: "2026-12-26"}); p.ShipDate != "2026-12-26" || r.bank.trades[p.Acceptance()].ShipDate != "2026-12-26" {
		t.Fatalf("%+v", p)
	}
	r.bank.will(losesAnswer)
	if p = r.must("c", p.ID, payment.Reschedule{ShipDate: "2026-12-24"}); p.ShipDate != "2026-12-24" || p.Question() != nil { // P16: E04 tells at once
		t.Fatalf("%+v", p)
	}
	d := r.o.Directory
	r.restart()
	r.o.Directory = d
	r.clock.advance(22*24*time.Hour + 6*time.Hour + time.Minute) // 2026-12-14, 18:01
	trade := r.bank.trades[p.Acceptance()]
	trade.Standing, trade.Approval = payment.StandingHeld, "777777"
	r.later(2*time.Minute, 10*time.Second)
	if p = r.load(p.ID); p.Reserved || p.Approval != "777777" {
		t.Fatalf("%+v", p)
	}
	if p = r.must("d", p.ID, payment.Ship{Slip: slipA}); p.State != payment.Captured {
		t.Errorf("%+v", p)
	}
}
