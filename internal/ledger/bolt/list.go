package bolt

import (
	"context"
	"errors"
	"fmt"
	"slices"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// maxScan is how many rows of the index one call looks at.
const maxScan = 20_000

const maxLimit = 1000

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
	c, err := l.candidates(ctx, &q)
	if err != nil {
		return ledger.Page{}, err
	}
	page := ledger.Page{More: c.more, Next: c.down}
	for i, id := range c.ids {
		p, err := l.Load(ctx, id)
		if err != nil {
			return ledger.Page{}, err
		}
		if p.Tenant != q.Tenant || !q.Filter.Match(p) {
			continue
		}
		page.Payments = append(page.Payments, p)
		if len(page.Payments) == q.Limit && i+1 < len(c.ids) {
			page.More, page.Next = true, id
			break
		}
	}
	if !page.More {
		page.Next = ""
	}
	return page, nil
}

// candidates are payments that may meet a query, newest first: all there are
// down to the id down. More: there may be others below it.
type candidates struct {
	ids  []payment.ID
	more bool
	down payment.ID
}

func (l *Ledger) candidates(ctx context.Context, q *ledger.Query) (candidates, error) {
	switch {
	case q.Filter.Acceptance != "":
		id, _, err := payment.ParseAcceptance(q.Filter.Acceptance)
		if err != nil {
			return candidates{}, nil // nothing of ours has this number
		}
		return l.known(q, id)
	case q.Filter.OrderNumber != "":
		h, err := l.Find(ctx, ledger.Key{Kind: ledger.KeyOrder, Tenant: q.Tenant, Value: q.Filter.OrderNumber})
		if errors.Is(err, ledger.ErrNotFound) {
			return candidates{}, nil
		}
		if err != nil {
			return candidates{}, err
		}
		return l.known(q, h.Payments...)
	}
	return l.scan(q)
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
	cursor := tx.Bucket(bucketPayments).Cursor()
	k, v := cursor.Last()
	if q.Before != "" {
		if k, _ = cursor.Seek([]byte(q.Before)); k == nil {
			k, v = cursor.Last()
		} else {
			k, v = cursor.Prev()
		}
	}
	for scanned, found := 0, 0; k != nil; k, v = cursor.Prev() {
		r, err := decodeRow(v)
		if err != nil {
			return err
		}
		if s.passes(&r) {
			c.ids = append(c.ids, payment.ID(k))
			found++
		}
		if scanned++; scanned == maxScan || found == q.Limit {
			c.more, c.down = true, payment.ID(k)
			return nil
		}
	}
	return nil
}

// sort puts the newest first; the index may have repeated what memory had.
func (c *candidates) sort() {
	slices.Sort(c.ids)
	c.ids = slices.Compact(c.ids)
	slices.Reverse(c.ids)
}
