package acquirer

import (
	"context"
	"log/slog"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
)

// Wallet is the provider's vault (カードお預かり). Its calls end as Acquirer's do:
// a fact, a *NotSentError, or another error when nobody knows.
type Wallet interface {
	// Cards lists a member's cards (A03); of a member nobody knows, none. An
	// error means that the provider could not be asked.
	Cards(ctx context.Context, merchant Merchant, member Member) ([]Card, error)

	// UpdateCard changes expiry or holder (A04). No with reason ETAG_MISMATCH
	// means that the card was used or changed since it was read; Yes also when
	// nothing was to change.
	UpdateCard(ctx context.Context, merchant Merchant, stored StoredCard, change CardChange) (payment.Fact, error)

	// RemoveCard takes a card away (A05). No with reason ETAG_MISMATCH means that
	// the card was used, changed or removed since it was read.
	RemoveCard(ctx context.Context, merchant Merchant, stored StoredCard) (payment.Fact, error)
}

// MaxCards is how many cards the provider keeps of a member.
const MaxCards = 3

// Member is a customer as the provider knows one: two random words (P53).
type Member struct {
	ID  string    // up to 64 letters and digits
	Key MemberKey // up to 8 letters and digits
}

// MemberKey is the member's authentication key. It never prints itself.
type MemberKey string

// String hides the key.
func (MemberKey) String() string { return "[member key]" }

// GoString hides the key from %#v.
func (MemberKey) GoString() string { return "[member key]" }

// LogValue hides the key from logs.
func (k MemberKey) LogValue() slog.Value { return slog.StringValue(k.String()) }

// MarshalText hides the key from every encoder.
func (k MemberKey) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Reveal gives the key for the places that send it to the provider or its script.
func (k MemberKey) Reveal() string { return string(k) }

// StoredCard names a member's card as it was last read.
type StoredCard struct {
	Member     Member
	Key        string // 1, 2 or 3; used again for another card once it is free
	LastCredit string // when it was last used, as the provider wrote it: its lock
}

// Card is a stored card as the provider lists it.
type Card struct {
	Key        string
	LastCredit string
	Hint       card.Hint // last four digits, expiry, brand as far as it is one of ours
	Holder     string
	Reserved   bool // a reservation or a recurring charge needs it: it must not be removed
}

// CardChange is what to change; what is empty stays.
type CardChange struct {
	Expiry string // "MM/YY"
	Holder string
}
