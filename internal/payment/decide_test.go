package payment

import (
	"errors"
	"testing"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, shop.Tokyo)

// fixture makes payments in any place of their life.
type fixture struct {
	t     *testing.T
	p     *Payment
	rules Rules
	shop  *shop.Shop
}

func create(t *testing.T, c Create) *fixture {
	t.Helper()
	f := &fixture{t: t, shop: testShop()}
	f.shop.Settings.Deliveries = yamatoAndOther
	f.rules = Rules{Now: noon, Contract: f.shop.Contracts[shop.Test], Settings: f.shop.Settings}
	if c.Amount == 0 {
		c.Amount = 5080
	}
	if c.OrderNumber == "" {
		c.OrderNumber = "1396"
	}
	events, err := Begin(NewID(noon, 7), f.shop, shop.Tenant{Shop: "s", Environment: shop.Test}, c, f.rules)
	if err != nil {
		t.Fatal(err)
	}
	return f.write(events)
}

func (f *fixture) write(events []Event) *fixture {
	f.t.Helper()
	p, err := Replay(f.p, events)
	if err != nil {
		f.t.Fatal(err)
	}
	if err := p.Check(); err != nil {
		f.t.Fatal(err)
	}
	f.p = p
	return f
}

// do decides a command and answers its wish with a yes.
func (f *fixture) do(c Command) *fixture {
	f.t.Helper()
	events, err := Decide(f.p, c, f.rules)
	if err != nil {
		f.t.Fatal(err)
	}
	return f.write(events).yes()
}

// yes answers every open question with a yes.
func (f *fixture) yes() *fixture {
	f.t.Helper()
	for f.p.Question() != nil {
		f.write(Conclude(f.p, f.p.Current().Number, Fact{Outcome: Yes, Approval: "123456"}, f.rules))
	}
	return f
}

func (f *fixture) refusal(c Command) *Refusal {
	f.t.Helper()
	events, err := Decide(f.p, c, f.rules)
	var r *Refusal
	if !errors.As(err, &r) {
		f.t.Fatalf("%T gave %v, %v; want a refusal", c, events, err)
	}
	return r
}

const token = "SIMAPPROVED00000"

func authorizedPayment(t *testing.T) *fixture {
	return create(t, Create{Means: Means{Token: token}}).yes()
}

// inState makes a payment in each state.
func inState(t *testing.T, s State) *fixture {
	switch s {
	case Pending:
		return create(t, Create{})
	case Authenticating:
		f := create(t, Create{Means: Means{Token: token}})
		return f.write(Conclude(f.p, 1, Fact{Outcome: Challenge, ChallengeToken: "x"}, f.rules))
	case Authorized:
		return authorizedPayment(t)
	case Captured:
		return authorizedPayment(t).do(Capture{})
	case Settled:
		f := authorizedPayment(t).do(Capture{})
		return f.write(Compare(f.p, Trade{Standing: StandingSettled, Amount: 5080}, f.rules))
	case Canceled:
		return authorizedPayment(t).do(Cancel{})
	case Declined:
		f := create(t, Create{Means: Means{Token: token}})
		return f.write(Conclude(f.p, 1, Fact{Outcome: No, Reason: CardDeclined}, f.rules))
	case Expired:
		f := create(t, Create{})
		f.rules.Now = noon.Add(CheckoutTTL)
		return f.write(Tend(f.p, f.rules))
	}
	panic("no such state")
}

// R26 R35 R37 P30: which verb is allowed in which state, and that every state
// can be reached.
func TestVerbsByState(t *testing.T) {
	commands := map[Operation]Command{
		OpAuthorize: Confirm{Means: Means{Token: token}}, OpCapture: Capture{}, OpAdjust: Adjust{Amount: 4000},
		OpCancel: Cancel{}, OpReauthorize: Reauthorize{},
	}
	for _, s := range States() {
		for op, c := range commands {
			f := inState(t, s)
			if f.p.State != s {
				t.Fatalf("made %s, wanted %s", f.p.State, s)
			}
			_, err := Decide(f.p, c, f.rules)
			if allowed := allowedFrom(op, s); allowed != (err == nil) {
				t.Errorf("%s a payment that is %s: %v; the table says %v", op, s, err, allowed)
			}
			if err != nil && f.refusal(c).Reason != WrongState {
				t.Errorf("%s a payment that is %s is refused as %s", op, s, f.refusal(c).Reason)
			}
		}
	}
}

