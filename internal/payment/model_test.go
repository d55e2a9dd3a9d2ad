package payment

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// provider is a model of the other side: what one attempt is there.
type provider struct {
	standing Standing
	amount   money.Yen
	approval int
	slips    []string
	shipDate string
}

// world is a payment, its provider and a clock, moved at random.
type world struct {
	t       *rapid.T
	now     time.Time
	p       *Payment
	history []Event
	trades  map[int]*provider
	pending map[int]Event // wishes that are at the provider or on the way
	shop    *shop.Shop

	authenticated int // A09s that reached the provider
	renewals      int // A11s that the provider did
	renewed       int // of them, before the last wish for one
}

func (w *world) rules() Rules {
	return Rules{Now: w.now, Contract: w.shop.Contracts[shop.Test], Settings: w.shop.Settings}
}

// write applies events and checks every invariant at every prefix.
func (w *world) write(events []Event) {
	for i := range events {
		before := w.p
		next, err := Apply(w.p, &events[i])
		if err != nil {
			w.t.Fatalf("our own event is impossible: %v", err)
		}
		if err := next.Check(); err != nil {
			w.t.Fatalf("after %s: %v", events[i].Kind, err)
		}
		if before != nil && before.Version != next.Version-1 {
			w.t.Fatalf("Apply changed the payment it was given")
		}
		w.p = next
		if events[i].Kind == KindAsked {
			w.pending[events[i].Attempt] = events[i]
		}
		w.renewal(&events[i])
	}
	w.history = append(w.history, events...)
}

// renewal holds what is said of a hold that was to be made anew against what was done.
func (w *world) renewal(e *Event) {
	switch {
	case e.Kind == KindAsked && e.Operation == OpReauthorize:
		w.renewed = w.renewals
	case e.Kind == KindReauthorized && w.renewals == w.renewed:
		w.t.Fatal("the hold was never made anew")
	case e.Kind == KindReleased && e.Operation == OpReauthorize && w.renewals > w.renewed:
		w.t.Fatal("the hold was made anew")
	}
}

// noted is what the processor adds to a wish to hold anew.
func (w *world) noted(events []Event) []Event {
	if n := len(events); n > 0 && events[n-1].Kind == KindAsked && w.p.Renews(&events[n-1]) {
		NoteHold(&events[n-1], w.trade(events[n-1].Attempt))
	}
	return events
}

// work is what the provider does with a wish, and its answer.
func (w *world) work(e Event) Fact {
	tr := w.trades[e.Attempt]
	if tr == nil {
		tr = &provider{}
		w.trades[e.Attempt] = tr
	}
	held := tr.standing.firm() == StandingHeld || tr.standing == StandingCaptured || tr.standing == StandingSettled
	switch e.Operation {
	case OpAuthorize:
		if rapid.Bool().Draw(w.t, "declined") {
			return Fact{Outcome: No, Reason: CardDeclined, Code: "A082000010"}
		}
		if rapid.Bool().Draw(w.t, "challenged") {
			return Fact{Outcome: Challenge, ChallengeToken: "t", ChallengeHTML: "h"}
		}
		tr.hold(w, e.Amount)
	case OpAuthenticate:
		w.authenticated++
		if held { // the number is used: A092000001, which proves nothing by itself
			return Fact{}
		}
		if rapid.Bool().Draw(w.t, "failed") {
			return Fact{Outcome: No, Reason: AuthenticationFailed, Code: "A092000004"}
		}
		tr.hold(w, e.Amount)
	case OpCapture:
		if tr.standing != StandingHeld {
			return Fact{Outcome: No, Reason: ProviderRefused}
		}
		tr.standing = StandingCaptured
	case OpAdjust:
		if !held || rapid.IntRange(0, 3).Draw(w.t, "refused") == 0 {
			return Fact{Outcome: No, Reason: CardDeclined}
		}
		tr.amount = e.Amount
		tr.approval++
		return Fact{Outcome: Yes}
	case OpCancel:
		if !held && tr.standing != StandingAttention { // 15 and 17 can be canceled, too
			return Fact{Outcome: No, Reason: ProviderRefused}
		}
		tr.standing, tr.slips = StandingCanceled, nil
	case OpReauthorize:
		if tr.standing != StandingHeld && tr.standing != StandingCanceled {
			return Fact{Outcome: No, Reason: ProviderRefused}
		}
		tr.standing = StandingHeld
		tr.approval++
		w.renewals++
	case OpShip:
		if tr.standing != StandingHeld && tr.standing != StandingCaptured || slices.Contains(tr.slips, e.Slip) {
			return Fact{} // E011010351, E012000001: prove nothing by themselves
		}
		tr.standing, tr.slips = StandingCaptured, append(slices.Clone(tr.slips), e.Slip)
	case OpUnship:
		if !slices.Contains(tr.slips, e.Slip) {
			return Fact{}
		}
		if len(tr.slips) == 1 {
			w.t.Fatal("the last slip is taken off: the charge would fall back to a hold") // P61
		}
		tr.slips = slices.DeleteFunc(slices.Clone(tr.slips), func(s string) bool { return s == e.Slip })
	case OpReschedule:
		if tr.standing != StandingReserved {
			return Fact{Outcome: No, Reason: WrongState}
		}
		tr.shipDate = e.ShipDate
	}
	return Fact{Outcome: Yes, Approval: string(rune('0' + tr.approval))}
}

