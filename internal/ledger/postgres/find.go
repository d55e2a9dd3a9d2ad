package postgres

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Find is described at ledger.Finder.
func (l *Ledger) Find(ctx context.Context, key ledger.Key) (h ledger.Holder, err error) {
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		h, err = findOn(ctx, conn, key)
		return err
	})
	return h, err
}

func findOn(ctx context.Context, conn *pgxpool.Conn, key ledger.Key) (h ledger.Holder, err error) {
	digest := key.Digest()
	rows, err := conn.Query(ctx, "SELECT payment, number FROM claims WHERE digest = $1 ORDER BY turn", digest[:])
	if err != nil {
		return h, err
	}
	var id payment.ID
	_, err = pgx.ForEachRow(rows, []any{&id, &h.Sequence}, func() error {
		h.Payments = append(h.Payments, id)
		return nil
	})
	if err == nil && len(h.Payments) == 0 {
		err = ledger.ErrNotFound
	}
	h.Payments = slices.Compact(h.Payments)
	return h, err
}

// chunk is how many ids are read at a time.
const chunk = 1000

// Unsettled is described at ledger.Finder. No transaction is open while yield runs.
func (l *Ledger) Unsettled(ctx context.Context, yield func(payment.ID) bool) error {
	return l.each(ctx, "SELECT id FROM payments WHERE care AND id > $1 ORDER BY id LIMIT $2", yield)
}

// Unanswered is described at ledger.Unanswered. No transaction is open while yield runs.
func (l *Ledger) Unanswered(ctx context.Context, yield func(payment.ID) bool) error {
	return l.each(ctx, fmt.Sprintf("SELECT id FROM payments WHERE care AND flags & %d <> 0 AND id > $1 ORDER BY id LIMIT $2", flagUnanswered), yield)
}

// Secrets is described at ledger.Reader. No transaction is open while yield runs. Secrets
// under a personal key, of an earlier version, are not found.
func (l *Ledger) Secrets(ctx context.Context, yield func(payment.ID) bool) error {
	return l.each(ctx, "SELECT payment FROM payment_keys WHERE secret IS NOT NULL AND payment > $1 ORDER BY payment LIMIT $2", yield)
}

// each yields the ids that a statement gives, a chunk at a time.
func (l *Ledger) each(ctx context.Context, sql string, yield func(payment.ID) bool) error {
	for after := payment.ID(""); ; {
		var ids []payment.ID
		err := l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
			rows, err := conn.Query(ctx, sql, string(after), chunk)
			if err == nil {
				ids, err = pgx.CollectRows(rows, pgx.RowTo[payment.ID])
			}
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if !yield(id) {
				return nil
			}
		}
		after = ids[len(ids)-1]
	}
}
