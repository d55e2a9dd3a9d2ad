package postgres

import (
	"context"
	"fmt"
	"sort"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

// maxLook is how many records one call of Read looks at (P97).
const maxLook = 20_000

// OFFSET 0 keeps the planner from reading all payments for a page of events.
const (
	sqlEvents = `SELECT j.seq, j.record, p.shop, p.environment, p.flags & $1::integer <> 0, p.foreign_number
		FROM journal j CROSS JOIN LATERAL (SELECT * FROM payments WHERE id = j.payment OFFSET 0) AS p
		WHERE j.seq > $2 AND j.seq <= $3 AND (cardinality($4::text[]) = 0 OR j.kind = ANY($4))
			AND ($5 OR p.shop = $6 AND p.environment = $7) ORDER BY j.seq `
	sqlForwards  = sqlEvents + "LIMIT $8"
	sqlBackwards = sqlEvents + "DESC LIMIT $8"
)

// Read is described at ledger.Journal. Numbers are given in the order of commits and
// without a gap: all up to the last one are there.
func (l *Ledger) Read(ctx context.Context, q ledger.JournalQuery) (page ledger.JournalPage, err error) {
	if q.Limit < 1 || q.Limit > maxLimit {
		return page, fmt.Errorf("ledger: a page of %d events", q.Limit)
	}
	last, err := l.Last(ctx)
	if err != nil {
		return page, err
	}
	l.bell.know(last)
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		page, err = pageOf(ctx, conn, &q, last)
		return err
	})
	return page, err
}

// pageOf reads a page of books that go up to last.
func pageOf(ctx context.Context, conn *pgxpool.Conn, q *ledger.JournalQuery, last uint64) (page ledger.JournalPage, err error) {
	w := windowOf(q, last)
	if w.after >= w.until {
		page.Looked = w.edge
		return page, nil
	}
	if page.Entries, err = entriesOf(ctx, conn, q, &w); err != nil {
		return ledger.JournalPage{}, err
	}
	if !q.Backwards {
		page.Looked = w.until
	} else {
		page.Looked = w.after + 1
	}
	if n := len(page.Entries); n == q.Limit {
		page.Looked = page.Entries[n-1].Number
	}
	page.More = !q.Backwards && page.Looked < w.edge || q.Backwards && page.Looked > w.edge
	return page, nil
}

// window is what one call looks at: the numbers above after, up to until. Edge is where the
// query ends.
type window struct {
	after, until, edge uint64
}

func windowOf(q *ledger.JournalQuery, last uint64) window {
	end := last
	if q.Until > 0 {
		end = min(q.Until, last)
	}
	switch {
	case q.After >= end && q.Backwards:
		return window{after: q.After, until: end, edge: end + 1}
	case q.After >= end:
		return window{after: q.After, until: end, edge: q.After}
	case q.Backwards:
		return window{after: max(q.After, end-min(end, maxLook)), until: end, edge: q.After + 1}
	}
	return window{after: q.After, until: min(end, q.After+maxLook), edge: end}
}

func entriesOf(ctx context.Context, conn *pgxpool.Conn, q *ledger.JournalQuery, w *window) ([]ledger.JournalEntry, error) {
	kinds := make([]string, len(q.Kinds))
	for i, k := range q.Kinds {
		kinds[i] = string(k)
	}
	shop, environment := "", ""
	if q.Tenant != nil {
		shop, environment = column(string(q.Tenant.Shop)), column(string(q.Tenant.Environment))
	}
	sql := sqlForwards
	if q.Backwards {
		sql = sqlBackwards
	}
	rows, err := conn.Query(ctx, sql, flagRegistration, w.after, w.until, kinds, q.Tenant == nil, shop, environment, q.Limit)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, scanEntry)
	if err == nil && q.Tenant == nil && len(kinds) == 0 {
		err = gapless(list, q, w)
	}
	return list, err
}

func scanEntry(row pgx.CollectableRow) (e ledger.JournalEntry, err error) {
	var encoded []byte
	if err := row.Scan(&e.Number, &encoded, &e.Tenant.Shop, &e.Tenant.Environment, &e.Registration, &e.Foreign); err != nil {
		return e, err
	}
	r, event, err := eventOf(&ledger.Numbered{Sequence: e.Number, Encoded: encoded})
	if err != nil {
		return e, err
	}
	e.Payment, e.Event = r.Payment, event
	return e, nil
}

// gapless looks for a record that is missing in a page of all records.
func gapless(list []ledger.JournalEntry, q *ledger.JournalQuery, w *window) error {
	for i := 0; i < min(int(w.until-w.after), q.Limit); i++ {
		want := w.after + 1 + uint64(i)
		if q.Backwards {
			want = w.until - uint64(i)
		}
		if i >= len(list) || list[i].Number != want {
			return &ledger.Fault{Sequence: want, What: "the record is missing"}
		}
	}
	return nil
}

// Before is described at ledger.Journal. It halves its way there.
func (l *Ledger) Before(ctx context.Context, t time.Time) (uint64, error) {
	last, err := l.Last(ctx)
	if err != nil {
		return 0, err
	}
	bound := nanos(t)
	n := sort.Search(int(last), func(i int) bool {
		if err != nil {
			return true
		}
		var at int64
		err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
			return conn.QueryRow(ctx, "SELECT time FROM journal WHERE seq = $1", i+1).Scan(&at)
		})
		return at >= bound
	})
	return uint64(n), err
}
