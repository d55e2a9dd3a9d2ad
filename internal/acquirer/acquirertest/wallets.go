package acquirertest

import (
	"context"
	"fmt"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
)

// newMember is a member that nobody knows yet.
func newMember() acquirer.Member {
	return acquirer.Member{ID: fmt.Sprintf("member%d", numbers.Add(1)), Key: "k3yK3y99"}
}

// token has a browser make one.
func (b *bench) token(checks acquirer.Checks, which int) card.Token {
	b.t.Helper()
	entry, err := b.Browser.Entry(b.Merchant, checks)
	if err != nil {
		b.t.Fatal(err)
	}
	token, err := b.Token(b.t, entry, which)
	if err != nil || !token.Valid() {
		b.t.Fatalf("token: %v", err)
	}
	return token
}

// pays authorizes the price with a token, which must succeed.
func (b *bench) pays(token card.Token) {
	b.t.Helper()
	w := wishTo(token, number())
	if fact, err := b.ask(w); err != nil || fact.Outcome != payment.Yes {
		b.t.Fatalf("authorize: %+v, %v; want yes", fact, err)
	}
	b.shows(w.Acceptance, payment.StandingHeld, price)
}

// list are the cards of a member, so many.
func (b *bench) list(who acquirer.Member, want int) []acquirer.Card {
	b.t.Helper()
	cards, err := b.Wallet.Cards(b.t.Context(), b.Merchant, who)
	if err != nil || len(cards) != want {
		b.t.Fatalf("%d cards, %v; want %d", len(cards), err, want)
	}
	return cards
}

// only is the one card of a member, as it is now.
func (b *bench) only(who acquirer.Member) (acquirer.StoredCard, acquirer.Card) {
	b.t.Helper()
	c := b.list(who, 1)[0]
	return acquirer.StoredCard{Member: who, Key: c.Key, LastCredit: c.LastCredit}, c
}

// chargeOf is the wish to charge a stored card without the shopper.
func chargeOf(stored acquirer.StoredCard, acceptance string) acquirer.Wish {
	w := wishTo("", acceptance)
	w.Authorization.Stored, w.Authorization.ReturnURI = &stored, ""
	return w
}

// R15, P55: a card's life: kept while it pays, listed, charged alone, paid with
// by its shopper, removed. Each use moves its lock, and the old one opens nothing.
func storedCard(t *testing.T, b *bench) {
	who, someone := newMember(), newMember()
	b.list(who, 0)
	b.pays(b.token(acquirer.Checks{Member: &who}, 0))
	first, kept := b.only(who)
	if len(kept.Hint.LastFour) != 4 || len(kept.Hint.Expiry) != 5 || kept.Reserved {
		t.Errorf("%+v", kept)
	}
	b.list(someone, 0) // P52

	acceptance := number()
	if fact, err := b.ask(chargeOf(first, acceptance)); err != nil || fact.Outcome != payment.Yes || fact.Approval == "" {
		t.Fatalf("charge alone: %+v, %v; want yes, with an approval number", fact, err)
	}
	b.shows(acceptance, payment.StandingHeld, price)
	second, _ := b.only(who)
	if second.LastCredit == first.LastCredit {
		t.Error("using the card did not move its lock")
	}
	b.stale(first)

	b.pays(b.token(acquirer.Checks{Member: &who, Stored: &second}, 0))
	third, _ := b.only(who)
	b.stale(second)
	if fact, err := b.Wallet.RemoveCard(t.Context(), b.Merchant, third); err != nil || fact.Outcome != payment.Yes {
		t.Errorf("remove: %+v, %v", fact, err)
	}
	b.list(who, 0)
	b.stale(third)
}

// stale tries everything with a lock that moved: nothing of it is done.
func (b *bench) stale(stored acquirer.StoredCard) {
	b.t.Helper()
	acceptance := number()
	if fact, err := b.ask(chargeOf(stored, acceptance)); err != nil || fact.Outcome != payment.No || fact.Reason == "" {
		b.t.Errorf("charge of what has changed: %+v, %v; want no", fact, err)
	}
	b.holdsNothing(acceptance)
	change := acquirer.CardChange{Expiry: "11/34"}
	for what, do := range map[string]func() (payment.Fact, error){
		"update": func() (payment.Fact, error) {
			return b.Wallet.UpdateCard(b.t.Context(), b.Merchant, stored, change)
		},
		"remove": func() (payment.Fact, error) { return b.Wallet.RemoveCard(b.t.Context(), b.Merchant, stored) },
	} {
		if fact, err := do(); err != nil || fact.Outcome != payment.No || fact.Reason != payment.EtagMismatch {
			b.t.Errorf("%s of what has changed: %+v, %v; want %s", what, fact, err, payment.EtagMismatch)
		}
	}
}

// Expiry and holder change, each alone; a change to what is there already is a
// yes.
func updateCard(t *testing.T, b *bench) {
	who := newMember()
	b.pays(b.token(acquirer.Checks{Member: &who}, 0))
	update := func(change acquirer.CardChange) acquirer.Card {
		t.Helper()
		stored, _ := b.only(who)
		if fact, err := b.Wallet.UpdateCard(t.Context(), b.Merchant, stored, change); err != nil || fact.Outcome != payment.Yes {
			t.Fatalf("%+v: %+v, %v; want yes", change, fact, err)
		}
		_, c := b.only(who)
		return c
	}
	_, before := b.only(who)
	for range 2 {
		if c := update(acquirer.CardChange{Expiry: "11/34"}); c.Hint.Expiry != "11/34" || c.Hint.LastFour != before.Hint.LastFour || c.Holder != before.Holder {
			t.Errorf("%+v", c)
		}
	}
	if c := update(acquirer.CardChange{Holder: "HANAKO KURONEKO"}); c.Holder != "HANAKO KURONEKO" || c.Hint.Expiry != "11/34" {
		t.Errorf("%+v", c)
	}
}

