package api

import (
	"context"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/vault"
)

// Vault keeps members' cards and says how a page makes a token: a *vault.Vault,
// or a stand-in in tests. Its errors are those of Payments and *vault.InUseError;
// a customer or card that the caller's shop does not have is ledger.ErrNotFound.
type Vault interface {
	Entry(ctx context.Context, c processor.Caller, r vault.EntryRequest) (vault.Entry, error)
	Installments(c processor.Caller, prefix string, amount money.Yen) ([]int, card.Brand, error)
	Register(ctx context.Context, c processor.Caller, r payment.Request, reg vault.Registration) (k vault.Card, replayed bool, err error)
	List(ctx context.Context, c processor.Caller, customer string) ([]vault.Card, error)
	Get(ctx context.Context, c processor.Caller, customer, id string) (vault.Card, error)
	Update(ctx context.Context, c processor.Caller, customer, id string, change acquirer.CardChange) (vault.Card, error)
	Remove(ctx context.Context, c processor.Caller, customer, id string) (vault.Card, error)
}

// vaultService translates, as paymentService does.
type vaultService struct {
	vaultv1.UnsafeVaultServiceServer // a method without a handler does not compile
	a                                *API
}

// CreateCardEntry says how a page makes a token. For a payment, and always for
// a client secret, customer and amount are the payment's (promise 6).
func (s *vaultService) CreateCardEntry(ctx context.Context, r *vaultv1.CreateCardEntryRequest) (*vaultv1.CreateCardEntryResponse, error) {
	c := callFrom(ctx)
	p, err := s.about(ctx, c, r.GetPayment())
	if err != nil {
		return nil, err
	}
	ask := vault.EntryRequest{Payment: p, Customer: r.GetCustomer(), Card: r.GetCard(), Save: r.GetSaveCard(), Amount: money.Yen(r.GetAmount())}
	if p != nil {
		if err := agrees(p, ask.Customer, ask.Amount); err != nil {
			return nil, err
		}
		if err := takesCard(p, s.a.o.Clock()); err != nil {
			return nil, err
		}
		ask.Customer, ask.Amount = p.Customer, p.Amount
	}
	switch {
	case ask.Customer != "":
	case ask.Card != "":
		return nil, invalidField("card", "needs the payment's customer: a stored card is a member's")
	case ask.Save:
		return nil, invalidField("save_card", "needs the payment's customer: a guest's card is never kept")
	}
	entry, err := s.a.o.Vault.Entry(ctx, c.who.caller(), ask)
	if err != nil {
		return nil, fromPayments(err)
	}
	return &vaultv1.CreateCardEntryResponse{CardEntry: s.a.entryMessage(c, &entry)}, nil
}

// ListInstallmentOptions gives the payment counts of a card (R18).
func (s *vaultService) ListInstallmentOptions(ctx context.Context, r *vaultv1.ListInstallmentOptionsRequest) (*vaultv1.ListInstallmentOptionsResponse, error) {
	c, amount := callFrom(ctx), money.Yen(r.GetAmount())
	if c.who.browser() {
		p, err := s.about(ctx, c, "")
		if err != nil {
			return nil, err
		}
		if err := agrees(p, "", amount); err != nil {
			return nil, err
		}
		amount = p.Amount
	}
	counts, brand, err := s.a.o.Vault.Installments(c.who.caller(), r.GetCardPrefix(), amount)
	if err != nil {
		return nil, fromPayments(err)
	}
	out := &vaultv1.ListInstallmentOptionsResponse{Brand: string(brand)}
	for _, n := range counts {
		out.InstallmentOptions = append(out.InstallmentOptions, &vaultv1.InstallmentOption{Count: int32(n)}) //nolint:gosec // a payment count
	}
	return out, nil
}

// CreateCard registers a card.
func (s *vaultService) CreateCard(ctx context.Context, r *vaultv1.CreateCardRequest) (*vaultv1.CreateCardResponse, error) {
	c := callFrom(ctx)
	customer, _, err := cardName(r.GetParent(), false)
	if err != nil {
		return nil, err
	}
	k, replayed, err := s.a.o.Vault.Register(ctx, c.who.caller(), s.a.request(c, r), vault.Registration{
		Customer: customer, Token: card.Token(r.GetCardToken()), Device: r.GetDevice(), ReturnURI: r.GetReturnUri(), Buyer: buyerOf(r.GetBuyer()),
	})
	if err != nil {
		return nil, fromPayments(err)
	}
	if replayed {
		_ = grpc.SetHeader(ctx, metadata.Pairs("idempotency-replayed", "true"))
	}
	return &vaultv1.CreateCardResponse{Card: s.a.storedCardMessage(c, &k)}, nil
}

