package bolt

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"time"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
)

// Bounds of reading the journal: how many records one call looks at, and how many
// records and bytes one transaction does (P97). The writer never waits for any of
// it.
const (
	maxLook      = 20_000
	portion      = 500
	portionBytes = 1 << 20
)

var _ ledger.Journal = (*Ledger)(nil)

// Read is described at ledger.Journal.
func (l *Ledger) Read(ctx context.Context, q ledger.JournalQuery) (ledger.JournalPage, error) {
	if q.Limit < 1 || q.Limit > maxLimit {
		return ledger.JournalPage{}, fmt.Errorf("ledger: a page of %d events", q.Limit)
	}
	s := newScan(&q, l.bell.upto.Load())
	var page ledger.JournalPage
	for s.more() && s.looked < maxLook && len(page.Entries) < q.Limit {
		if err := l.ready(ctx); err != nil {
			return ledger.JournalPage{}, err
		}
		found, err := l.portion(s, q.Limit-len(page.Entries))
		if err != nil {
			return ledger.JournalPage{}, err
		}
		for i := range found {
			entry, err := found[i].entry()
			if err != nil {
				return ledger.JournalPage{}, damaged(found[i].number, err)
			}
			page.Entries = append(page.Entries, entry)
		}
	}
	page.More, page.Looked = s.more(), s.edge()
	return page, l.ready(ctx)
}

// scan is what is left of a query: the numbers first to last, from one of its
// ends.
type scan struct {
	query       *ledger.JournalQuery
	first, last uint64
	looked      int
}

func newScan(q *ledger.JournalQuery, upto uint64) *scan {
	s := &scan{query: q, first: q.After + 1, last: upto}
	if q.Until > 0 {
		s.last = min(q.Until, upto)
	}
	return s
}

func (s *scan) more() bool { return s.first <= s.last }

// edge is the number that was looked at last.
func (s *scan) edge() uint64 {
	if s.query.Backwards {
		return s.last + 1
	}
	return s.first - 1
}

// next is the number to look at.
func (s *scan) next() uint64 {
	if s.query.Backwards {
		return s.last
	}
	return s.first
}

// pass goes on by one number.
func (s *scan) pass() {
	s.looked++
	if s.query.Backwards {
		s.last--
		return
	}
	s.first++
}

// noted is a record that a query wants, with memory of its own: it is taken apart
// after the transaction.
type noted struct {
	number uint64
	home   home
	record ledger.Record
}

func (n *noted) entry() (ledger.JournalEntry, error) {
	e, err := n.record.Event()
	return ledger.JournalEntry{
		Number: n.number, Tenant: n.home.tenant, Payment: n.record.Payment,
		Registration: n.home.registration, Foreign: n.home.foreign, Event: e,
	}, err
}

// portion looks at the next records, in one short transaction.
func (l *Ledger) portion(s *scan, wanted int) (found []noted, err error) {
	err = l.view(func(tx *bbolt.Tx) error {
		journal := bucketOf(tx, bucketJournal)
		c := journal.Cursor()
		k, v := c.Seek(sequenceKey(s.next()))
		for looked, bytes := 0, 0; s.more() && looked < portion && bytes < portionBytes && len(found) < wanted; looked++ {
			if numberOf(k) != s.next() {
				return &ledger.Fault{Sequence: s.next(), What: "the record is missing"}
			}
			n, wants, err := l.note(journal, s, v)
			if err != nil {
				return err
			}
			if wants {
				found, bytes = append(found, n), bytes+len(n.record.Body)
			}
			if s.pass(); s.query.Backwards {
				k, v = c.Prev()
			} else {
				k, v = c.Next()
			}
		}
		return nil
	})
	return found, err
}

// note looks at the record at s.next().
func (l *Ledger) note(journal *bbolt.Bucket, s *scan, encoded []byte) (n noted, wants bool, err error) {
	seq := s.next()
	r, err := ledger.Decode(encoded)
	if err != nil {
		return n, false, damaged(seq, err)
	}
	if len(s.query.Kinds) > 0 {
		kind, err := r.Kind()
		if err != nil {
			return n, false, damaged(seq, err)
		}
		if !slices.Contains(s.query.Kinds, kind) {
			return n, false, nil
		}
	}
	at, err := l.homeOf(journal, seq, r)
	if err != nil || s.query.Tenant != nil && *s.query.Tenant != at.tenant {
		return n, false, err
	}
	record := ledger.Record{Payment: r.Payment, Number: r.Number, Body: clone(r.Body)}
	return noted{number: seq, home: at, record: record}, true, nil
}

// homeOf finds whose a record is: what the payment's first record says, and
// nothing less.
func (l *Ledger) homeOf(journal *bbolt.Bucket, seq uint64, r *ledger.Record) (home, error) {
	if at, ok := l.homes.get(r.Payment); ok {
		return at, nil
	}
	read := func(seq uint64) []byte { return journal.Get(sequenceKey(seq)) }
	var first *ledger.Record
	err := ledger.Walk(r.Payment, seq, r.Number, read, func(_ uint64, r *ledger.Record, _ []byte) error {
		first = r
		return nil
	})
	if err != nil {
		return home{}, err
	}
	e, err := first.Event()
	if err != nil || e.Opening == nil {
		return home{}, &ledger.Fault{Sequence: seq, Payment: r.Payment, What: "its first record does not say whose it is"}
	}
	at := home{tenant: e.Opening.Tenant, registration: e.Opening.Registration, foreign: e.Opening.Foreign}
	l.homes.put(r.Payment, at)
	return at, nil
}

// Last is described at ledger.Journal.
func (l *Ledger) Last(ctx context.Context) (uint64, error) {
	return l.bell.upto.Load(), l.ready(ctx)
}

// Before is described at ledger.Journal. It halves its way there.
func (l *Ledger) Before(ctx context.Context, t time.Time) (uint64, error) {
	var failed error
	n := sort.Search(int(l.bell.upto.Load()), func(i int) bool {
		if failed != nil {
			return true
		}
		at, err := l.timeOf(ctx, uint64(i)+1)
		failed = err
		return !at.Before(t)
	})
	return uint64(n), failed
}

// timeOf reads the time of one event.
func (l *Ledger) timeOf(ctx context.Context, seq uint64) (time.Time, error) {
	if err := l.ready(ctx); err != nil {
		return time.Time{}, err
	}
	encoded, err := (&book{view: l.view}).Record(seq)
	if err != nil {
		return time.Time{}, err
	}
	r, err := ledger.Decode(encoded)
	if err != nil {
		return time.Time{}, damaged(seq, err)
	}
	e, err := r.Event()
	if err != nil {
		return time.Time{}, damaged(seq, err)
	}
	return e.Time, nil
}