// P54: the fourth card of a member, and one that is kept already, are a no with
// their own reason, and hold nothing.
func walletFull(t *testing.T, b *bench) {
	who := newMember()
	full := func(which int) {
		acceptance := number()
		fact, err := b.ask(wishTo(b.token(acquirer.Checks{Member: &who}, which), acceptance))
		if err != nil || fact.Outcome != payment.No || fact.Reason != payment.VaultFull {
			t.Errorf("card %d: %+v, %v; want %s", which, fact, err, payment.VaultFull)
		}
		b.holdsNothing(acceptance)
	}
	for which := range acquirer.MaxCards {
		b.pays(b.token(acquirer.Checks{Member: &who}, which))
		full(which)
	}
	full(acquirer.MaxCards)
	keys, ends := map[string]bool{}, map[string]bool{}
	for _, c := range b.list(who, acquirer.MaxCards) {
		keys[c.Key], ends[c.Hint.LastFour] = true, true
	}
	if len(keys) != acquirer.MaxCards || len(ends) != acquirer.MaxCards {
		t.Errorf("keys %v, cards %v", keys, ends)
	}
}

// R13, P53: an entry makes tokens that ask for what was chosen, and one whose
// check sum, member or checks were changed on the way makes none.
func entry(t *testing.T, b *bench) {
	who := newMember()
	for _, authentication := range []bool{false, true} {
		for _, code := range []bool{false, true} {
			acceptance := number()
			token := b.token(acquirer.Checks{Authentication: authentication, SecurityCode: code}, 0)
			want := payment.Yes
			if authentication {
				want = payment.Challenge
			}
			if fact, err := b.ask(wishTo(token, acceptance)); err != nil || fact.Outcome != want {
				t.Errorf("3-D Secure %v, security code %v: %+v, %v", authentication, code, fact, err)
			}
		}
	}
	good, err := b.Browser.Entry(b.Merchant, acquirer.Checks{Authentication: true, Member: &who})
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(*acquirer.Entry){
		"checks": func(e *acquirer.Entry) { e.AuthDiv = "0" }, "member": func(e *acquirer.Entry) { e.MemberID += "0" },
		"key": func(e *acquirer.Entry) { e.AuthKey = "abcd1234" }, "sum": func(e *acquirer.Entry) { e.CheckSum = other(e.CheckSum) },
	} {
		bad := good
		change(&bad)
		if token, err := b.Token(t, bad, 0); err == nil {
			t.Errorf("%s changed: a token of %d characters", what, len(token))
		}
	}
	m := b.Merchant
	m.Environment = ""
	if e, err := b.Browser.Entry(m, acquirer.Checks{}); err == nil {
		t.Errorf("an entry of no environment: %s", e.ScriptURI)
	}
}

// P16: the calls of the vault end as all others do: certainly not sent, or
// unknown, and never an empty list.
func walletEnds(t *testing.T, b *bench) {
	stored := acquirer.StoredCard{Member: newMember(), Key: "1", LastCredit: "20260401120000"}
	if w, ok := b.Unreachable.(acquirer.Wallet); ok {
		list, err := w.Cards(t.Context(), b.Merchant, stored.Member)
		b.notSent(payment.Fact{}, err, payment.ProviderUnreachable)
		if list != nil {
			t.Errorf("%v from nobody", list)
		}
		fact, err := w.UpdateCard(t.Context(), b.Merchant, stored, acquirer.CardChange{})
		b.notSent(fact, err, payment.ProviderUnreachable)
		fact, err = w.RemoveCard(t.Context(), b.Merchant, stored)
		b.notSent(fact, err, payment.ProviderUnreachable)
	}
	if b.Silent != nil {
		for _, ask := range []func(acquirer.Wallet, context.Context) (payment.Fact, error){
			func(w acquirer.Wallet, ctx context.Context) (payment.Fact, error) {
				return w.RemoveCard(ctx, b.Merchant, stored)
			},
			func(w acquirer.Wallet, ctx context.Context) (payment.Fact, error) {
				list, err := w.Cards(ctx, b.Merchant, stored.Member)
				if list != nil {
					t.Errorf("%v from silence", list)
				}
				return payment.Fact{}, err
			},
		} {
			ctx, hangUp := context.WithCancel(t.Context())
			if w, ok := b.Silent(t, hangUp).(acquirer.Wallet); ok {
				b.unknown(ask(w, ctx))
			}
			hangUp()
		}
	}
	fact, err := b.Wallet.RemoveCard(ended(t), b.Merchant, stored)
	b.notSent(fact, err, payment.ProviderUnreachable, payment.ProviderBusy)
	fact, err = b.Wallet.RemoveCard(t.Context(), b.Merchant, acquirer.StoredCard{Member: stored.Member})
	b.notSent(fact, err, payment.InvalidRequest)
}
