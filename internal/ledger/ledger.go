// Package ledger is the port to the books: an append-only journal of payment
// events, chained and sealed, which is the last guard against charging twice.
package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Ledger is the whole port. Implementations are safe for concurrent use, and
// every one passes ledgertest.
type Ledger interface {
	Writer
	Reader
	Finder
	// Close seals what is not sealed yet and releases the files.
	Close() error
}

// Writer adds to the books.
type Writer interface {
	// Append makes the entry durable, whole or not at all, before it returns
	// nil. It returns ErrStale when the payment does not have Entry.Version
	// events, *ClaimedError when a claim is refused, and any other error when
	// the books could not be written: then nothing of the entry counts, and it
	// is as if it had not been tried (P96). Ctx bounds the waiting for a place
	// only; once queued an entry is decided.
	Append(ctx context.Context, entry Entry) error
	// Erase destroys the payment's private data for good. The chain still
	// verifies. Erasing twice is no error.
	Erase(ctx context.Context, id payment.ID) error
	// Forget destroys the payment's secrets of 3-D Secure for good (see
	// payment.Event.Secret) and leaves its other private data alone; secrets
	// that are written later are kept again. It returns ErrStale, and destroys
	// nothing, when the payment does not have version events any more: a later
	// challenge's secrets must not go with it. Forgetting twice is no error.
	Forget(ctx context.Context, id payment.ID, version int) error
}

// Reader reads one payment.
type Reader interface {
	// Load gives the payment as its events add up, or ErrNotFound. The result
	// is shared and must not be written to.
	Load(ctx context.Context, id payment.ID) (*payment.Payment, error)
	// History gives the payment's events, oldest first, without Private, or
	// ErrNotFound.
	History(ctx context.Context, id payment.ID) ([]payment.Event, error)
	// Reveal gives the private data of one event; nil when it has none;
	// ErrErased after Erase, and of a secret after Forget; ErrNotFound when there
	// is no such event.
	Reveal(ctx context.Context, id payment.ID, sequence int) ([]byte, error)
	// Secrets calls yield for every payment that has secrets of 3-D Secure which
	// were not forgotten, in any order, until yield returns false.
	Secrets(ctx context.Context, yield func(payment.ID) bool) error
}

// Finder finds payments.
type Finder interface {
	// Find gives who holds a key, or ErrNotFound.
	Find(ctx context.Context, key Key) (Holder, error)
	// List gives payments of one tenant, newest first.
	List(ctx context.Context, query Query) (Page, error)
	// Unsettled calls yield for every payment of every tenant whose After.NextCare() was not
	// zero when it was last appended to, in any order, until yield returns
	// false. For the sweep after a start.
	Unsettled(ctx context.Context, yield func(payment.ID) bool) error
}

// Unanswered is implemented by books that several processes share: what one of them looks
// at later may be asked about by another one, which dies.
type Unanswered interface {
	// Unanswered is Unsettled for those payments whose current question has no answer.
	Unanswered(ctx context.Context, yield func(payment.ID) bool) error
}

// Entry is what happened to one payment at one moment.
type Entry struct {
	Payment payment.ID
	Version int              // how many events the payment has before; 0: it is new
	Events  []payment.Event  // Sequence Version+1, Version+2 …; never empty
	After   *payment.Payment // the payment with Events applied
	Claims  []Claim
}

// Claim binds a key to the entry's payment.
type Claim struct {
	Key Key
	// Over is the holder that this claim replaces, exactly as it was found:
	// the same payment, at the same version still. Nil: the key must be free. The writer checks it
	// in the order in which entries become durable, so two claims over one
	// holder cannot both win.
	Over *Ref
}

// Ref is a payment at a version.
type Ref struct {
	Payment payment.ID
	Version int
}

// KeyKind tells apart what is claimed.
type KeyKind byte

// The kinds of keys.
const (
	KeyRequest KeyKind = 'r' // an idempotency key: Value is method, a zero byte, the key
	KeyOrder   KeyKind = 'o' // an order number
	KeyForeign KeyKind = 'f' // an acceptance number of another system, of an order that moved here
	KeySlip    KeyKind = 's' // a Yamato slip: orders that share it hold it one after the other
)

// Key is something that at most one payment of a tenant holds at a time.
type Key struct {
	Kind   KeyKind
	Tenant shop.Tenant
	Value  string
}

