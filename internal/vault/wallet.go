package vault

import (
	"context"
	"errors"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Stored implements processor.Wallet: it reads the provider's list, so that the
// lock is fresh (P55), and finds the customer's card in it. A card of another
// customer is as unknown as one that never was (P52), and so is one that was
// removed at the provider (P58).
func (v *Vault) Stored(ctx context.Context, t shop.Tenant, customer, id string) (acquirer.StoredCard, card.Hint, error) {
	a, err := v.account(t, customer)
	if err != nil {
		return acquirer.StoredCard{}, card.Hint{}, err
	}
	m, err := v.o.Members.Member(ctx, a.key)
	switch {
	case errors.Is(err, ledger.ErrNotFound), err == nil && find(&m, id) == nil, err == nil && !a.contract.Flags.Vault:
		return acquirer.StoredCard{}, card.Hint{}, noCard()
	case err != nil:
		return acquirer.StoredCard{}, card.Hint{}, err
	}
	got, err := v.look(ctx, &a)
	if err != nil {
		return acquirer.StoredCard{}, card.Hint{}, err
	}
	stored, err := v.stored(&got.member, id)
	if err != nil {
		return acquirer.StoredCard{}, card.Hint{}, err
	}
	return *stored, find(&got.member, id).Hint, nil
}

// Saved implements processor.Wallet: it looks at the provider's list behind the
// caller's back. When too many do, it leaves that to the next who looks.
func (v *Vault) Saved(ctx context.Context, pay *payment.Payment) {
	if pay.Customer == "" {
		return
	}
	a, err := v.account(pay.Tenant, pay.Customer)
	if err != nil {
		v.warn(ctx, "a saved card cannot be read", ledger.MemberKey{Tenant: pay.Tenant}, err)
		return
	}
	select {
	case v.behind <- struct{}{}:
	default:
		v.warn(ctx, "a saved card is read later: too many are read now", a.key, nil)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), behindWithin)
	go func() {
		defer func() { cancel(); v.free(1) }()
		_, err := v.sync(ctx, &a)
		if err != nil && !errors.Is(err, ledger.ErrNotFound) { // a token that keeps no card was sent as one that does
			v.warn(ctx, "a saved card cannot be read", a.key, err)
		}
	}()
}
