package vault

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// R13 R14: which checks a token is bound to.
func TestEntryChecks(t *testing.T) {
	of := func(amount money.Yen, attempts int) *payment.Payment {
		return &payment.Payment{Opening: payment.Opening{Tenant: tenant}, Amount: amount, Attempts: make([]payment.Attempt, attempts)}
	}
	for _, c := range []struct {
		name                 string
		edit                 func(*shop.Settings, *shop.Flags)
		ask                  EntryRequest
		secure, securityCode bool
	}{
		{"off", nil, EntryRequest{Amount: 50_000}, false, true},
		{"on", func(s *shop.Settings, _ *shop.Flags) { s.ThreeDSecure = shop.ThreeDSecureOn }, EntryRequest{Amount: 2}, true, true},
		{"by risk, little", byRisk, EntryRequest{Amount: 9_999}, false, true},
		{"by risk, much", byRisk, EntryRequest{Amount: 10_000}, true, true},
		{"by risk, to register", byRisk, EntryRequest{Customer: "m", Save: true}, true, true},
		{"by risk, to register, with its yen", byRisk, EntryRequest{Customer: "m", Save: true, Amount: 1}, true, true},
		{"by risk, a payment", byRisk, EntryRequest{Payment: of(500, 0), Amount: 50_000}, false, true},
		{"by risk, a payment that was declined", byRisk, EntryRequest{Payment: of(500, 1)}, true, true},
		{"no security code", func(s *shop.Settings, _ *shop.Flags) { s.NoSecurityCode = true }, EntryRequest{Amount: 500}, false, false},
		{"no security code, and the contract wants it", func(s *shop.Settings, f *shop.Flags) { s.NoSecurityCode, f.NoSecurityCode = true, false }, EntryRequest{Amount: 500}, false, true},
	} {
		r := newRig(t, c.edit)
		e := r.entry(c.ask)
		if got := r.bank.checks; e.Authentication != c.secure || e.SecurityCode != c.securityCode || got.Authentication != c.secure || got.SecurityCode != c.securityCode {
			t.Errorf("%s: %+v", c.name, e)
		}
	}
}

func byRisk(s *shop.Settings, _ *shop.Flags) { s.ThreeDSecure = shop.ThreeDSecureByRisk }

// R15 P54: when a card may be kept, when it is, and that a guest is never asked.
func TestEntrySaving(t *testing.T) {
	chosen, always := string(shop.SavingChosen), string(shop.SavingAlways)
	full := &payment.Payment{ // its last card is kept already
		Opening: payment.Opening{Tenant: tenant, Customer: "m"}, Amount: 5080, State: payment.Declined, Decline: &payment.Decline{Reason: payment.VaultFull},
	}
	for _, c := range []struct {
		name   string
		saving shop.Saving
		vault  bool
		cards  int
		ask    EntryRequest
		want   string
		saves  bool
	}{
		{"never", shop.SavingNever, true, 0, EntryRequest{Customer: "m", Save: true}, "NEVER", false},
		{"not said", "", true, 0, EntryRequest{Customer: "m", Save: true}, "NEVER", false},
		{"not in the contract", shop.SavingAlways, false, 0, EntryRequest{Customer: "m", Save: true}, "NEVER", false},
		{"a guest", shop.SavingAlways, true, 0, EntryRequest{Save: true}, "NEVER", false},
		{"not chosen", shop.SavingChosen, true, 0, EntryRequest{Customer: "m"}, chosen, false},
		{"chosen", shop.SavingChosen, true, 0, EntryRequest{Customer: "m", Save: true}, chosen, true},
		{"always", shop.SavingAlways, true, 0, EntryRequest{Customer: "m"}, always, true},
		{"chosen with two", shop.SavingChosen, true, 2, EntryRequest{Customer: "m", Save: true}, chosen, true},
		{"chosen with three", shop.SavingChosen, true, 3, EntryRequest{Customer: "m", Save: true}, savingFull, false},
		{"always, and it is kept already", shop.SavingAlways, true, 0, EntryRequest{Customer: "m", Payment: full}, always, false},
		{"always, and another is wanted", shop.SavingAlways, true, 0, EntryRequest{Customer: "m", Payment: full, Save: true}, always, true},
		{"always with three", shop.SavingAlways, true, 3, EntryRequest{Customer: "m"}, savingFull, false},
	} {
		r := newRig(t, func(s *shop.Settings, f *shop.Flags) { s.Saving, f.Vault = c.saving, c.vault })
		for i := range c.cards {
			r.register("m", string(rune('a'+i))+"001")
		}
		r.quiet()
		e := r.entry(c.ask)
		if e.Saving != c.want || e.Saves != c.saves || len(e.Cards) != c.cards || (e.MemberID != "") != c.saves || (e.OptServDiv == "01") != c.saves {
			t.Errorf("%s: %+v", c.name, e)
		}
		if _, err := r.books.Member(t.Context(), ledger.MemberKey{Tenant: tenant, Contract: "c", Customer: c.ask.Customer}); (err == nil) != (c.saves || c.cards > 0) {
			t.Errorf("%s: a member was made without need, or not made: %v", c.name, err)
		}
	}
}