// R37 R35 P25: amounts through a life of capture, changes and cancellation.
func TestAmounts(t *testing.T) {
	f := authorizedPayment(t)
	want := func(amount, captured, refunded money.Yen) {
		t.Helper()
		if f.p.Amount != amount || f.p.Captured != captured || f.p.Refunded != refunded {
			t.Fatalf("amount %d captured %d refunded %d; want %d %d %d", f.p.Amount, f.p.Captured, f.p.Refunded, amount, captured, refunded)
		}
	}
	want(5080, 0, 0)
	f.do(Adjust{Amount: 4000})
	want(4000, 0, 0)
	f.do(Capture{})
	want(4000, 4000, 0)
	f.do(Adjust{Amount: 3000})
	want(3000, 4000, 1000)
	f.do(Adjust{Amount: 6000})
	want(6000, 6000, 0)
	f.do(Cancel{})
	want(6000, 6000, 6000)
	f.do(Reauthorize{})
	want(6000, 6000, 6000)
	f.do(Capture{})
	want(6000, 6000, 0)
}

// P03: no amount outside 1 to the contract's limit, for every amount there is.
func TestAmountLimits(t *testing.T) {
	for _, y := range []money.Yen{-5080, -1, 0, money.Max + 1, 1<<31 - 1} {
		f := authorizedPayment(t)
		var bad *InvalidError
		if _, err := Decide(f.p, Adjust{Amount: y}, f.rules); !errors.As(err, &bad) || bad.Violations[0].Field != "amount" {
			t.Errorf("adjust to %d: %v", y, err)
		}
		if _, err := Begin("x", f.shop, shop.Tenant{}, Create{Amount: y, OrderNumber: "1"}, f.rules); !errors.As(err, &bad) || bad.Violations[0].Field != "amount" {
			t.Errorf("create with %d: %v", y, err)
		}
	}
	f := authorizedPayment(t)
	f.rules.Contract.AmountLimit = 6000
	var bad *InvalidError
	if _, err := Decide(f.p, Adjust{Amount: 6001}, f.rules); !errors.As(err, &bad) {
		t.Errorf("over the contract's limit: %v", err)
	}
}

// P40: the amount that is there already is no call and no error.
func TestSameAmount(t *testing.T) {
	f := authorizedPayment(t)
	events, err := Decide(f.p, Adjust{Amount: 5080}, f.rules)
	if err != nil || len(events) != 1 || events[0].Kind != KindUnchanged {
		t.Fatalf("%v, %v", events, err)
	}
}

// P36: an etag of an older version changes nothing.
func TestEtag(t *testing.T) {
	f := authorizedPayment(t)
	old := f.p.Etag()
	if _, err := Decide(f.p, Adjust{Amount: 1, Etag: old}, f.rules); err != nil {
		t.Fatal(err)
	}
	f.do(Adjust{Amount: 4000})
	for _, c := range []Command{Capture{old}, Adjust{Amount: 1, Etag: old}, Cancel{old}, Reauthorize{Etag: old}} {
		if r := f.refusal(c); r.Reason != EtagMismatch {
			t.Errorf("%T: %s", c, r.Reason)
		}
	}
}

// P31 P84: a lapsed hold is neither captured nor adjusted; reauthorize helps.
func TestHoldLapsed(t *testing.T) {
	f := authorizedPayment(t)
	f.rules.Now = f.p.HoldExpires
	if _, err := Decide(f.p, Capture{}, f.rules); err != nil {
		t.Fatalf("in the last second: %v", err)
	}
	f.rules.Now = f.p.HoldExpires.Add(time.Second)
	r := f.refusal(Capture{})
	if r.Reason != HoldLapsed || len(r.Allowed) != 2 || r.Allowed[0] != OpCancel || r.Allowed[1] != OpReauthorize {
		t.Fatalf("%+v", r)
	}
	if f.refusal(Adjust{Amount: 1}).Reason != HoldLapsed {
		t.Fatal("adjust")
	}
	for f.rules.Now.In(shop.Tokyo).Hour() != 2 {
		f.rules.Now = f.rules.Now.Add(time.Hour)
	}
	if f.do(Reauthorize{}); f.p.HoldLapsed(f.rules.Now) {
		t.Fatal("still lapsed after reauthorize")
	}
	f.do(Capture{})
}

