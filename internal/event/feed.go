package event

import (
	"context"
	"slices"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Books is what a feed reads: a ledger that is a journal, too.
type Books interface {
	ledger.Journal
	History(ctx context.Context, id payment.ID) ([]payment.Event, error)
}

// Feed gives the events that are told, in journal order. It is safe for concurrent
// use, and keeps nothing.
type Feed struct{ books Books }

// NewFeed reads events from the books.
func NewFeed(b Books) *Feed { return &Feed{books: b} }

// Query asks for a page of events.
type Query struct {
	Tenant *shop.Tenant // nil: all of them
	Types  []string     // none: all
	After  uint64       // only those with a number above this
	Limit  int          // at most so many; 1 to 1,000
}

// Page is a page of events, oldest first. It may hold few or none and still have
// More.
type Page struct {
	Events []Numbered
	Next   uint64 // Query.After of the next page; never below the one that was asked
	More   bool
}

// Read gives events of every tenant, at most limit (1 to 1,000), and where to go
// on. More: there is more after next already; there may be even when this page is
// empty.
func (f *Feed) Read(ctx context.Context, after uint64, limit int) (list []Numbered, next uint64, more bool, err error) {
	page, err := f.List(ctx, Query{After: after, Limit: limit})
	return page.Events, page.Next, page.More, err
}

// List gives a page of events. Its errors are those of the books.
func (f *Feed) List(ctx context.Context, q Query) (Page, error) {
	found, err := f.books.Read(ctx, ledger.JournalQuery{Tenant: q.Tenant, Kinds: kindsOf(q.Types), After: q.After, Limit: q.Limit})
	if err != nil {
		return Page{}, err
	}
	page := Page{Next: found.Looked, More: found.More}
	for i := range found.Entries {
		e := &found.Entries[i]
		typ, err := f.typeOf(ctx, e)
		if err != nil {
			return Page{}, err
		}
		if typ != "" && (len(q.Types) == 0 || slices.Contains(q.Types, typ)) {
			page.Events = append(page.Events, of(e, typ))
		}
	}
	return page, nil
}

// Wait returns nil once there is something in the journal after a number, told or
// not, and the error of ctx when that ends first.
func (f *Feed) Wait(ctx context.Context, after uint64) error { return f.books.Wait(ctx, after) }

// Last is the number of the newest event in the journal, told or not; 0: there is
// none.
func (f *Feed) Last(ctx context.Context) (uint64, error) { return f.books.Last(ctx) }

// typeOf gives the type under which an entry is told; empty: it is not.
func (f *Feed) typeOf(ctx context.Context, e *ledger.JournalEntry) (string, error) {
	for i := range rows {
		r := &rows[i]
		if r.kind != e.Event.Kind || r.when != nil && !r.when(&e.Event) {
			continue
		}
		if r.charges {
			charged, err := f.chargedBefore(ctx, e)
			if err != nil {
				return "", err
			}
			if charged {
				continue
			}
		}
		if e.Registration && r.typ != "" {
			return forRegistration(r.typ), nil
		}
		return r.typ, nil
	}
	return "", nil
}

// chargedBefore reports whether the payment was charged already before an event:
// only what came before can tell.
func (f *Feed) chargedBefore(ctx context.Context, e *ledger.JournalEntry) (bool, error) {
	history, err := f.books.History(ctx, e.Payment)
	if err != nil {
		return false, err
	}
	p, err := payment.Replay(nil, history[:e.Event.Sequence-1])
	if err != nil {
		return false, err
	}
	return p.State != payment.Authorized, nil
}
