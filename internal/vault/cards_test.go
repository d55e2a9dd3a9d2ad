package vault

import (
	"context"
	"errors"
	"slices"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// P52: what belongs to another customer, shop or environment is not found, by
// any call, and nothing is asked of the provider for it.
func TestForeignCards(t *testing.T) {
	r := newRig(t, nil)
	mine := r.register("m", "0001")
	r.register("n", "0002")
	r.quiet()
	before := r.bank.calls["remove"] + r.bank.calls["update"]
	type place struct {
		tenant   shop.Tenant
		customer string
	}
	for _, p := range []place{
		{tenant, "n"},
		{tenant, "nobody"},
		{shop.Tenant{Shop: "t", Environment: shop.Test}, "m"},
		{shop.Tenant{Shop: "s", Environment: shop.Production}, "m"},
	} {
		c := processor.Caller{Tenant: p.tenant}
		_, getErr := r.Get(t.Context(), c, p.customer, mine.ID)
		_, updateErr := r.Update(t.Context(), c, p.customer, mine.ID, acquirer.CardChange{Expiry: "01/31"})
		_, removeErr := r.Remove(t.Context(), c, p.customer, mine.ID)
		for i, err := range []error{getErr, updateErr, removeErr} {
			if !errors.Is(err, ledger.ErrNotFound) {
				t.Errorf("%v, call %d: %v", p, i, err)
			}
		}
		_, entryErr := r.Entry(t.Context(), c, EntryRequest{Customer: p.customer, Card: mine.ID})
		invalidIn(t, entryErr, "card")
		_, _, storedErr := r.Stored(t.Context(), p.tenant, p.customer, mine.ID)
		invalidIn(t, storedErr, "card")
	}
	if cards, err := r.List(t.Context(), r.caller, "nobody"); err != nil || len(cards) > 0 {
		t.Errorf("%v, %v", cards, err)
	}
	if r.bank.calls["remove"]+r.bank.calls["update"] != before || !r.active("m", mine.ID) {
		t.Error("the card was touched")
	}
}

// use uses a customer's card at the provider, so that our lock is stale.
func (r *rig) use(customer, number string) {
	m := r.memberOf(customer)
	r.bank.by(func() {
		for i := range r.bank.cards[m.ProviderID] {
			if k := &r.bank.cards[m.ProviderID][i]; k.Hint.LastFour == number {
				k.LastCredit = r.bank.tick()
			}
		}
	})
}

// P55: a stale lock is read anew, and the change asked once more, not oftener.
func TestStaleLock(t *testing.T) {
	r := newRig(t, nil)
	k := r.register("m", "0001")
	r.use("m", "0001")
	got, err := r.Update(t.Context(), r.caller, "m", k.ID, acquirer.CardChange{Expiry: "01/31", Holder: "HANAKO"})
	if err != nil || got.Hint.Expiry != "01/31" || got.Holder != "HANAKO" || r.bank.calls["update"] != 2 {
		t.Errorf("%+v, %v, %v", got, err, r.bank.calls)
	}
	if got, err = r.Update(t.Context(), r.caller, "m", k.ID, acquirer.CardChange{Expiry: "02/31"}); err != nil || got.Holder != "HANAKO" || r.bank.calls["update"] != 3 {
		t.Errorf("%+v, %v", got, err)
	}
	r.bank.hook = func(f string) { // it is used again and again
		if f == "update" || f == "remove" {
			r.use("m", "0001")
		}
	}
	_, err = r.Update(t.Context(), r.caller, "m", k.ID, acquirer.CardChange{Expiry: "03/31"})
	refusedWith(t, err, payment.EtagMismatch)
	if r.bank.calls["update"] != 5 {
		t.Errorf("%v", r.bank.calls)
	}
	_, err = r.Remove(t.Context(), r.caller, "m", k.ID)
	refusedWith(t, err, payment.EtagMismatch)
	if r.bank.calls["remove"] != 2 {
		t.Errorf("%v", r.bank.calls)
	}
	once := true
	r.bank.hook = func(f string) {
		if f == "remove" && once {
			once = false
			r.use("m", "0001")
		}
	}
	if got, err = r.Remove(t.Context(), r.caller, "m", k.ID); err != nil || got.Gone.IsZero() || r.bank.calls["remove"] != 4 {
		t.Errorf("%+v, %v, %v", got, err, r.bank.calls)
	}
}

// P16: a change without an answer: the provider's list says whether it was
// done; when it does not show it, nobody says that it was not.
func TestUnansweredChanges(t *testing.T) {
	r := newRig(t, nil)
	k := r.register("m", "0001")
	change := acquirer.CardChange{Expiry: "01/31"}
	r.bank.will(losesWish)
	_, err := r.Update(t.Context(), r.caller, "m", k.ID, change)
	refusedWith(t, err, payment.OperationPending)
	r.bank.will(losesAnswer)
	if got, err := r.Update(t.Context(), r.caller, "m", k.ID, change); err != nil || got.Hint.Expiry != "01/31" {
		t.Errorf("%+v, %v", got, err)
	}
	r.bank.will(declines)
	_, err = r.Update(t.Context(), r.caller, "m", k.ID, acquirer.CardChange{Expiry: "01/32"})
	refusedWith(t, err, payment.CardDeclined)
	r.bank.will(notSent)
	_, err = r.Update(t.Context(), r.caller, "m", k.ID, acquirer.CardChange{Expiry: "01/32"})
	if _, ok := errors.AsType[*acquirer.NotSentError](err); !ok {
		t.Errorf("%v", err)
	}
	if got := r.get("m", k.ID); got.Hint.Expiry != "01/31" {
		t.Errorf("%+v", got)
	}
	r.bank.will(losesWish)
	_, err = r.Remove(t.Context(), r.caller, "m", k.ID)
	refusedWith(t, err, payment.OperationPending)
	if !r.active("m", k.ID) {
		t.Error("gone, and nobody said so")
	}
	r.bank.will(losesAnswer)
	if got, err := r.Remove(t.Context(), r.caller, "m", k.ID); err != nil || got.Gone.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
}

// P56 R38: a card that a payment which is not over needs is not removed, and the
// payments are named; when they are over it is. Removing it again is no error.
func TestInUse(t *testing.T) {
	r := newRig(t, nil)
	k, other := r.register("m", "0001"), r.register("m", "0002")
	held := r.pay("m", k.ID)
	r.bank.will(losesWish)
	open := r.pay("m", k.ID)
	captured := r.pay("m", k.ID)
	if _, err := r.proc.Command(t.Context(), r.caller, r.request("CapturePayment"), captured.ID, payment.Capture{}); err != nil {
		t.Fatal(err)
	}
	r.pay("m", other.ID)
	r.quiet()
	var used *InUseError
	_, err := r.Remove(t.Context(), r.caller, "m", k.ID)
	if !errors.As(err, &used) {
		t.Fatal(err)
	}
	slices.Sort(used.Payments)
	if want := []payment.ID{held.ID, open.ID}; !slices.Equal(used.Payments, want) || r.bank.calls["remove"] != 0 {
		t.Errorf("%v, want %v; %v", used.Payments, want, r.bank.calls)
	}
	if _, err := r.proc.Command(t.Context(), r.caller, r.request("CancelPayment"), held.ID, payment.Cancel{}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Remove(t.Context(), r.caller, "m", k.ID); !errors.As(err, &used) || !slices.Equal(used.Payments, []payment.ID{open.ID}) {
		t.Errorf("%v", err)
	}
	r.clock.advance(payment.SettleDelay + 1)
	r.proc.Sweep(t.Context())
	r.quiet()
	for range 2 {
		if got, err := r.Remove(t.Context(), r.caller, "m", k.ID); err != nil || got.Gone.IsZero() || r.bank.calls["remove"] != 1 {
			t.Errorf("%+v, %v, %v", got, err, r.bank.calls)
		}
	}
	if list := r.list("m"); len(list) != 1 || list[0].ID != other.ID {
		t.Errorf("%+v", list)
	}
}

// P56: a payment that begins between the look and the removal uses the card, so
// that the lock is stale; the second look finds it.
func TestInUseMeanwhile(t *testing.T) {
	r := newRig(t, nil)
	k := r.register("m", "0001")
	var late *payment.Payment
	r.bank.hook = func(f string) {
		if f == "remove" && late == nil {
			late = r.pay("m", k.ID)
			r.use("m", "0001")
		}
	}
	_, err := r.Remove(t.Context(), r.caller, "m", k.ID)
	var used *InUseError
	if !errors.As(err, &used) || !slices.Equal(used.Payments, []payment.ID{late.ID}) || !r.active("m", k.ID) {
		t.Errorf("%v", err)
	}
}

// P56: neither is a card removed that is being registered, or that a reservation
// at the provider needs; one whose registration failed is.
func TestInUseOtherwise(t *testing.T) {
	r := newRig(t, nil)
	r.bank.will(challenges)
	pending := r.register("m", "0001")
	_, err := r.Remove(t.Context(), r.caller, "m", pending.ID)
	var used *InUseError
	if !errors.As(err, &used) || !slices.Equal(used.Payments, []payment.ID{pending.Registration.ID}) {
		t.Errorf("%v", err)
	}
	if err := r.Reissue(t.Context(), tenant, "m"); !errors.As(err, &used) {
		t.Errorf("%v", err)
	}
	k := r.register("m", "0002")
	m := r.memberOf("m")
	r.bank.by(func() { r.bank.cards[m.ProviderID][0].Reserved = true })
	if _, err := r.Remove(t.Context(), r.caller, "m", k.ID); !errors.As(err, &used) || len(used.Payments) != 0 {
		t.Errorf("%v", err)
	}
	r.bank.will(declines)
	failed := r.register("m", "0003")
	if got, err := r.Remove(t.Context(), r.caller, "m", failed.ID); err != nil || got.Gone.IsZero() || r.bank.calls["remove"] != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

// P58: a card that was removed at the provider only is gone here, is not paid
// with, and removing it is no error.
func TestRemovedAtProvider(t *testing.T) {
	r := newRig(t, nil)
	k, other := r.register("m", "0001"), r.register("m", "0002")
	r.quiet()
	m := r.memberOf("m")
	r.bank.by(func() { r.bank.drop(m.ProviderID, "0001") })
	_, _, err := r.Stored(t.Context(), tenant, "m", k.ID)
	invalidIn(t, err, "card")
	if got := r.get("m", k.ID); got.Gone.IsZero() {
		t.Errorf("%+v", got)
	}
	_, err = r.Update(t.Context(), r.caller, "m", k.ID, acquirer.CardChange{Expiry: "01/31"})
	refusedWith(t, err, payment.WrongState)
	r.bank.by(func() { r.bank.drop(m.ProviderID, "0002") })
	if got, err := r.Remove(t.Context(), r.caller, "m", other.ID); err != nil || got.Gone.IsZero() || r.bank.calls["remove"] != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	r.bank.hook = func(f string) { t.Errorf("%s was asked about a card that is gone", f) }
	if _, err := r.Remove(t.Context(), r.caller, "m", other.ID); err != nil {
		t.Error(err)
	}
}

// P55: what pays has a fresh lock, and the provider sees its own key and word.
func TestStored(t *testing.T) {
	r := newRig(t, nil)
	k := r.register("m", "0001")
	r.use("m", "0001")
	m := r.memberOf("m")
	got, hint, err := r.Stored(t.Context(), tenant, "m", k.ID)
	if err != nil || got.Key != "1" || got.LastCredit != r.bank.cards[m.ProviderID][0].LastCredit || got.Member.ID != m.ProviderID || hint.LastFour != "0001" {
		t.Errorf("%+v %+v, %v", got, hint, err)
	}
	r.bank.deaf = true
	_, _, err = r.Stored(t.Context(), tenant, "m", k.ID)
	if _, ok := errors.AsType[*acquirer.NotSentError](err); !ok {
		t.Errorf("%v", err)
	}
}

// P58: a card saved while paying is learned of behind the payment's back, within
// bounds; a guest's payment is nobody's.
func TestSaved(t *testing.T) {
	r := newRig(t, nil)
	reg := r.typed("m", "0001")
	got, err := r.proc.Create(t.Context(), r.caller, r.request("CreatePayment"), processor.Create{
		Amount: 5080, OrderNumber: "1396", Customer: "m", Means: payment.Means{Token: reg.Token, Save: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	r.quiet()
	m := r.memberOf("m")
	if len(m.Cards) != 1 || !m.Cards[0].Active() || m.Cards[0].Payment != "" {
		t.Errorf("%+v", m.Cards)
	}
	gate := make(chan struct{})
	r.bank.hook = func(string) { <-gate }
	for range 3 * maxBehind {
		r.Saved(t.Context(), got.Payment)
	}
	guest := *got.Payment
	guest.Customer = ""
	r.Saved(t.Context(), &guest)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Drain(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if len(r.behind) != maxBehind {
		t.Errorf("%d looks at once", len(r.behind))
	}
	close(gate)
	r.quiet()
	r.bank.hook = nil
	r.bank.by(func() { r.bank.drop(m.ProviderID, "0001") })
	r.Saved(ctx, got.Payment) // the caller has hung up
	r.quiet()
	if k := r.memberOf("m").Cards[0]; k.Gone.IsZero() {
		t.Errorf("%+v", k)
	}
}
