package ledger

import (
	"context"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Journal reads the books in the order in which they were written, which is one
// order for all payments of all shops: what events, reports and the log of
// errors are made from. An event is in it from the moment its entry is durable, and
// whoever has read it and loads its payment finds it at least there.
type Journal interface {
	// Read gives events in journal order, or backwards.
	Read(ctx context.Context, q JournalQuery) (JournalPage, error)
	// Last is the number of the newest event; 0: there is none.
	Last(ctx context.Context) (uint64, error)
	// Before is the number of the newest event whose time is before t; 0: there is
	// none. Times in the journal may run backwards by as much as a clock was set
	// back; it then gives one of the places that fit.
	Before(ctx context.Context, t time.Time) (uint64, error)
	// Wait returns nil once there is an event with a number above after, and the
	// error of ctx when that ends first.
	Wait(ctx context.Context, after uint64) error
}

// Sealed are books that show their seals.
type Sealed interface {
	// SealAfter gives the first seal that covers the event with a number, as it was
	// signed; nil: it is not sealed yet. SealHash of it is what the next seal is
	// chained to: who notes that down can prove later that nothing before was changed.
	SealAfter(ctx context.Context, number uint64) ([]byte, error)
}

// JournalQuery asks for a page of the journal.
type JournalQuery struct {
	Tenant *shop.Tenant // nil: all of them
	// Kinds are the events that are wanted; none: all.
	Kinds     []payment.Kind
	After     uint64 // only numbers above this; 0: from the first
	Until     uint64 // only numbers up to this; 0: to the newest
	Backwards bool   // newest first
	Limit     int    // at most so many events; 1 to 1,000
}

// JournalPage is a page of the journal. It may hold fewer events than asked for,
// or none, and still have More: a call looks at a bounded number of records.
type JournalPage struct {
	Entries []JournalEntry
	More    bool
	// Looked is how far it has looked: the number to go on from, as After, or less
	// one as Until when backwards.
	Looked uint64
}

// JournalEntry is one event as the journal has it, without its private part.
type JournalEntry struct {
	Number  uint64
	Tenant  shop.Tenant
	Payment payment.ID
	// Registration and Foreign are the payment's Opening.Registration and
	// Opening.Foreign.
	Registration bool
	Foreign      string
	Event        payment.Event
}