// R15 P55: a token of a stored card has the card's key and a fresh lock, keeps
// nothing, and needs a card of this customer.
func TestEntryOfStoredCard(t *testing.T) {
	r := newRig(t, func(s *shop.Settings, _ *shop.Flags) { s.Saving = shop.SavingAlways })
	r.register("m", "0001")
	k := r.register("m", "0002")
	r.use("m", "0002")
	m := r.memberOf("m")
	e := r.entry(EntryRequest{Customer: "m", Card: k.ID, Amount: 500})
	if e.CardKey != "2" || e.LastCreditDate != r.bank.cards[m.ProviderID][1].LastCredit || e.MemberID != m.ProviderID || e.Saves || len(e.Cards) != 2 {
		t.Errorf("%+v", e)
	}
	for _, ask := range []EntryRequest{{Customer: "m", Card: "unknown"}, {Customer: "n", Card: k.ID}, {Card: k.ID}} {
		_, err := r.Entry(t.Context(), r.caller, ask)
		invalidIn(t, err, "card")
	}
	foreign := &payment.Payment{Opening: payment.Opening{Tenant: shop.Tenant{Shop: "t", Environment: shop.Test}, Customer: "m"}, Amount: 500}
	if _, err := r.Entry(t.Context(), r.caller, EntryRequest{Payment: foreign}); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("%v", err)
	}
	// Customer and amount are the payment's, whatever the request says (P34, P52).
	guest := &payment.Payment{Opening: payment.Opening{Tenant: tenant}, Amount: 500}
	if e := r.entry(EntryRequest{Payment: guest, Customer: "m", Amount: 50_000}); e.MemberID != "" || e.Cards != nil || e.Installments {
		t.Errorf("%+v", e)
	}
}

// R15: a shopper can pay while the provider's list, or our key, cannot be read:
// without cards and without keeping one. With a stored card they cannot.
func TestEntryWithoutProvider(t *testing.T) {
	r := newRig(t, func(s *shop.Settings, _ *shop.Flags) { s.Saving = shop.SavingAlways })
	k := r.register("m", "0001")
	r.quiet()
	check := func(what string) {
		t.Helper()
		if e := r.entry(EntryRequest{Customer: "m", Amount: 500}); e.Saving != "NEVER" || e.Saves || e.Cards != nil || e.MemberID != "" {
			t.Errorf("%s: %+v", what, e)
		}
		if _, err := r.Entry(t.Context(), r.caller, EntryRequest{Customer: "m", Card: k.ID}); err == nil {
			t.Errorf("%s: a token of a stored card without the provider", what)
		}
	}
	r.bank.by(func() { r.bank.deaf = true })
	check("A03 fails")
	if e := r.entry(EntryRequest{Customer: "new", Amount: 500}); e.Saving != "ALWAYS" || !e.Saves {
		t.Errorf("a customer without cards needs no list: %+v", e)
	}
	r.bank.by(func() { r.bank.deaf = false })
	r.o.Keys = openKeys(t, t.TempDir()+"/other.keys", newMemory())
	check("the key is lost")
}