// P37: outside service hours refused with the time to come back, or deferred,
// shown, and carried out once; capture waits meanwhile; Cancel removes it.
func TestServiceHours(t *testing.T) {
	night := time.Date(2026, 11, 22, 23, 30, 0, 0, shop.Tokyo)
	opens := time.Date(2026, 11, 23, 1, 0, 0, 0, shop.Tokyo)
	for _, c := range []Command{Adjust{Amount: 4000}, Reauthorize{}} {
		f := authorizedPayment(t)
		f.rules.Now = night
		if r := f.refusal(c); r.Reason != OutsideServiceHours || !r.RetryAt.Equal(opens) {
			t.Errorf("%T: %+v", c, r)
		}
	}
	f := authorizedPayment(t)
	f.rules.Now = night
	f.do(Adjust{Amount: 4000, AllowDeferral: true})
	if f.p.Scheduled == nil || !f.p.NextCare().Equal(opens) {
		t.Fatalf("%+v, next care %v", f.p.Scheduled, f.p.NextCare())
	}
	if r := f.refusal(Capture{}); r.Reason != OperationScheduled || !r.RetryAt.Equal(opens) {
		t.Fatalf("capture while it waits: %+v", r)
	}
	if events := Tend(f.p, f.rules); events != nil {
		t.Fatalf("before its time: %v", events)
	}
	removed := *f
	removed.do(Cancel{})
	if removed.p.Scheduled != nil || removed.p.State != Authorized {
		t.Fatalf("Cancel removes what waits and nothing else: %+v", removed.p)
	}
	f.rules.Now = opens
	f.write(Tend(f.p, f.rules)).yes()
	if f.p.Amount != 4000 || f.p.Scheduled != nil || Tend(f.p, f.rules) != nil {
		t.Fatalf("after its time: %+v", f.p)
	}
}

// R17 R27 P39: Yamato delivery is only authorized, whatever is asked, and a
// bare capture names what is missing.
func TestYamatoOrder(t *testing.T) {
	f := create(t, Create{Means: Means{Token: token}, Delivery: "takkyubin", Mode: shop.AuthorizeAndCapture}).yes()
	if f.p.State != Authorized || f.p.Mode != shop.Authorize {
		t.Fatalf("%s %s", f.p.State, f.p.Mode)
	}
	if r := f.refusal(Capture{}); r.Reason != CaptureConditions || len(r.Missing) != 3 {
		t.Fatalf("%+v", r)
	}
}

// R16 R32 P32: authorize and capture is two facts, and the wish for the second
// comes in one commit with the first.
func TestAuthorizeAndCapture(t *testing.T) {
	f := create(t, Create{Means: Means{Token: token}, Mode: shop.AuthorizeAndCapture})
	events := Conclude(f.p, 1, Fact{Outcome: Yes, Approval: "1"}, f.rules)
	if len(events) != 2 || events[0].Kind != KindAuthorized || events[1].Kind != KindAsked || events[1].Operation != OpCapture {
		t.Fatalf("%v", events)
	}
	f.write(events)
	if f.p.State != Authorized || f.p.Captured != 0 {
		t.Fatalf("captured before the provider said so: %+v", f.p)
	}
	refused := *f
	refused.write(Conclude(f.p, 1, Fact{Outcome: No, Reason: ProviderRefused}, f.rules))
	if refused.p.State != Authorized || refused.p.Question() != nil {
		t.Fatalf("a refused capture leaves the hold: %+v", refused.p)
	}
	if f.yes(); f.p.State != Captured || f.p.Captured != 5080 {
		t.Fatalf("%+v", f.p)
	}
}

