package bolt

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Bounds of one call: how many rows of the index it looks at in one go, and how
// many payments it reads in all.
const (
	maxScan  = 20_000
	maxReads = 2000
	maxLimit = 1000
)

// List is described at ledger.Finder. What was acknowledged before the call
// is in it. Payments that change meanwhile are shown as they are when their turn comes, or not at
// all if they do not meet the filter then.
func (l *Ledger) List(ctx context.Context, q ledger.Query) (ledger.Page, error) {
	if err := l.ready(ctx); err != nil {
		return ledger.Page{}, err
	}
	if q.Limit < 1 || q.Limit > maxLimit {
		return ledger.Page{}, fmt.Errorf("ledger: a page of %d payments", q.Limit)
	}
	var page ledger.Page
	for reads := 0; ; {
		c, err := l.candidates(ctx, &q)
		if err != nil {
			return ledger.Page{}, err
		}
		full, err := l.match(ctx, &q, &c, &page)
		if err != nil || full {
			return page, err
		}
		if reads += len(c.ids); !c.more || len(page.Payments) == q.Limit || c.looked == maxScan || reads >= maxReads {
			page.More, page.Next = c.more, c.down
			return page, nil
		}
		q.Before = c.down
	}
}

// match adds the candidates that meet the query to the page. It reports true
// when the page is full and candidates are left.
func (l *Ledger) match(ctx context.Context, q *ledger.Query, c *candidates, page *ledger.Page) (bool, error) {
	for i, id := range c.ids {
		p, err := l.glimpse(ctx, id)
		if err != nil {
			return false, err
		}
		if p.Tenant != q.Tenant || !q.Filter.Match(p) {
			continue
		}
		page.Payments = append(page.Payments, p)
		if len(page.Payments) == q.Limit && i+1 < len(c.ids) {
			page.More, page.Next = true, id
			return true, nil
		}
	}
	return false, nil
}

// glimpse is Load that leaves the memory to those payments that move: a long
// list would drive them out of it.
func (l *Ledger) glimpse(ctx context.Context, id payment.ID) (*payment.Payment, error) {
	if err := l.ready(ctx); err != nil {
		return nil, err
	}
	if c, ok := l.cache.glimpse(id); ok {
		return c.payment, nil
	}
	r, err := l.locate(id)
	if err != nil {
		return nil, err
	}
	c, err := l.fold(id, r.sequence, int(r.version))
	return c.payment, err
}

// candidates are payments that may meet a query, newest first: all there are
// down to the id down. More: there may be others below it.
type candidates struct {
	ids    []payment.ID
	more   bool
	down   payment.ID
	looked int // rows of the index
}

func (l *Ledger) candidates(ctx context.Context, q *ledger.Query) (candidates, error) {
	switch {
	case q.Filter.Acceptance != "":
		if id, _, err := payment.ParseAcceptance(q.Filter.Acceptance); err == nil {
			if c, err := l.known(q, id); err != nil || len(c.ids) > 0 {
				return c, err
			}
		}
		return l.holders(ctx, q, ledger.KeyForeign, q.Filter.Acceptance)
	case q.Filter.OrderNumber != "":
		return l.holders(ctx, q, ledger.KeyOrder, q.Filter.OrderNumber)
	}
	return l.scan(q)
}

// holders are the payments that ever claimed a key.
func (l *Ledger) holders(ctx context.Context, q *ledger.Query, kind ledger.KeyKind, value string) (candidates, error) {
	h, err := l.Find(ctx, ledger.Key{Kind: kind, Tenant: q.Tenant, Value: value})
	if errors.Is(err, ledger.ErrNotFound) {
		return candidates{}, nil
	}
	if err != nil {
		return candidates{}, err
	}
	return l.known(q, h.Payments...)
}

// known are candidates whose ids a key tells.
func (l *Ledger) known(q *ledger.Query, ids ...payment.ID) (candidates, error) {
	var c candidates
	for _, id := range ids {
		if q.Before != "" && id >= q.Before {
			continue
		}
		switch _, err := l.locate(id); {
		case errors.Is(err, ledger.ErrNotFound):
		case err != nil:
			return c, err
		default:
			c.ids = append(c.ids, id)
		}
	}
	c.sort()
	return c, nil
}

// scan looks through what is in memory, and then through a bounded part of the
// index.
func (l *Ledger) scan(q *ledger.Query) (candidates, error) {
	var c candidates
	s := newSieve(q)
	l.tail.each(func(id payment.ID, r *row) {
		if (q.Before == "" || id < q.Before) && s.passes(r) {
			c.ids = append(c.ids, id)
		}
	})
	err := l.indexView(func(tx *bbolt.Tx) error { return c.scanIndex(tx, q, &s) })
	if err != nil {
		return c, err
	}
	if c.more { // what is further down comes with a later page
		c.ids = slices.DeleteFunc(c.ids, func(id payment.ID) bool { return id < c.down })
	}
	c.sort()
	return c, nil
}

func (c *candidates) scanIndex(tx *bbolt.Tx, q *ledger.Query, s *sieve) error {
	oldest, newest := bounds(q)
	cursor := tx.Bucket(bucketPayments).Cursor()
	k, v := cursor.Last()
	if newest != "" {
		if k, _ = cursor.Seek([]byte(newest)); k == nil {
			k, v = cursor.Last()
		} else {
			k, v = cursor.Prev()
		}
	}
	for found := 0; k != nil && payment.ID(k) >= oldest; k, v = cursor.Prev() {
		r, err := decodeRow(v)
		if err != nil {
			return err
		}
		if s.passes(&r) {
			c.ids = append(c.ids, payment.ID(k))
			found++
		}
		if c.looked++; c.looked == maxScan || found == q.Limit {
			c.more, c.down = true, payment.ID(k)
			return nil
		}
	}
	return nil
}

// bounds are the ids between which a query's payments lie: not before oldest,
// and before newest, if that is not empty. Ids are sorted by time, so that a list
// of one day reads that day's rows only.
func bounds(q *ledger.Query) (oldest, newest payment.ID) {
	newest = q.Before
	if t := q.Filter.CreatedAfter.Add(-ledger.IDSlack); !q.Filter.CreatedAfter.IsZero() && t.UnixMilli() > 0 {
		oldest = firstID(t)
	}
	if t := q.Filter.CreatedBefore.Add(ledger.IDSlack + time.Millisecond); !q.Filter.CreatedBefore.IsZero() {
		if id := firstID(t); newest == "" || id < newest {
			newest = id
		}
	}
	return oldest, newest
}

// firstID is the least id of a moment, of the times that ids can hold.
func firstID(t time.Time) payment.ID {
	const last = 1<<45 - 1 // milliseconds
	return payment.NewID(time.UnixMilli(min(max(t.UnixMilli(), 0), last)), 0)
}

// sort puts the newest first; the index may have repeated what memory had.
func (c *candidates) sort() {
	slices.Sort(c.ids)
	c.ids = slices.Compact(c.ids)
	slices.Reverse(c.ids)
}
