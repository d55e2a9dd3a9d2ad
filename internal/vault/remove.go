package vault

import (
	"context"
	"errors"
	"slices"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// Remove takes a card away at the provider (A05, R38). It refuses with an
// *InUseError while a payment that is not over, or a reservation at the
// provider, needs the card (P56). A card that is gone already is no error; one
// that is being registered is in use. Besides that its errors are those of
// Update. Who may call it is for the caller to know.
func (v *Vault) Remove(ctx context.Context, c processor.Caller, customer, id string) (Card, error) {
	a, err := v.account(c.Tenant, customer)
	if err != nil {
		return Card{}, err
	}
	view, err := v.read(ctx, &a, id)
	if err != nil || !view.Gone.IsZero() {
		return view, err
	}
	if view.Key == "" {
		if p := view.Registration; fateOf(p) != failed {
			return Card{}, pendingInUse(p)
		}
		return v.gone(ctx, &a, id)
	}
	err = v.locked(ctx, &a, id, step{
		prepare: func(ctx context.Context, _ bool) error { return v.removable(ctx, &a, id) },
		ask: func(ctx context.Context, stored acquirer.StoredCard) (payment.Fact, error) {
			return v.o.Provider.RemoveCard(ctx, a.merchant(), stored)
		},
		shown: func(k *ledger.StoredCard) bool { return !k.Gone.IsZero() },
	})
	if err != nil && !errors.Is(err, errGone) {
		return Card{}, err
	}
	return v.gone(ctx, &a, id)
}

func pendingInUse(p *payment.Payment) error {
	if p == nil { // it is about to be created
		return &payment.Refusal{Reason: payment.OperationPending, Text: "the card is being registered"}
	}
	return &InUseError{Payments: []payment.ID{p.ID}}
}

// gone writes down that a card is not there any more.
func (v *Vault) gone(ctx context.Context, a *account, id string) (Card, error) {
	m, err := v.change(context.WithoutCancel(ctx), a.key, func(m *ledger.Member) bool {
		k := find(m, id)
		if k == nil || !k.Gone.IsZero() {
			return false
		}
		now := v.o.Clock()
		k.Gone, k.Updated = now, now
		return true
	})
	if err != nil {
		return Card{}, err
	}
	k := find(&m, id)
	if k == nil {
		return Card{}, ledger.ErrNotFound
	}
	return v.view(ctx, &m, k)
}

// removable reads the provider's list anew, and says why the card must stay. It
// is asked before each try: when the lock was stale a payment may have begun.
func (v *Vault) removable(ctx context.Context, a *account, id string) error {
	got, err := v.look(ctx, a)
	if err != nil {
		return err
	}
	k := find(&got.member, id)
	if k == nil || !k.Active() {
		return errGone
	}
	users, err := v.users(ctx, a.key, k)
	if err != nil {
		return err
	}
	reserved := slices.ContainsFunc(got.theirs, func(p acquirer.Card) bool { return p.Key == k.Key && p.Reserved })
	if reserved || len(users) > 0 {
		return &InUseError{Payments: users}
	}
	return nil
}

// users lists the payments of the customer that are not over and need the card.
func (v *Vault) users(ctx context.Context, key ledger.MemberKey, k *ledger.StoredCard) ([]payment.ID, error) {
	var found []payment.ID
	for _, filter := range []ledger.Filter{
		{States: []payment.State{payment.Authenticating, payment.Authorized}},
		{Unanswered: true},
	} {
		filter.Customer, filter.Registrations = key.Customer, true
		err := v.each(ctx, ledger.Query{Tenant: key.Tenant, Filter: filter, Limit: 100}, func(p *payment.Payment) {
			if needs(p, k) && !slices.Contains(found, p.ID) {
				found = append(found, p.ID)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// needs reports whether a payment that is not over is paid with the card, or
// registers it.
func needs(p *payment.Payment, k *ledger.StoredCard) bool {
	if p.Registration {
		return p.ID == k.Payment
	}
	a := p.Current()
	return a != nil && a.Stored == k.ID
}

func (v *Vault) each(ctx context.Context, q ledger.Query, do func(*payment.Payment)) error {
	for {
		page, err := v.o.Payments.List(ctx, q)
		if err != nil {
			return err
		}
		for _, p := range page.Payments {
			do(p)
		}
		if !page.More {
			return nil
		}
		q.Before = page.Next
	}
}