// Holder is who holds a key. Payments is every payment that ever claimed it,
// oldest first; the last of them holds it.
type Holder struct {
	Payments []payment.ID
	// Sequence is the number of the first event of the entry that made the
	// latest claim.
	Sequence int
}

// Holds gives the payment that holds the key; empty: nobody does.
func (h Holder) Holds() payment.ID {
	if n := len(h.Payments); n > 0 {
		return h.Payments[n-1]
	}
	return ""
}

// Query asks for a page of payments.
type Query struct {
	Tenant shop.Tenant
	Filter Filter
	Before payment.ID // only ids smaller than this; empty: from the newest
	Limit  int        // at most so many payments; 1 to 1000
}

// Filter is what a listed payment must meet, all at once. Zero fields do not
// filter.
type Filter struct {
	States        []payment.State // any of them
	OrderNumber   string
	Customer      string
	Acceptance    string    // of any attempt
	CreatedAfter  time.Time // exclusive; a payment's id is made within IDSlack of its creation
	CreatedBefore time.Time // exclusive
	Delivery      string    // the delivery method
	Shipped       Whether   // the shop has sent the order
	Canceled      Whether   // the shop canceled its order
	AmountFrom    money.Yen // the least current amount; zero: any
	AmountTo      money.Yen // the most; zero: any
	Registrations bool      // also payments that only register a card; else they are left out
	Attention     bool      // only payments that need attention
	Unanswered    bool      // only payments with an open question
	Confirmed     Whether   // the shop has shown that it has the order (R39)
	Told          Whether   // it was told that the shop has not
}

// Whether is a condition that a payment meets or not. The zero value does not
// filter.
type Whether uint8

// The conditions.
const (
	Either Whether = iota
	Is
	IsNot
)

// allows reports whether a payment may be as it is.
func (w Whether) allows(is bool) bool { return w == Either || (w == Is) == is }

// IDSlack is how far the time in a payment's id may lie from its Created, so that
// a list by time need not look at every payment.
const IDSlack = time.Minute

// Page is a page of payments. More tells whether Next may give further ones;
// a page may hold fewer than Limit, or none, and still have More: a call looks
// at a bounded number of payments.
type Page struct {
	Payments []*payment.Payment
	More     bool
	Next     payment.ID // Query.Before of the next page
}

// Errors of the books.
var (
	ErrNotFound = errors.New("ledger: not found")
	ErrStale    = errors.New("ledger: the payment has changed meanwhile")
	ErrErased   = errors.New("ledger: private data erased")
	ErrClosed   = errors.New("ledger: closed")
)

// ClaimedError refuses a claim: the key is held, or its holder changed. By is
// empty when the claim was over a holder and nobody held the key.
type ClaimedError struct {
	Key Key
	By  Holder
}

// Error names the kind of key and the holder, never the key itself.
func (e *ClaimedError) Error() string {
	return fmt.Sprintf("ledger: key of kind %c is held by %q", e.Key.Kind, e.By.Holds())
}

// Match reports whether p meets the filter.
func (f *Filter) Match(p *payment.Payment) bool {
	return f.matchState(p) && (f.Registrations || !p.Registration) &&
		(f.OrderNumber == "" || p.OrderNumber == f.OrderNumber) &&
		(f.Customer == "" || p.Customer == f.Customer) &&
		(f.Acceptance == "" || hasAcceptance(p, f.Acceptance)) &&
		(f.CreatedAfter.IsZero() || p.Created.After(f.CreatedAfter)) &&
		(f.CreatedBefore.IsZero() || p.Created.Before(f.CreatedBefore)) &&
		(f.Delivery == "" || p.Delivery == f.Delivery) &&
		f.Shipped.allows(p.Shipped) && f.Canceled.allows(p.OrderCanceled) &&
		f.Confirmed.allows(p.Confirmed()) && f.Told.allows(p.Unconfirmed) &&
		(f.AmountFrom == 0 || p.Amount >= f.AmountFrom) && (f.AmountTo == 0 || p.Amount <= f.AmountTo) &&
		(!f.Attention || p.Attention != "") &&
		(!f.Unanswered || p.Question() != nil)
}

func (f *Filter) matchState(p *payment.Payment) bool {
	for _, s := range f.States {
		if s == p.State {
			return true
		}
	}
	return len(f.States) == 0
}

func hasAcceptance(p *payment.Payment, number string) bool {
	for i := range p.Attempts {
		if p.Attempts[i].Acceptance == number {
			return true
		}
	}
	return false
}
