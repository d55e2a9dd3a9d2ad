package api_test

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
	"kessai.dev/kessai/internal/vault"
)

// fakeVault keeps cards in memory. It shares lock, keys and failures with the
// fake of the payments.
type fakeVault struct {
	*fake
	cards   map[member][]vault.Card
	entries []vault.EntryRequest
	amounts []money.Yen // what installments were asked for
	inUse   []payment.ID
}

type member struct {
	tenant   shop.Tenant
	customer string
}

var _ api.Vault = (*fakeVault)(nil)

func newFakeVault(f *fake) *fakeVault { return &fakeVault{fake: f, cards: map[member][]vault.Card{}} }

// put stores a card and gives its name.
func (f *fakeVault) put(t shop.Tenant, customer, id string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	k := vault.Card{Customer: customer, StoredCard: ledger.StoredCard{
		ID: id, Key: "1", Hint: card.Hint{Brand: card.BrandVisa, LastFour: "1111", Expiry: "12/30"}, Created: f.now(), Updated: f.now(),
	}}
	f.cards[member{t, customer}] = append(f.cards[member{t, customer}], k)
	return "customers/" + customer + "/cards/" + id
}

func (f *fakeVault) Entry(_ context.Context, c processor.Caller, r vault.EntryRequest) (vault.Entry, error) {
	if err := f.enter(c); err != nil {
		return vault.Entry{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.entries = append(f.entries, r)
	mine := f.cards[member{c.Tenant, r.Customer}]
	if r.Card != "" {
		if _, err := f.find(c, r.Customer, r.Card); err != nil {
			return vault.Entry{}, &payment.InvalidError{Violations: []payment.Violation{{Field: "card", Text: "is not a card of this customer"}}}
		}
	}
	return vault.Entry{
		Entry:        acquirer.Entry{ScriptURI: "https://provider.example/token.js", TraderCode: "888889999", AuthDiv: "2", OptServDiv: "00", CheckSum: "54b08b8e"},
		SecurityCode: true, Saving: "MEMBER_CHOOSES", Saves: r.Save, Cards: mine, Installments: true,
		Methods: []shop.PaymentMethod{{ID: "card", Name: "クレジットカード", Kind: shop.KindCard}}, Expires: f.now().Add(30 * time.Minute), ShopName: "First",
	}, nil
}

func (f *fakeVault) Installments(c processor.Caller, prefix string, amount money.Yen) ([]int, card.Brand, error) {
	if err := f.enter(c); err != nil {
		return nil, "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.amounts = append(f.amounts, amount)
	return card.Counts(prefix, true), card.BrandOf(prefix), nil
}

func (f *fakeVault) Register(_ context.Context, c processor.Caller, r payment.Request, reg vault.Registration) (vault.Card, bool, error) {
	if err := f.enter(c); err != nil {
		return vault.Card{}, false, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	at := member{c.Tenant, reg.Customer}
	if had, ok := f.keys[key(c, r)]; ok {
		if !bytes.Equal(had.digest, r.Digest) {
			return vault.Card{}, false, &processor.KeyReusedError{Before: had.digest, Now: r.Digest}
		}
		for _, k := range f.cards[at] {
			if k.Registration.ID == had.id {
				return k, true, nil
			}
		}
	}
	rules, s := f.rules(c)
	f.next++
	id := payment.NewID(f.now(), f.next)
	rules.Settings.Saving, rules.Contract.Flags.Vault = shop.SavingChosen, true
	events, err := payment.Begin(id, s, c.Tenant, processor.Create{
		Amount: 1, OrderNumber: string(id), Means: payment.Means{Token: reg.Token, Save: true}, Customer: reg.Customer,
		Device: reg.Device, ReturnURI: reg.ReturnURI, Registration: true,
	}, rules)
	if err != nil {
		return vault.Card{}, false, err
	}
	p, err := f.apply(id, nil, events)
	if err != nil {
		return vault.Card{}, false, err
	}
	if p, err = f.answer(p, reg.Token.Reveal(), rules); err != nil {
		return vault.Card{}, false, err
	}
	f.keys[key(c, r)] = claim{id, r.Digest}
	k := vault.Card{Customer: reg.Customer, Registration: p, StoredCard: ledger.StoredCard{ID: fmt.Sprintf("k%d", f.next), Payment: id, Created: f.now(), Updated: f.now()}}
	f.cards[at] = append(f.cards[at], k)
	return k, false, nil
}

func (f *fakeVault) find(c processor.Caller, customer, id string) (*vault.Card, error) {
	mine := f.cards[member{c.Tenant, customer}]
	for i := range mine {
		if mine[i].ID == id {
			return &mine[i], nil
		}
	}
	return nil, ledger.ErrNotFound
}

func (f *fakeVault) List(_ context.Context, c processor.Caller, customer string) ([]vault.Card, error) {
	if err := f.enter(c); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	mine, ok := f.cards[member{c.Tenant, customer}]
	if !ok {
		return nil, ledger.ErrNotFound
	}
	return mine, nil
}

func (f *fakeVault) Get(_ context.Context, c processor.Caller, customer, id string) (vault.Card, error) {
	return f.change(c, customer, id, func(*vault.Card) error { return nil })
}

func (f *fakeVault) Update(_ context.Context, c processor.Caller, customer, id string, change acquirer.CardChange) (vault.Card, error) {
	return f.change(c, customer, id, func(k *vault.Card) error {
		if !k.Active() {
			return &payment.Refusal{Reason: payment.WrongState, Text: "only a card that can be paid with can be changed"}
		}
		if change.Expiry != "" {
			k.Hint.Expiry = change.Expiry
		}
		k.Holder = change.Holder
		return nil
	})
}

func (f *fakeVault) Remove(_ context.Context, c processor.Caller, customer, id string) (vault.Card, error) {
	return f.change(c, customer, id, func(k *vault.Card) error {
		if len(f.inUse) > 0 {
			return &vault.InUseError{Payments: f.inUse}
		}
		k.Gone = f.now()
		return nil
	})
}

func (f *fakeVault) change(c processor.Caller, customer, id string, do func(*vault.Card) error) (vault.Card, error) {
	if err := f.enter(c); err != nil {
		return vault.Card{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	k, err := f.find(c, customer, id)
	if err != nil {
		return vault.Card{}, err
	}
	if err := do(k); err != nil {
		return vault.Card{}, err
	}
	return *k, nil
}

// The real one fits.
var _ api.Vault = (*vault.Vault)(nil)
