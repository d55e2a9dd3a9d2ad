package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Bounds of one call: how many rows it looks at, and how many payments or events it gives.
const (
	maxScan  = 20_000
	maxLimit = 1000
)

// List is described at ledger.Finder. What was acknowledged before the call is in it.
// Payments that change meanwhile are shown as they are when their turn comes, or not at all
// if they do not meet the filter then.
func (l *Ledger) List(ctx context.Context, q ledger.Query) (page ledger.Page, err error) {
	if err := l.ready(ctx); err != nil {
		return page, err
	}
	if q.Limit < 1 || q.Limit > maxLimit {
		return page, fmt.Errorf("ledger: a page of %d payments", q.Limit)
	}
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		page, err = l.list(ctx, conn, &q)
		return err
	})
	return page, err
}

func (l *Ledger) list(ctx context.Context, conn *pgxpool.Conn, q *ledger.Query) (page ledger.Page, err error) {
	c, err := candidatesOf(ctx, conn, q)
	if err != nil {
		return page, err
	}
	payments, err := l.foldAll(ctx, conn, c.found)
	if err != nil {
		return page, err
	}
	for _, p := range payments {
		if p.Tenant == q.Tenant && q.Filter.Match(p) {
			page.Payments = append(page.Payments, p)
		}
	}
	page.More, page.Next = c.more, c.down
	return page, nil
}

// candidates are payments that may meet a query, newest first: all there are down to the id
// down. More: there may be others below it.
type candidates struct {
	found []found
	more  bool
	down  payment.ID
}

// found is a payment with its end.
type found struct {
	id payment.ID
	end
}

func candidatesOf(ctx context.Context, conn *pgxpool.Conn, q *ledger.Query) (candidates, error) {
	switch f := &q.Filter; {
	case f.Acceptance != "":
		if id, _, err := payment.ParseAcceptance(f.Acceptance); err == nil {
			if c, err := known(ctx, conn, q, id); err != nil || len(c.found) > 0 {
				return c, err
			}
		}
		return holders(ctx, conn, q, ledger.KeyForeign, f.Acceptance)
	case f.OrderNumber != "":
		return holders(ctx, conn, q, ledger.KeyOrder, f.OrderNumber)
	}
	return scan(ctx, conn, q)
}

// holders are the payments that ever claimed a key.
func holders(ctx context.Context, conn *pgxpool.Conn, q *ledger.Query, kind ledger.KeyKind, value string) (candidates, error) {
	h, err := findOn(ctx, conn, ledger.Key{Kind: kind, Tenant: q.Tenant, Value: value})
	if errors.Is(err, ledger.ErrNotFound) {
		return candidates{}, nil
	}
	if err != nil {
		return candidates{}, err
	}
	return known(ctx, conn, q, h.Payments...)
}

// newestOf is above all ids.
const newestOf = "\x7f"

const sqlKnown = `SELECT p.id, p.version, p.first, p.last, p.hash FROM (SELECT DISTINCT id FROM unnest($1::text[]) AS u(id)) AS w
	JOIN payments p ON p.id = w.id WHERE p.id < $2 ORDER BY p.id DESC LIMIT $3`

// known are candidates whose ids a key tells.
func known(ctx context.Context, conn *pgxpool.Conn, q *ledger.Query, ids ...payment.ID) (candidates, error) {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	before := newestOf
	if q.Before != "" {
		before = string(q.Before)
	}
	return gather(ctx, conn, q.Limit, sqlKnown, list, before, q.Limit)
}

func gather(ctx context.Context, conn *pgxpool.Conn, limit int, sql string, args ...any) (c candidates, err error) {
	rows, err := conn.Query(ctx, sql, args...)
	if err != nil {
		return c, err
	}
	c.found, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (f found, err error) {
		var hash []byte
		if err := r.Scan(&f.id, &f.version, &f.first, &f.last, &hash); err != nil {
			return f, err
		}
		return f, toHashes(hash, &f.hash)
	})
	if n := len(c.found); n == limit {
		c.more, c.down = true, c.found[n-1].id
	}
	return c, err
}

// A call looks at the newest payments of the tenant below an id, of which there may be
// many that do not meet the filter.
const (
	sqlWindow = "SELECT * FROM payments WHERE shop = $1 AND environment = $2 AND id < $3 AND id >= $4 ORDER BY id DESC"
	sqlScan   = "SELECT id, version, first, last, hash FROM (" + sqlWindow + ` LIMIT $5) AS w
		WHERE flags & $6::integer = $6 AND flags & $7::integer = 0 AND (cardinality($8::integer[]) = 0 OR state = ANY($8))
			AND ($9::text = '' OR customer = $9) AND ($10::text = '' OR delivery = $10)
			AND ($11::bigint = 0 OR created > $11) AND ($12::bigint = 0 OR created < $12)
			AND ($13::bigint = 0 OR amount >= $13) AND ($14::bigint = 0 OR amount <= $14)
		ORDER BY id DESC LIMIT $15`
	sqlBottom = "SELECT id FROM (" + sqlWindow + ") AS w ORDER BY id DESC OFFSET $5 LIMIT 1"
)