// hold makes a hold, or a reservation.
func (tr *provider) hold(w *world, y money.Yen) {
	tr.standing, tr.amount, tr.approval, tr.shipDate = StandingHeld, y, 1, w.p.ShipDate
	if tr.shipDate != "" {
		tr.standing = StandingReserved
	}
}

// ripen makes a reservation a hold when its day has come, or fails to.
func (w *world) ripen(tr *provider) {
	if tr.standing != StandingReserved {
		return
	}
	if day, _ := ParseShipDate(tr.shipDate); w.now.Before(day.AddDate(0, 0, -ReservationLead)) {
		return
	}
	if tr.standing = StandingHeld; rapid.IntRange(0, 3).Draw(w.t, "the card says no") == 0 {
		tr.standing = StandingAttention
	}
	tr.approval++
}

func (w *world) trade(n int) Trade {
	tr := w.trades[n]
	if tr == nil {
		return Trade{Standing: StandingNone}
	}
	w.ripen(tr)
	return Trade{Standing: tr.standing, Amount: tr.amount, Approval: string(rune('0' + tr.approval)), Slips: tr.slips, ShipDate: tr.shipDate}
}

// answer lets the provider work on every wish under way, and brings its answer
// home, or loses it, or loses the wish.
func (w *world) answer() {
	for n, e := range w.pending {
		delete(w.pending, n)
		switch rapid.SampledFrom([]string{"answered", "answered", "lost answer", "lost wish", "late", "not sent", "half"}).Draw(w.t, "fate") {
		case "answered":
			w.home(n, w.work(e))
		case "lost answer":
			w.work(e)
			w.write(Lose(w.p, n, "", w.rules()))
		case "lost wish":
			w.write(Lose(w.p, n, "", w.rules()))
		case "late":
			w.write(Lose(w.p, n, "", w.rules()))
			w.now = w.now.Add(SettleDelay)
			w.write(Judge(w.p, n, w.trade(n), w.rules()))
			if e.Operation == OpAuthorize && w.p.Attempts[n-1].Open == nil {
				w.work(e) // the provider does it after we had given it up: the watch is for that
			}
		case "not sent":
			w.write(Release(w.p, n, ProviderUnreachable, "", w.rules()))
		case "half":
			if e.Operation == OpAdjust {
				w.work(e)
				w.write(Conclude(w.p, n, Fact{Outcome: Half, Code: "A077000001"}, w.rules()))
			} else {
				w.write(Lose(w.p, n, "", w.rules()))
			}
		}
	}
}

// home brings an answer home; an empty one proves nothing.
func (w *world) home(n int, f Fact) {
	if f.Outcome == 0 {
		w.write(Lose(w.p, n, "A092000001", w.rules()))
		w.write(Judge(w.p, n, w.trade(n), w.rules()))
		return
	}
	w.write(Conclude(w.p, n, f, w.rules()))
}

// comeBack is a browser that returns from a challenge: the present one or an
// older one, with any result, now and then with another amount.
func (w *world) comeBack() {
	ret := Return{
		Result: rapid.SampledFrom([]string{"0000", "0001", "0002", "0003", "0006", "0011", "9999"}).Draw(w.t, "result"),
		Amount: w.p.Amount - money.Yen(rapid.IntRange(0, 4).Draw(w.t, "other amount")/4), Values: []byte("values"),
	}
	events, err := Returned(w.p, rapid.IntRange(1, max(len(w.p.Attempts), 1)).Draw(w.t, "attempt"), ret, w.rules())
	if err == nil {
		w.write(events)
	}
}

func (w *world) sweep() {
	for _, n := range w.p.Inquiries(w.now) {
		if _, busy := w.pending[n]; !busy {
			w.write(Lose(w.p, n, "", w.rules()))
			w.write(Judge(w.p, n, w.trade(n), w.rules()))
		}
	}
	if len(w.pending) == 0 {
		w.write(w.noted(Tend(w.p, w.rules())))
		w.write(TendUnwanted(w.p, w.rules()))
	}
}

