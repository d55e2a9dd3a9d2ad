package processor

import (
	"context"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Wallet knows members' cards on file.
type Wallet interface {
	// Stored gives what the provider must be told to charge a customer's card,
	// and what may be seen of it. A *payment.InvalidError about "card" says that
	// the customer has no such card, any other error that nobody could tell.
	Stored(ctx context.Context, t shop.Tenant, customer, id string) (acquirer.StoredCard, card.Hint, error)
	// Saved is told of an authorization whose card the provider keeps, or kept.
	// It returns at once.
	Saved(ctx context.Context, pay *payment.Payment)
}

type noWallet struct{}

func (noWallet) Stored(context.Context, shop.Tenant, string, string) (acquirer.StoredCard, card.Hint, error) {
	return acquirer.StoredCard{}, card.Hint{}, noCard("there are no cards on file here")
}
func (noWallet) Saved(context.Context, *payment.Payment) {}

func noCard(text string) error {
	return &payment.InvalidError{Violations: []payment.Violation{{Field: "card", Text: text}}}
}

// stored finds the card on file that is to pay, before anything is written, and
// puts what is known of it in the place of what the caller says (P52, P101).
func (p *Processor) stored(ctx context.Context, t shop.Tenant, customer string, m *payment.Means) (*acquirer.StoredCard, error) {
	switch {
	case m.Stored == "":
		return nil, nil //nolint:nilnil // none is an answer
	case customer == "":
		return nil, noCard("needs the payment's customer: a stored card is a member's")
	}
	found, hint, err := p.o.Wallet.Stored(ctx, t, customer, m.Stored)
	if err != nil {
		return nil, err
	}
	m.Card = hint
	return &found, nil
}