// GetCard reads a card.
func (s *vaultService) GetCard(ctx context.Context, r *vaultv1.GetCardRequest) (*vaultv1.GetCardResponse, error) {
	k, err := s.named(ctx, r.GetName(), s.a.o.Vault.Get)
	if err != nil {
		return nil, err
	}
	return &vaultv1.GetCardResponse{Card: k}, nil
}

// ListCards reads a customer's cards.
func (s *vaultService) ListCards(ctx context.Context, r *vaultv1.ListCardsRequest) (*vaultv1.ListCardsResponse, error) {
	c := callFrom(ctx)
	customer, _, err := cardName(r.GetParent(), false)
	if err != nil {
		return nil, err
	}
	list, err := s.a.o.Vault.List(ctx, c.who.caller(), customer)
	if err != nil {
		return nil, fromPayments(err)
	}
	return &vaultv1.ListCardsResponse{Cards: s.a.storedCardMessages(c, list)}, nil
}

// UpdateCard changes expiry or holder.
func (s *vaultService) UpdateCard(ctx context.Context, r *vaultv1.UpdateCardRequest) (*vaultv1.UpdateCardResponse, error) {
	k, err := s.named(ctx, r.GetName(), func(ctx context.Context, c processor.Caller, customer, id string) (vault.Card, error) {
		return s.a.o.Vault.Update(ctx, c, customer, id, acquirer.CardChange{Expiry: r.GetExpiry(), Holder: r.GetHolderName()})
	})
	if err != nil {
		return nil, err
	}
	return &vaultv1.UpdateCardResponse{Card: k}, nil
}

// DeleteCard removes a card (R38).
func (s *vaultService) DeleteCard(ctx context.Context, r *vaultv1.DeleteCardRequest) (*vaultv1.DeleteCardResponse, error) {
	k, err := s.named(ctx, r.GetName(), s.a.o.Vault.Remove)
	if err != nil {
		return nil, err
	}
	return &vaultv1.DeleteCardResponse{Card: k}, nil
}

// named does something with the card of a name.
func (s *vaultService) named(
	ctx context.Context, name string, do func(ctx context.Context, c processor.Caller, customer, id string) (vault.Card, error),
) (*vaultv1.Card, error) {
	c := callFrom(ctx)
	customer, id, err := cardName(name, true)
	if err != nil {
		return nil, err
	}
	k, err := do(ctx, c.who.caller(), customer, id)
	if err != nil {
		return nil, fromPayments(err)
	}
	return s.a.storedCardMessage(c, &k), nil
}

// about finds the payment of a request: a client secret's own, or the one that
// a shop names, or none.
func (s *vaultService) about(ctx context.Context, c *call, name string) (*payment.Payment, error) {
	id := c.who.secret
	switch {
	case name != "":
		var err error
		if id, err = own(c, name); err != nil {
			return nil, err
		}
	case id == "":
		return nil, nil //nolint:nilnil // none is an answer
	}
	p, err := s.a.o.Payments.Get(ctx, c.who.caller(), id)
	return p, fromPayments(err)
}

// cardName reads "customers/{customer}", and "/cards/{card}" after it. What has
// another form is not found.
func cardName(name string, withCard bool) (customer, id string, err error) {
	parts := strings.Split(name, "/")
	want := []string{"customers", "cards"}
	if !withCard {
		want = want[:1]
	}
	if len(parts) != 2*len(want) {
		return "", "", ledger.ErrNotFound
	}
	for i, word := range want {
		if parts[2*i] != word || !bareID(parts[2*i+1]) {
			return "", "", ledger.ErrNotFound
		}
	}
	return parts[1], parts[len(parts)-1], nil
}

// agrees refuses a customer or an amount that is not the payment's: both come
// from the payment (P34, P52).
func agrees(p *payment.Payment, customer string, amount money.Yen) error {
	switch {
	case customer != "" && customer != p.Customer:
		return ledger.ErrNotFound
	case amount != 0 && amount != p.Amount:
		return invalidField("amount", "is the payment's: leave it out")
	}
	return nil
}