func (w *world) command() {
	amount := money.Yen(rapid.IntRange(-1, 9000).Draw(w.t, "amount"))
	all := []Command{
		Capture{},
		Adjust{Amount: amount, AllowDeferral: rapid.Bool().Draw(w.t, "defer")},
		Cancel{},
		Reauthorize{AllowDeferral: true},
		Confirm{Means: Means{Token: "SIMAPPROVED00000"}},
		Confirm{Means: Means{Token: "madeByABrowser00"}},
		Confirm{Means: Means{Token: "madeByABrowser00", Save: true}},
		Ship{Carrier: shipping.CarrierYamato, Slip: rapid.SampledFrom([]string{"", slipA, slipB, slipC}).Draw(w.t, "slip")},
		CorrectShipment{Slip: rapid.SampledFrom([]string{slipA, slipB, slipC}).Draw(w.t, "right slip")},
		UpdateOrder{Canceled: of(rapid.IntRange(0, 3).Draw(w.t, "order canceled") == 0), Total: &amount},
		Reschedule{ShipDate: w.now.AddDate(0, 0, rapid.IntRange(-1, 95).Draw(w.t, "ship date")).In(shop.Tokyo).Format(dayForm)},
	}
	if w.p.Yamato && w.p.Held() && rapid.Bool().Draw(w.t, "about the parcel") {
		all = slices.DeleteFunc(all, func(c Command) bool { return c.operation() != OpShip })
	}
	events, err := Decide(w.p, rapid.SampledFrom(all).Draw(w.t, "command"), w.rules())
	if err == nil {
		w.write(w.noted(events))
	}
}

func testShop() *shop.Shop {
	return &shop.Shop{ID: "s", Contracts: map[shop.Environment]shop.Contract{shop.Test: {
		HoldDays: 60, Flags: shop.Flags{AmountIncrease: true, CaptureByCode99: true},
	}}, Settings: shop.Settings{Mode: shop.Authorize, Installments: true}}
}

func begin(t *rapid.T, mode shop.Mode, secure shop.ThreeDSecure) *world {
	w := &world{
		t: t, now: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC), trades: map[int]*provider{}, pending: map[int]Event{}, shop: testShop(),
	}
	w.shop.Settings.ThreeDSecure = secure
	tenant := shop.Tenant{Shop: "s", Environment: shop.Test}
	c := Create{Amount: 5080, OrderNumber: "1396", Customer: "m", Means: Means{Token: "madeByABrowser00"}, Mode: mode}
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		c.Registration = true
	case 1, 2:
		c.Delivery = "takkyubin"
	case 3:
		c.Save, c.ShipDate = true, w.now.AddDate(0, 0, rapid.IntRange(10, 90).Draw(t, "ship date")).Format(dayForm)
		c.Delivery = rapid.SampledFrom([]string{"takkyubin", "other"}).Draw(t, "delivery")
	}
	w.shop.Settings.Deliveries, w.shop.Settings.Saving = yamatoAndOther, shop.SavingAlways
	contract := w.shop.Contracts[shop.Test]
	contract.Flags.Reservation, contract.Flags.Vault = true, true
	contract.Flags.SeveralShipments = rapid.Bool().Draw(t, "several shipments")
	w.shop.Contracts[shop.Test] = contract
	events, err := Begin(NewID(w.now, 1), w.shop, tenant, c, w.rules())
	if err != nil {
		t.Fatal(err)
	}
	w.write(events)
	return w
}

// TestLife moves a payment at random through commands, lost answers, lost
// wishes, late holds and sweeps. At every prefix every invariant holds; in the
// end, when the provider can be reached and time has passed, no question is
// open and books and provider agree, or an operator is called.
// P01 P02 P16 P17 P18 P19 P22 P25 P26 P29 P30 P41 P44 P61 R26 R27 R28 R35 R36 R37 R42
func TestLife(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := begin(t,
			rapid.SampledFrom([]shop.Mode{shop.Authorize, shop.AuthorizeAndCapture}).Draw(t, "mode"),
			rapid.SampledFrom([]shop.ThreeDSecure{shop.ThreeDSecureOff, shop.ThreeDSecureOn, shop.ThreeDSecureByRisk}).Draw(t, "3-D Secure"))
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			w.now = w.now.Add(time.Duration(rapid.IntRange(0, 3600).Draw(t, "seconds")) * time.Second)
			w.step(rapid.SampledFrom([]string{"command", "answer", "return", "sweep", "sweep"}).Draw(t, "step"))
		}
		w.settle()
		w.agree()
	})
}

