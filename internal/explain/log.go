package explain

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Books is what a log reads.
type Books interface {
	ledger.Journal
	Load(ctx context.Context, id payment.ID) (*payment.Payment, error)
	History(ctx context.Context, id payment.ID) ([]payment.Event, error)
	Find(ctx context.Context, key ledger.Key) (ledger.Holder, error)
}

// Log is the log of payment errors (R41). It keeps nothing: the books are the log.
type Log struct {
	books Books
	clock func() time.Time
}

// New reads the books.
func New(b Books, clock func() time.Time) *Log { return &Log{books: b, clock: clock} }

// Filter is what a listed failure must meet, all at once. Zero fields do not filter.
type Filter struct {
	Kind       Kind
	Reason     payment.Reason
	Code       string
	Operation  payment.Operation
	Order      string
	Acceptance string
	Payment    payment.ID
	After      time.Time // exclusive
	Before     time.Time // exclusive
}

// Query asks for a page of failures, newest first.
type Query struct {
	Tenant shop.Tenant
	Filter Filter
	From   uint64 // Page.Next of the page before; 0: from the newest
	Limit  int    // at most so many; 1 to 1,000
}

// Page is a page of failures. It may hold few or none and still have More.
type Page struct {
	Failures []Failure
	More     bool
	Next     uint64
}

// slack is how far a clock may have been set back so that a search by time still
// finds everything.
const slack = time.Minute

// maxReads is how many pages of the journal one call looks at.
const maxReads = 5

// List gives a page of failures. Its errors are those of the books.
func (l *Log) List(ctx context.Context, q Query) (Page, error) {
	if ids, known, err := l.named(ctx, &q); err != nil || known {
		if err != nil {
			return Page{}, err
		}
		return l.listOf(ctx, &q, ids)
	}
	return l.scan(ctx, &q)
}

// scan looks through the journal backwards.
func (l *Log) scan(ctx context.Context, q *Query) (page Page, err error) {
	read := ledger.JournalQuery{Tenant: &q.Tenant, Kinds: failingKinds(), Backwards: true, Limit: q.Limit}
	if read.Until, read.After, err = l.bounds(ctx, q); err != nil || read.Until == 0 {
		return page, err
	}
	for range maxReads {
		read.Limit = q.Limit - len(page.Failures)
		found, err := l.books.Read(ctx, read)
		if err != nil {
			return Page{}, err
		}
		for i := range found.Entries {
			e := &found.Entries[i]
			if !q.Filter.may(&e.Event) {
				continue
			}
			f, ok, err := l.failure(ctx, e.Payment, e.Event.Sequence)
			if err != nil {
				return Page{}, err
			}
			if ok && q.Filter.match(&f) {
				page.Failures = append(page.Failures, f)
			}
		}
		page.More, page.Next = found.More, found.Looked
		if read.Until = found.Looked - 1; !found.More || len(page.Failures) == q.Limit {
			break
		}
	}
	return page, nil
}

// bounds are the places in the journal between which to look; until 0: nowhere.
func (l *Log) bounds(ctx context.Context, q *Query) (until, after uint64, err error) {
	if q.From > 0 {
		until = q.From - 1
	} else if until, err = l.books.Last(ctx); err == nil && !q.Filter.Before.IsZero() {
		until, err = l.books.Before(ctx, q.Filter.Before.Add(slack))
	}
	if err == nil && !q.Filter.After.IsZero() {
		after, err = l.books.Before(ctx, q.Filter.After.Add(-slack))
	}
	return until, after, err
}

// named gives the payments that a filter names by a key, so that a search for one
// order reads that order and not the whole journal.
func (l *Log) named(ctx context.Context, q *Query) (ids []payment.ID, known bool, err error) {
	switch f := &q.Filter; {
	case f.Payment != "":
		return []payment.ID{f.Payment}, true, nil
	case f.Order != "":
		h, err := l.books.Find(ctx, ledger.Key{Kind: ledger.KeyOrder, Tenant: q.Tenant, Value: f.Order})
		if errors.Is(err, ledger.ErrNotFound) {
			return nil, true, nil
		}
		return h.Payments, true, err
	case f.Acceptance != "":
		id, _, err := payment.ParseAcceptance(f.Acceptance)
		if err != nil {
			return nil, false, nil // a number of another system: it is looked for
		}
		return []payment.ID{id}, true, nil
	}
	return nil, false, nil
}

// listOf gives the failures of a few payments. From counts those that were given.
func (l *Log) listOf(ctx context.Context, q *Query, ids []payment.ID) (Page, error) {
	var all []Failure
	for _, id := range ids {
		p, history, err := l.read(ctx, q.Tenant, id)
		if errors.Is(err, ledger.ErrNotFound) {
			continue
		}
		if err != nil {
			return Page{}, err
		}
		for i := range history {
			if f, ok := failureAt(p, history, i); ok && q.Filter.match(&f) {
				all = append(all, f)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Failure) int {
		return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(b.Payment, a.Payment), cmp.Compare(b.Sequence, a.Sequence))
	})
	at := min(q.From, uint64(len(all)))
	end := min(at+uint64(q.Limit), uint64(len(all))) //nolint:gosec // 1 to 1,000
	return Page{Failures: all[at:end], More: end < uint64(len(all)), Next: end}, nil
}

// Explain tells the story of a payment, or gives ledger.ErrNotFound for one of
// another tenant.
func (l *Log) Explain(ctx context.Context, t shop.Tenant, id payment.ID) (Story, error) {
	p, history, err := l.read(ctx, t, id)
	if err != nil {
		return Story{}, err
	}
	return Tell(p, history, l.clock()), nil
}

// read gives a tenant's payment exactly as its history adds up: both of one moment.
func (l *Log) read(ctx context.Context, t shop.Tenant, id payment.ID) (*payment.Payment, []payment.Event, error) {
	history, err := l.books.History(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	p, err := payment.Replay(nil, history)
	if err == nil && p.Tenant != t {
		return nil, nil, ledger.ErrNotFound
	}
	return p, history, err
}

// failure reads one failure of the journal.
func (l *Log) failure(ctx context.Context, id payment.ID, sequence int) (Failure, bool, error) {
	history, err := l.books.History(ctx, id)
	if err != nil {
		return Failure{}, false, err
	}
	p, err := payment.Replay(nil, history)
	if err != nil || sequence > len(history) {
		return Failure{}, false, err
	}
	f, ok := failureAt(p, history, sequence-1)
	return f, ok, nil
}

// may passes over events that cannot meet the filter, before their payment is read.
func (f *Filter) may(e *payment.Event) bool {
	return kindOf(e) != "" && (f.Kind == "" || f.Kind == kindOf(e)) && (f.Reason == "" || f.Reason == e.Reason) &&
		(f.Code == "" || f.Code == e.Code) && f.within(e.Time)
}

func (f *Filter) within(t time.Time) bool {
	return (f.After.IsZero() || t.After(f.After)) && (f.Before.IsZero() || t.Before(f.Before))
}

// match reports whether a failure meets the filter.
func (f *Filter) match(x *Failure) bool {
	return (f.Kind == "" || f.Kind == x.Kind) && (f.Reason == "" || f.Reason == x.Reason) && (f.Code == "" || f.Code == x.Code) &&
		(f.Operation == 0 || f.Operation == x.Operation) && (f.Order == "" || f.Order == x.Order) &&
		(f.Acceptance == "" || f.Acceptance == x.Acceptance) && (f.Payment == "" || f.Payment == x.Payment) && f.within(x.Time)
}
