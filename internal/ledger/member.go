package ledger

import (
	"context"
	"time"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Members keeps who a shop's customers are at the provider, and their cards on
// file: the part of the vault that is ours. The provider keeps the cards
// themselves.
type Members interface {
	// Member gives a customer's record, or ErrNotFound.
	Member(ctx context.Context, key MemberKey) (Member, error)
	// PutMember makes the record durable before it returns nil. Version must be
	// the one that was read, 0 for a new record: else ErrStale, and nothing is
	// written. The record has Version+1 afterwards. It returns an error for a
	// record that Member.Check refuses, and for books that cannot be written:
	// then nothing of it counts, and they accept nothing until a restart (P96).
	PutMember(ctx context.Context, m Member) error
	// EachMember calls yield for every record, in any order, until yield returns
	// false.
	EachMember(ctx context.Context, yield func(Member) bool) error
}

// MemberKey is a customer of a shop in one environment, under one contract.
type MemberKey struct {
	Tenant   shop.Tenant
	Contract string // its id
	Customer string // the shop's id; it is never sent to the provider
}

// Member is a customer as the provider knows one, and the cards on file.
type Member struct {
	MemberKey
	ProviderID string // member_id
	Secret     []byte // authentication_key, encrypted
	Cards      []StoredCard
	Version    int
	Updated    time.Time
}

// StoredCard is a card on file.
type StoredCard struct {
	ID         string // ours; never used again
	Key        string // the provider's, 1 to 3, which it uses again; empty while pending
	LastCredit string // the provider's lock, as last read
	Hint       card.Hint
	Holder     string
	Payment    payment.ID // the payment that registers or registered it; may be empty
	Created    time.Time
	Updated    time.Time
	Gone       time.Time // removed, here or at the provider; zero: it is there
}

// Active reports whether the card can be paid with.
func (c *StoredCard) Active() bool { return c.Key != "" && c.Gone.IsZero() }