// TestRenewals changes amounts and makes holds anew, with every fate of a call, while somebody
// does the same at the provider's own screen: what is said of each renewal is what was done.
// TestLife comes by here too seldom.
// P17 P18 P37 R42
func TestRenewals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := begin(t, shop.Authorize, shop.ThreeDSecureOff)
		if w.p.Registration || w.p.ShipDate != "" {
			t.Skip("no plain hold")
		}
		delete(w.pending, 1)
		w.trades[1] = &provider{}
		w.trades[1].hold(w, w.p.Amount)
		w.home(1, Fact{Outcome: Yes, Approval: "1"})
		for range rapid.IntRange(2, 8).Draw(t, "steps") {
			w.now = w.now.Add(time.Minute)
			if rapid.IntRange(0, 4).Draw(t, "elsewhere") == 0 {
				w.trades[1].approval++
			}
			var c Command = Reauthorize{}
			if rapid.Bool().Draw(t, "adjust") {
				c = Adjust{Amount: money.Yen(rapid.IntRange(1, 9000).Draw(t, "amount"))}
			}
			events, err := Decide(w.p, c, w.rules())
			if err != nil {
				continue
			}
			w.write(w.noted(events))
			for w.answer(); w.p.Question() != nil; w.sweep() {
				w.now = w.now.Add(SettleDelay)
			}
		}
	})
}

// step is one of the things that happen to a payment.
func (w *world) step(name string) {
	switch name {
	case "return":
		w.comeBack()
	case "command":
		w.command()
	case "answer":
		w.answer()
	case "sweep":
		w.sweep()
	}
}

// settle lets time pass with a provider that answers, until nobody needs care.
func (w *world) settle() {
	for range 60 {
		for n, e := range w.pending {
			delete(w.pending, n)
			w.home(n, w.work(e))
		}
		if w.p.NextCare().IsZero() || w.stuck() {
			return
		}
		w.now = later(w.now.Add(time.Hour), w.p.NextCare())
		w.sweep()
	}
	w.t.Fatalf("still not at rest: next care %v, %+v", w.p.NextCare(), w.p)
}

// later is the later of two times: a reservation's day may be months away.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// stuck reports whether an authentication had no answer for as long as its
// challenge lasted: then a person must find out.
func (w *world) stuck() bool {
	q := w.p.Question()
	return q != nil && q.Operation == OpAuthenticate && w.p.Attention == ResultLost
}

// agree holds the books against the provider, attempt by attempt.
func (w *world) agree() {
	holding := 0
	if w.p.Registration && w.p.Held() && w.p.Attention == "" {
		w.t.Fatalf("the yen that registered a card is still held: %+v", w.p)
	}
	if w.p.Owed && w.p.State == Authorized && w.p.Attention == "" {
		w.t.Fatalf("the capture of the purchase is owed at rest: %+v", w.p)
	}
	for i := range w.p.Attempts {
		a, tr := &w.p.Attempts[i], w.trade(i+1)
		if a.Open != nil && !w.stuck() {
			w.t.Fatalf("attempt %d has an open question at rest", i+1)
		}
		if tr.Standing.firm() == StandingHeld || tr.Standing == StandingCaptured || tr.Standing == StandingSettled {
			holding++
		}
	}
	if holding > 1 {
		w.t.Fatalf("%d attempts hold money at the provider", holding)
	}
	if w.p.Winner == 0 {
		if holding > 0 {
			w.t.Fatalf("the provider holds money for a payment that is %s", w.p.State)
		}
		return
	}
	if w.p.Attention == "" && !agrees(w.p, w.trade(w.p.Winner)) {
		w.t.Fatalf("books say %s %d, provider %+v", w.p.State, w.p.Amount, w.trade(w.p.Winner))
	}
}

// TestReplay proves that a payment is nothing but its events, and that no
// prefix, applied twice or out of order, is taken. P30 P87
func TestReplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := begin(t, shop.Authorize, shop.ThreeDSecureOff)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			w.now = w.now.Add(time.Minute)
			w.command()
			w.answer()
			w.comeBack()
			w.sweep()
		}
		again, err := Replay(nil, w.history)
		if err != nil {
			t.Fatal(err)
		}
		if again.State != w.p.State || again.Amount != w.p.Amount || again.Version != w.p.Version || len(again.Attempts) != len(w.p.Attempts) {
			t.Fatalf("replayed %+v, lived %+v", again, w.p)
		}
		i := rapid.IntRange(0, len(w.history)-1).Draw(t, "repeated")
		if _, err := Apply(w.p, &w.history[i]); err == nil {
			t.Fatalf("event %d was taken twice", i+1)
		}
	})
}

// FuzzParseAcceptance: P15
func FuzzParseAcceptance(f *testing.F) {
	f.Add("0123456789ABCDEFGHIJ")
	f.Add("0123456789ABCDEFGHIJ-2")
	f.Fuzz(func(t *testing.T, s string) {
		if id, n, err := ParseAcceptance(s); err == nil && id.Acceptance(n) != s {
			t.Fatalf("%q reads as %s, %d", s, id, n)
		}
	})
}