// R20: the methods in the operator's order, without stopped ones; until when,
// and whose page it is.
func TestEntryPage(t *testing.T) {
	r := newRig(t, nil)
	e := r.entry(EntryRequest{Amount: 5000})
	if want := []shop.PaymentMethod{{ID: "card", Name: "クレジットカード", Kind: "card"}}; !slices.Equal(e.Methods, want) {
		t.Errorf("%+v", e.Methods)
	}
	if !e.Expires.Equal(r.clock.Now().Add(30*time.Minute)) || e.ShopName != "Shop s" || e.ScriptURI == "" || !e.Installments {
		t.Errorf("%+v", e)
	}
	r = newRig(t, func(s *shop.Settings, _ *shop.Flags) {
		s.Methods = []shop.PaymentMethod{{ID: "b", Name: "B", Kind: "other"}, {ID: "x", Name: "X", Kind: "other", Stopped: true}, {ID: "a", Name: "A", Kind: "card"}}
	})
	if e = r.entry(EntryRequest{Amount: 2999}); len(e.Methods) != 2 || e.Methods[0].ID != "b" || e.Methods[1].ID != "a" || e.Installments {
		t.Errorf("%+v", e)
	}
}

// R18 P101: payment counts by the beginning of the number, the shop's settings
// and the amount; what may be a card number is refused.
func TestInstallments(t *testing.T) {
	r := newRig(t, nil)
	live := r.caller
	live.Tenant.Environment = shop.Production
	all := card.Counts("4", false)
	for _, c := range []struct {
		production bool
		prefix     string
		amount     money.Yen
		want       []int
		brand      card.Brand
	}{
		{false, "", 5000, nil, ""},
		{false, "4242", 5000, all, card.BrandVisa},
		{false, "37123456", 3000, card.Counts("37", false), card.BrandAmex},
		{false, "36", 5000, []int{1}, ""},
		{false, "4242", 2999, []int{1}, card.BrandVisa},
		{false, "4242", 0, []int{1}, card.BrandVisa},
		{false, "0000", 5000, all, ""},
		{true, "0000", 5000, []int{1}, ""},
	} {
		caller := r.caller
		if c.production {
			caller = live
		}
		if got, brand, err := r.Installments(caller, c.prefix, c.amount); err != nil || !slices.Equal(got, c.want) || brand != c.brand {
			t.Errorf("%+v: %v, %q, %v", c, got, brand, err)
		}
	}
	for _, prefix := range []string{"424242424", "4242 42", "4242x", "４２４２", "-1", "4111111111111111"} {
		_, _, err := r.Installments(r.caller, prefix, 5000)
		invalidIn(t, err, "card_prefix")
	}
	off := newRig(t, func(s *shop.Settings, _ *shop.Flags) { s.Installments = false })
	if got, _, err := off.Installments(off.caller, "4242", 5000); err != nil || !slices.Equal(got, []int{1}) {
		t.Errorf("%v, %v", got, err)
	}
}

// P53: neither an entry that fails nor a card prints the member's key.
func TestMemberKeyIsMute(t *testing.T) {
	r := newRig(t, nil)
	e := r.entry(EntryRequest{Customer: "m", Save: true})
	m := acquirer.MemberKey(e.AuthKey)
	r.bank.by(func() { r.bank.deaf = true })
	_, _, stored := r.Stored(t.Context(), tenant, "m", "x")
	_, list := r.List(t.Context(), r.caller, "m")
	for _, err := range []error{stored, list} {
		if err == nil || strings.Contains(err.Error(), m.Reveal()) || strings.Contains(r.log.String(), m.Reveal()) {
			t.Errorf("%v", err)
		}
	}
}