func scan(ctx context.Context, conn *pgxpool.Conn, q *ledger.Query) (candidates, error) {
	f := &q.Filter
	shop, environment := column(string(q.Tenant.Shop)), column(string(q.Tenant.Environment))
	oldest, newest := bounds(q)
	all, none := flagsOf(f)
	states := []int32{}
	for _, s := range f.States {
		states = append(states, int32(s))
	}
	c, err := gather(ctx, conn, q.Limit, sqlScan, shop, environment, newest, oldest, maxScan, all, none, states,
		column(f.Customer), column(f.Delivery), bound(f.CreatedAfter), bound(f.CreatedBefore), int64(f.AmountFrom), int64(f.AmountTo), q.Limit)
	if err != nil || c.more {
		return c, err
	}
	err = conn.QueryRow(ctx, sqlBottom, shop, environment, newest, oldest, maxScan-1).Scan(&c.down)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, nil
	}
	c.more = err == nil
	return c, err
}

// flagsOf gives the flags that a payment must all have, and those of which it must have
// none.
func flagsOf(f *ledger.Filter) (all, none int32) {
	whether := func(w ledger.Whether, flag int32) {
		switch w {
		case ledger.Is:
			all |= flag
		case ledger.IsNot:
			none |= flag
		}
	}
	whether(f.Confirmed, flagConfirmed)
	whether(f.Told, flagTold)
	whether(f.Shipped, flagShipped)
	whether(f.Canceled, flagCanceled)
	if f.Attention {
		all |= flagAttention
	}
	if f.Unanswered {
		all |= flagUnanswered
	}
	if !f.Registrations {
		none |= flagRegistration
	}
	return all, none
}

// bound is a moment in nanoseconds; 0: open.
func bound(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return nanos(t)
}

// bounds are the ids between which a query's payments lie: not before oldest, and before
// newest. Ids are sorted by time, so that a list of one day reads that day's rows only.
func bounds(q *ledger.Query) (oldest, newest string) {
	newest = newestOf
	if q.Before != "" {
		newest = string(q.Before)
	}
	if t := q.Filter.CreatedAfter.Add(-ledger.IDSlack); !q.Filter.CreatedAfter.IsZero() && t.UnixMilli() > 0 {
		oldest = firstID(t)
	}
	if t := q.Filter.CreatedBefore.Add(ledger.IDSlack + time.Millisecond); !q.Filter.CreatedBefore.IsZero() {
		newest = min(newest, firstID(t))
	}
	return oldest, newest
}

// firstID is the least id of a moment, of the times that ids can hold.
func firstID(t time.Time) string {
	const last = 1<<45 - 1 // milliseconds
	return string(payment.NewID(time.UnixMilli(min(max(t.UnixMilli(), 0), last)), 0))
}

const sqlChains = `SELECT j.payment, j.seq, j.record FROM unnest($1::text[]) AS w(id) JOIN journal j ON j.payment = w.id
	WHERE j.seq BETWEEN $2 AND $3 ORDER BY j.payment, j.number`

// foldAll adds up payments, in one query for all that are not in memory. It leaves memory
// to those payments that move: a long list would drive them out.
func (l *Ledger) foldAll(ctx context.Context, conn *pgxpool.Conn, list []found) ([]*payment.Payment, error) {
	folded := make(map[payment.ID]*payment.Payment, len(list))
	missing := map[payment.ID]*end{}
	var ids []string
	first, last := ^uint64(0)>>1, uint64(0)
	for i := range list {
		f := &list[i]
		if known, ok := l.cache.glimpse(f.id); ok && f.is(&known) {
			folded[f.id] = known.Payment
			continue
		}
		missing[f.id], ids = &f.end, append(ids, string(f.id))
		first, last = min(first, f.first), max(last, f.last)
	}
	if len(ids) > 0 {
		rows, err := conn.Query(ctx, sqlChains, ids, first, last)
		if err != nil {
			return nil, err
		}
		if err := foldRows(rows, missing, folded); err != nil {
			return nil, err
		}
	}
	payments := make([]*payment.Payment, len(list))
	for i := range list {
		payments[i] = folded[list[i].id]
	}
	return payments, nil
}

// foldRows adds up the payments whose records come, up to their ends.
func foldRows(rows pgx.Rows, ends map[payment.ID]*end, folded map[payment.ID]*payment.Payment) error {
	defer rows.Close()
	building := make(map[payment.ID]ledger.Folded, len(ends))
	for rows.Next() {
		var (
			id payment.ID
			n  ledger.Numbered
		)
		err := rows.Scan(&id, &n.Sequence, &n.Encoded)
		if e := ends[id]; err == nil && n.Sequence <= e.last {
			building[id], err = building[id].Extend(n.Sequence, n.Encoded)
		}
		if err != nil {
			return err
		}
	}
	for id, e := range ends {
		f := building[id]
		if rows.Err() == nil && !e.is(&f) {
			return &ledger.Fault{Sequence: e.last, Payment: id, What: "the payment does not end where its row says"}
		}
		folded[id] = f.Payment
	}
	return rows.Err()
}
