package vault

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// find gives the card of an id, or nil.
func find(m *ledger.Member, id string) *ledger.StoredCard {
	for i := range m.Cards {
		if m.Cards[i].ID == id {
			return &m.Cards[i]
		}
	}
	return nil
}

// List asks the provider and gives the customer's cards that are active or being
// registered, oldest first; none for a customer nobody has heard of, since
// customers are the shop's own. *acquirer.NotSentError when the provider could
// not be asked.
func (v *Vault) List(ctx context.Context, c processor.Caller, customer string) ([]Card, error) {
	a, err := v.account(c.Tenant, customer)
	if err != nil {
		return nil, err
	}
	got, err := v.look(ctx, &a)
	switch {
	case errors.Is(err, ledger.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return v.views(ctx, &got, func(k *ledger.StoredCard) bool {
		return k.Gone.IsZero() && (k.Key != "" || fateOf(got.regs[k.ID]) != failed)
	}), nil
}

// Get gives a card of a customer, as we last knew it; one being registered is
// looked after first. What another customer or shop has is ledger.ErrNotFound
// (P52).
func (v *Vault) Get(ctx context.Context, c processor.Caller, customer, id string) (Card, error) {
	a, err := v.account(c.Tenant, customer)
	if err != nil {
		return Card{}, err
	}
	return v.read(ctx, &a, id)
}

// read gives a card. One whose yen was held becomes active with it, if the
// provider can be asked.
func (v *Vault) read(ctx context.Context, a *account, id string) (Card, error) {
	m, err := v.o.Members.Member(ctx, a.key)
	if err != nil {
		return Card{}, err
	}
	k := find(&m, id)
	if k == nil {
		return Card{}, ledger.ErrNotFound
	}
	view, err := v.view(ctx, &m, k)
	if err != nil || k.Key != "" || !k.Gone.IsZero() || fateOf(view.Registration) != kept {
		return view, err
	}
	got, err := v.look(ctx, a)
	if err != nil {
		v.warn(ctx, "a card that was registered cannot be read yet", a.key, err)
		return view, nil
	}
	if k = find(&got.member, id); k == nil {
		return Card{}, ledger.ErrNotFound
	}
	return v.view(ctx, &got.member, k)
}

// view gives a card with the payment that registers it.
func (v *Vault) view(ctx context.Context, m *ledger.Member, k *ledger.StoredCard) (Card, error) {
	out := Card{StoredCard: *k, Customer: m.Customer}
	if k.Payment == "" && (k.Key != "" || !k.Gone.IsZero()) {
		return out, nil
	}
	p, err := v.registration(ctx, m.Tenant, k)
	out.Registration = p
	return out, err
}

// views gives the cards that are wanted, oldest first. A registration that
// cannot be read is left out: the card is still the customer's.
func (v *Vault) views(ctx context.Context, got *onFile, want func(*ledger.StoredCard) bool) []Card {
	var out []Card
	for i := range got.member.Cards {
		if k := &got.member.Cards[i]; want(k) {
			view, err := v.view(ctx, &got.member, k)
			if err != nil {
				v.warn(ctx, "the payment that registered a card cannot be read", got.member.MemberKey, err)
			}
			out = append(out, view)
		}
	}
	slices.SortStableFunc(out, func(a, b Card) int { return a.Created.Compare(b.Created) })
	return out
}

// Update changes expiry or holder (A04); the provider tests the new ones. A
// stale lock is read anew, once (P55). The provider's no is a *payment.Refusal,
// and so is silence (OPERATION_PENDING) when the list does not show the change
// either.
func (v *Vault) Update(ctx context.Context, c processor.Caller, customer, id string, change acquirer.CardChange) (Card, error) {
	a, err := v.account(c.Tenant, customer)
	if err != nil {
		return Card{}, err
	}
	view, err := v.read(ctx, &a, id)
	if err != nil {
		return Card{}, err
	}
	if !view.Active() {
		return Card{}, &payment.Refusal{Reason: payment.WrongState, Text: "only a card that can be paid with can be changed"}
	}
	err = v.locked(ctx, &a, id, step{
		prepare: func(ctx context.Context, again bool) error {
			if !again {
				return nil
			}
			_, err := v.look(ctx, &a)
			return err
		},
		ask: func(ctx context.Context, stored acquirer.StoredCard) (payment.Fact, error) {
			return v.o.Provider.UpdateCard(ctx, a.merchant(), stored, change)
		},
		shown: func(k *ledger.StoredCard) bool {
			return k.Active() && (change.Expiry == "" || k.Hint.Expiry == change.Expiry) && (change.Holder == "" || k.Holder == change.Holder)
		},
	})
	if err != nil {
		return Card{}, err
	}
	// The change is a fact. What else it did, to the lock, the list shows.
	m, err := v.change(context.WithoutCancel(ctx), a.key, func(m *ledger.Member) bool { return changed(m, id, change) })
	if err != nil {
		return Card{}, err
	}
	if got, err := v.look(ctx, &a); err == nil {
		m = got.member
	}
	k := find(&m, id)
	if k == nil {
		return Card{}, ledger.ErrNotFound
	}
	return v.view(ctx, &m, k)
}

func changed(m *ledger.Member, id string, change acquirer.CardChange) bool {
	k := find(m, id)
	if k == nil {
		return false
	}
	before := *k
	k.Hint.Expiry = cmp.Or(change.Expiry, k.Hint.Expiry)
	k.Holder = cmp.Or(change.Holder, k.Holder)
	return *k != before
}
