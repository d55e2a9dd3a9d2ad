package payment

import (
	"errors"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// register decides and writes; it gives what was written, or the refusal.
func (f *fixture) register(c RegisterOrder) ([]Event, *Refusal) {
	f.t.Helper()
	events, err := Register(f.p, c, f.rules)
	var refusal *Refusal
	if err != nil && !errors.As(err, &refusal) {
		f.t.Fatal(err)
	}
	f.write(events)
	return events, refusal
}

// R40: in every state: an order is registered when its money is held or charged,
// and else refused, with what to do, in both languages.
func TestRegisterInEveryState(t *testing.T) {
	for _, s := range States() {
		f := inState(t, s)
		before := *f.p
		events, refusal := f.register(RegisterOrder{})
		switch held := f.p.Held(); {
		case held && (len(events) != 1 || refusal != nil || !f.p.Confirmed() || f.p.OrderDate.IsZero()):
			t.Errorf("%s: %+v %v", s, events, refusal)
		case !held && (len(events) != 0 || refusal == nil || refusal.Reason != WrongState || refusal.Text == "" || !strings.HasSuffix(refusal.Japanese, "。")):
			t.Errorf("%s: %+v %+v", s, events, refusal)
		}
		if f.p.State != before.State || f.p.Amount != before.Amount || f.p.Captured != before.Captured || f.p.Refunded != before.Refunded {
			t.Errorf("%s: the payment moved: %+v", s, f.p)
		}
	}
}

// R40: the order bears the date of the log entry, or today's, as the operator
// chooses; registered again, with another date or an old etag, it stays.
func TestRegisterDates(t *testing.T) {
	later := noon.Add(26 * time.Hour)
	for _, c := range []struct {
		from DateFrom
		want time.Time
	}{{"", later}, {FromNow, later}, {FromLog, noon}} {
		f := authorizedPayment(t)
		f.rules.Now = later
		if _, refusal := f.register(RegisterOrder{From: c.from, Etag: f.p.Etag()}); refusal != nil || !f.p.OrderDate.Equal(c.want) {
			t.Errorf("%q: %v %v", c.from, f.p.OrderDate, refusal)
		}
		for _, again := range []RegisterOrder{{}, {From: FromLog}, {From: FromNow, Etag: `"1"`}} {
			if events, refusal := f.register(again); len(events) != 0 || refusal != nil || !f.p.OrderDate.Equal(c.want) {
				t.Errorf("%q, then %+v: %v %v", c.from, again, events, refusal)
			}
		}
	}
	f := authorizedPayment(t)
	if _, refusal := f.register(RegisterOrder{Etag: `"1"`}); refusal == nil || refusal.Reason != EtagMismatch { // P36
		t.Errorf("%+v", refusal)
	}
}

// R40: never twice: a shop that has the order, because it sent it, said what became
// of it or brought it along, gets no second one.
func TestRegisterNeverTwice(t *testing.T) {
	for name, f := range map[string]*fixture{
		"said to be open": authorizedPayment(t).sent(UpdateOrder{Canceled: of(false)}),
		"canceled":        authorizedPayment(t).sent(UpdateOrder{Canceled: of(true)}),
		"shipped":         authorizedPayment(t).do(Ship{Carrier: "other"}),
	} {
		version := f.p.Version
		if events, refusal := f.register(RegisterOrder{}); len(events) != 0 || refusal != nil || f.p.Version != version {
			t.Errorf("%s: %+v %+v", name, events, refusal)
		}
	}
	moved := &Payment{Opening: Opening{Foreign: "0001"}}
	if !moved.Confirmed() {
		t.Error("an order that was brought along is lost")
	}
}

// R39: the shop's word that the order is open is written once, so that it counts;
// after it, it is said already.
func TestOpenIsTheShopsWord(t *testing.T) {
	f := authorizedPayment(t)
	if f.p.Confirmed() {
		t.Fatal("confirmed by nobody")
	}
	version := f.p.Version
	for range 2 {
		if f.sent(UpdateOrder{Canceled: of(false)}); !f.p.Confirmed() || f.p.OrderCanceled || f.p.Version != version+1 {
			t.Fatalf("%+v", f.p)
		}
	}
}

// R40: a shop that switched it off, a card's registration and a payment on its way
// back are refused; what is registered before stays answered.
func TestRegisterRefuses(t *testing.T) {
	off := authorizedPayment(t)
	off.rules.Settings.NoRegistration = true
	if _, r := off.register(RegisterOrder{}); r == nil || r.Reason != WrongState || !strings.Contains(r.Text, "order_registration") || !strings.Contains(r.Japanese, "orderRegistration") {
		t.Errorf("%+v", r)
	}
	card := create(t, Create{Means: Means{Token: token}, Registration: true, Amount: 1})
	if _, r := card.register(RegisterOrder{}); r == nil || r.Reason != WrongState {
		t.Errorf("%+v", r)
	}
	back := authorizedPayment(t).sent(Cancel{})
	if _, r := back.register(RegisterOrder{}); r == nil || r.Reason != OperationPending || r.RetryAt.IsZero() {
		t.Errorf("%+v", r)
	}
	open := create(t, Create{Means: Means{Token: token}})
	if _, r := open.register(RegisterOrder{}); r == nil || r.Reason != WrongState { // nobody knows yet whether it holds money
		t.Errorf("%+v", r)
	}
	known := authorizedPayment(t)
	known.register(RegisterOrder{})
	known.rules.Settings.NoRegistration = true
	if events, r := known.register(RegisterOrder{}); len(events) != 0 || r != nil {
		t.Errorf("%+v %+v", events, r)
	}
}

// R39: told once, when the time is over, if money is held and the shop has not
// shown that it has the order.
func TestUnconfirm(t *testing.T) {
	tell := func(f *fixture, after time.Duration) int {
		f.rules.Now = noon.Add(after)
		events := Unconfirm(f.p, f.rules)
		f.write(events)
		return len(events)
	}
	f := authorizedPayment(t)
	if tell(f, 30*time.Minute-time.Nanosecond) != 0 || tell(f, 30*time.Minute) != 1 || !f.p.Unconfirmed || tell(f, 31*time.Minute) != 0 {
		t.Errorf("%+v", f.p)
	}
	slow := authorizedPayment(t)
	slow.rules.Settings.Care.ConfirmMinutes = 60
	if tell(slow, 59*time.Minute) != 0 || tell(slow, time.Hour) != 1 {
		t.Errorf("%+v", slow.p)
	}
	for _, s := range States() {
		f := inState(t, s)
		if got, want := tell(f, 48*time.Hour), f.p.Held(); (got == 1) != want {
			t.Errorf("%s: told %d times", s, got)
		}
	}
	if f := authorizedPayment(t).sent(UpdateOrder{Canceled: of(false)}); tell(f, time.Hour) != 0 {
		t.Error("the shop has it")
	}
	if f := challenged(t, shop.ThreeDSecureOn); f.p.Orphan(shop.Care{}, noon.Add(59*time.Minute)) || !f.p.Orphan(shop.Care{}, noon.Add(time.Hour)) {
		t.Error("a challenge counts to its end")
	}
}

// R40: the shop's rule acts on what was told of, when it is old enough and nobody
// is in doubt about the money; and not on what is older than three days.
func TestOrphanRule(t *testing.T) {
	cancel := shop.Settings{Care: shop.Care{Orphans: shop.OrphansCancel}}
	register := shop.Settings{Care: shop.Care{Orphans: shop.OrphansRegister, OrphanHours: 2}}
	off := register
	off.NoRegistration = true
	told := func(f *fixture) *fixture {
		f.rules.Now = noon.Add(30 * time.Minute)
		return f.write(Unconfirm(f.p, f.rules))
	}
	attention := told(authorizedPayment(t))
	attention.write(attention.rules.events(attention.p, Event{Kind: KindAttention, Attempt: 1, Reason: ProviderDiffers}))
	for name, c := range map[string]struct {
		f     *fixture
		s     shop.Settings
		after time.Duration
		want  shop.OrphanRule
		shown bool // when the rule will act
	}{
		"waiting is the default": {told(authorizedPayment(t)), shop.Settings{}, 48 * time.Hour, shop.OrphansWait, false},
		"too young":              {told(authorizedPayment(t)), cancel, 23 * time.Hour, shop.OrphansWait, true},
		"canceled":               {told(authorizedPayment(t)), cancel, 24 * time.Hour, shop.OrphansCancel, true},
		"given back":             {told(inState(t, Captured)), cancel, 24 * time.Hour, shop.OrphansCancel, true},
		"registered":             {told(authorizedPayment(t)), register, 2 * time.Hour, shop.OrphansRegister, true},
		"switched off":           {told(authorizedPayment(t)), off, 2 * time.Hour, shop.OrphansWait, false},
		"not told yet":           {authorizedPayment(t), cancel, 24 * time.Hour, shop.OrphansWait, true},
		"too old":                {told(authorizedPayment(t)), cancel, 96 * time.Hour, shop.OrphansWait, false},
		"an open question":       {told(authorizedPayment(t)).sent(Capture{}), cancel, 24 * time.Hour, shop.OrphansWait, false},
		"attention":              {attention, cancel, 24 * time.Hour, shop.OrphansWait, false},
		"the shop has it":        {told(authorizedPayment(t)).sent(UpdateOrder{Canceled: of(false)}), cancel, 24 * time.Hour, shop.OrphansWait, false},
		"holds nothing":          {inState(t, Declined), cancel, 24 * time.Hour, shop.OrphansWait, false},
	} {
		now := noon.Add(c.after)
		if got := c.f.p.OrphanDue(&c.s, now); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
		if shown := !c.f.p.OrphanTime(&c.s, now).IsZero(); shown != c.shown {
			t.Errorf("%s: shown: %v", name, shown)
		}
	}
}

// P103: what may still move keeps whose it was; what has ended needs it no more.
func TestOver(t *testing.T) {
	over := map[State]bool{Settled: true, Canceled: true, Expired: true, Declined: true}
	for _, s := range States() {
		if f := inState(t, s); f.p.Over(noon) != over[s] {
			t.Errorf("%s: %v", s, f.p.Over(noon))
		}
	}
	held := authorizedPayment(t)
	if lapse := held.p.HoldExpires; held.p.Over(lapse) || !held.p.Over(lapse.Add(time.Second)) {
		t.Error("a lapsed hold")
	}
	f := inState(t, Settled)
	f.write(f.rules.events(f.p, Event{Kind: KindAttention, Attempt: 1, Reason: ProviderDiffers}))
	if f.p.Over(noon.Add(1000 * time.Hour)) {
		t.Error("an operator must look, and would not know at whom")
	}
	if asked := authorizedPayment(t).sent(Cancel{}); asked.p.Over(asked.p.HoldExpires.Add(time.Hour)) {
		t.Error("a question is open")
	}
}
