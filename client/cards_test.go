package client_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"kessai.dev/kessai/client"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
)

// shelf is the vault of a kessai: it keeps cards by idempotency key. Its first
// answer to CreateCard is lost.
type shelf struct {
	vaultv1.UnimplementedVaultServiceServer

	keys  []string
	cards []*vaultv1.Card
	inUse bool
}

func (s *shelf) CreateCard(_ context.Context, r *vaultv1.CreateCardRequest) (*vaultv1.CreateCardResponse, error) {
	s.keys = append(s.keys, r.GetRequestId())
	if !slices.Contains(s.keys[:len(s.keys)-1], r.GetRequestId()) {
		s.cards = append(s.cards, &vaultv1.Card{Name: r.GetParent() + "/cards/a", State: vaultv1.Card_STATE_ACTIVE})
		return nil, status.Error(codes.Unavailable, "the line broke")
	}
	return &vaultv1.CreateCardResponse{Card: s.cards[0]}, nil
}

func (s *shelf) ListCards(context.Context, *vaultv1.ListCardsRequest) (*vaultv1.ListCardsResponse, error) {
	return &vaultv1.ListCardsResponse{Cards: s.cards}, nil
}

func (s *shelf) GetCard(context.Context, *vaultv1.GetCardRequest) (*vaultv1.GetCardResponse, error) {
	return &vaultv1.GetCardResponse{Card: s.cards[0]}, nil
}

func (s *shelf) UpdateCard(_ context.Context, r *vaultv1.UpdateCardRequest) (*vaultv1.UpdateCardResponse, error) {
	s.cards[0].Expiry = r.GetExpiry()
	return &vaultv1.UpdateCardResponse{Card: s.cards[0]}, nil
}

func (s *shelf) DeleteCard(context.Context, *vaultv1.DeleteCardRequest) (*vaultv1.DeleteCardResponse, error) {
	if !s.inUse {
		return &vaultv1.DeleteCardResponse{Card: s.cards[0]}, nil
	}
	st, err := status.New(codes.FailedPrecondition, "in use").WithDetails(&errdetails.ErrorInfo{Domain: "kessai", Reason: "CARD_IN_USE", Metadata: map[string]string{"payments": "payments/x,payments/y"}})
	if err != nil {
		return nil, err
	}
	return nil, st.Err()
}

func (s *shelf) CreateCardEntry(_ context.Context, r *vaultv1.CreateCardEntryRequest) (*vaultv1.CreateCardEntryResponse, error) {
	return &vaultv1.CreateCardEntryResponse{CardEntry: &vaultv1.CardEntry{CheckSum: "54b0", SavesCard: r.GetSaveCard()}}, nil
}

func (s *shelf) ListInstallmentOptions(context.Context, *vaultv1.ListInstallmentOptionsRequest) (*vaultv1.ListInstallmentOptionsResponse, error) {
	return &vaultv1.ListInstallmentOptionsResponse{Brand: "visa", InstallmentOptions: []*vaultv1.InstallmentOption{{Count: 1}, {Count: 3}}}, nil
}

func (b *books) ClaimConversion(context.Context, *paymentv1.ClaimConversionRequest) (*paymentv1.ClaimConversionResponse, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.calls++; b.calls > 1 {
		return &paymentv1.ClaimConversionResponse{AlreadyClaimed: true}, nil
	}
	return &paymentv1.ClaimConversionResponse{Conversion: &paymentv1.Conversion{OrderNumber: "1396"}}, nil
}

// Every call of the vault has its method, with keys, retries and errors as the
// payments' have. P04: one registration, whatever the line does.
func TestCards(t *testing.T) {
	b := &books{vault: &shelf{inUse: true}}
	c, _, _ := connect(t, b)
	card, err := c.CreateCard(t.Context(), &vaultv1.CreateCardRequest{Parent: "customers/mei_1", CardToken: "SIMAPPROVED00000"})
	if err != nil || card.GetName() != "customers/mei_1/cards/a" || len(b.vault.keys) != 2 || b.vault.keys[0] == "" || len(b.vault.cards) != 1 {
		t.Fatalf("%v %v, keys %q", card, err, b.vault.keys)
	}
	if list, err := c.ListCards(t.Context(), "customers/mei_1"); err != nil || len(list) != 1 {
		t.Errorf("list: %v %v", list, err)
	}
	if got, err := c.GetCard(t.Context(), card.GetName()); err != nil || got.GetName() != card.GetName() {
		t.Errorf("get: %v %v", got, err)
	}
	if got, err := c.UpdateCard(t.Context(), &vaultv1.UpdateCardRequest{Name: card.GetName(), Expiry: "12/31"}); err != nil || got.GetExpiry() != "12/31" {
		t.Errorf("update: %v %v", got, err)
	}
	_, err = c.DeleteCard(t.Context(), card.GetName())
	var failed *client.Error
	if !errors.As(err, &failed) || !errors.Is(err, client.ReasonCardInUse) || failed.Metadata["payments"] != "payments/x,payments/y" || failed.Tries != 1 {
		t.Errorf("delete: %v", err)
	}
	if entry, err := c.CreateCardEntry(t.Context(), &vaultv1.CreateCardEntryRequest{SaveCard: true}); err != nil || entry.GetCheckSum() == "" || !entry.GetSavesCard() {
		t.Errorf("entry: %v %v", entry, err)
	}
	if counts, brand, err := c.ListInstallmentOptions(t.Context(), &vaultv1.ListInstallmentOptionsRequest{CardPrefix: "4111"}); err != nil || !slices.Equal(counts, []int{1, 3}) || brand != "visa" {
		t.Errorf("counts: %v %s %v", counts, brand, err)
	}
}

// R08: the conversion is there for the first caller, and nil for all others.
func TestClaimConversion(t *testing.T) {
	c, _, _ := connect(t, &books{})
	if got, err := c.ClaimConversion(t.Context(), "payments/x"); err != nil || got.GetOrderNumber() != "1396" {
		t.Errorf("first: %v %v", got, err)
	}
	if got, err := c.ClaimConversion(t.Context(), "payments/x"); err != nil || got != nil {
		t.Errorf("second: %v %v", got, err)
	}
}