// P05 P02: while a question is open nothing else is asked.
func TestOneQuestionAtATime(t *testing.T) {
	f := authorizedPayment(t)
	events, err := Decide(f.p, Capture{}, f.rules)
	if err != nil {
		t.Fatal(err)
	}
	f.write(events)
	for _, c := range []Command{Capture{}, Cancel{}, Adjust{Amount: 1}, Reauthorize{}, Confirm{Means: Means{Token: token}}} {
		if r := f.refusal(c); r.Reason != OperationPending || r.RetryAt.IsZero() {
			t.Errorf("%T: %+v", c, r)
		}
	}
}

// P09 P10: who gives way to a newer payment for the same order.
func TestGiveWay(t *testing.T) {
	for _, s := range States() {
		f := inState(t, s)
		events, refusal := GiveWay(f.p, f.rules)
		switch s {
		case Pending, Authenticating:
			if refusal != nil || len(events) != 1 || events[0].Reason != Superseded {
				t.Errorf("%s: %v, %v", s, events, refusal)
			}
			if f.write(events); f.p.State != Canceled || len(f.p.Inquiries(f.rules.Now)) != 0 {
				t.Errorf("%s superseded: %+v", s, f.p)
			}
		case Authorized, Captured, Settled:
			if refusal == nil || refusal.Reason != OrderNumberTaken || refusal.Other != f.p.ID {
				t.Errorf("%s: %v, %v", s, events, refusal)
			}
		default:
			if refusal != nil || events != nil {
				t.Errorf("%s: %v, %v", s, events, refusal)
			}
		}
	}
	open := create(t, Create{Means: Means{Token: token}})
	if _, refusal := GiveWay(open.p, open.rules); refusal == nil || refusal.RetryAt.IsZero() {
		t.Errorf("with a call open: %v", refusal)
	}
}

// P38 P90: limits on attempts.
func TestAttemptLimit(t *testing.T) {
	f := inState(t, Declined)
	for n := 2; n <= MaxAttempts; n++ {
		events, err := Decide(f.p, Confirm{Means: Means{Token: token}}, f.rules)
		if err != nil {
			t.Fatalf("attempt %d: %v", n, err)
		}
		f.write(events)
		f.write(Conclude(f.p, n, Fact{Outcome: No, Reason: CardDeclined}, f.rules))
	}
	if r := f.refusal(Confirm{Means: Means{Token: token}}); r.Reason != AttemptsExhausted {
		t.Fatalf("%+v", r)
	}
	if got := f.p.Attempts[4].Acceptance; got != f.p.Acceptance() || len(got) != 22 {
		t.Fatalf("acceptance number %q", got)
	}
}

// P15: own numbers within the provider's 23 characters and alphabet.
func TestAcceptanceNumbers(t *testing.T) {
	for _, ms := range []int64{0, 1, noon.UnixMilli(), 1<<45 - 1} {
		id := NewID(time.UnixMilli(ms), 1<<55-1)
		if !id.Valid() {
			t.Fatalf("id %q", id)
		}
		for _, n := range []int{1, 2, 99} {
			s := id.Acceptance(n)
			for _, c := range s {
				if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '-') {
					t.Errorf("%q has %q", s, c)
				}
			}
			if back, m, err := ParseAcceptance(s); len(s) > 23 || err != nil || back != id || m != n {
				t.Errorf("%q reads as %s %d: %v", s, back, m, err)
			}
		}
	}
	if a, b := NewID(time.UnixMilli(1000), 1<<55-1), NewID(time.UnixMilli(1001), 0); a >= b {
		t.Errorf("%s does not sort before %s", a, b)
	}
	for _, s := range []string{"", "abc", "0123456789ABCDEFGHIJ-1", "0123456789ABCDEFGHIJ-02", "0123456789ABCDEFGHIJ-", "0123456789abcdefghij", "0123456789ABCDEFGHIZ"} {
		if _, _, err := ParseAcceptance(s); err == nil {
			t.Errorf("%q is read", s)
		}
	}
}
