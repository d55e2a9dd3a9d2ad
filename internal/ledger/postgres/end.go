package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

// checkEnd reads, as a start does, what came after the last seal, and holds it against
// what the books say of themselves.
func (l *Ledger) checkEnd(ctx context.Context) error {
	return l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		// One view of the books, although other processes write to them.
		tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
		if err != nil {
			return err
		}
		defer tx.Rollback(ctx) //nolint:errcheck // it only reads
		return l.checkEndIn(ctx, tx)
	})
}

func (l *Ledger) checkEndIn(ctx context.Context, tx pgx.Tx) error {
	var (
		last, sealed   uint64
		head, sealHash []byte
		at             ledger.Hash
		encoded        []byte
	)
	if err := tx.QueryRow(ctx, "SELECT last, head, sealed, seal_hash FROM books WHERE id = 1").Scan(&last, &head, &sealed, &sealHash); err != nil {
		return err
	}
	if sealed > 0 {
		if err := tx.QueryRow(ctx, "SELECT seal FROM seals WHERE seq = $1", sealed).Scan(&encoded); err != nil {
			return damaged(sealed, err)
		}
		s, err := ledger.DecodeSeal(encoded)
		if err != nil || s.Sequence != sealed || string(sealHash) != string(sealHashOf(encoded)) {
			return damaged(sealed, errors.New("the last seal is not the one that the books name"))
		}
		at = s.Head
	}
	rows, err := tx.Query(ctx, "SELECT seq, record FROM journal WHERE seq > $1 ORDER BY seq", sealed)
	if err != nil {
		return err
	}
	next := sealed
	var n ledger.Numbered
	_, err = pgx.ForEachRow(rows, []any{&n.Sequence, &n.Encoded}, func() error {
		next++
		r, err := ledger.Decode(n.Encoded)
		if err != nil || n.Sequence != next {
			return damaged(next, errors.Join(errors.New("missing, or not whole"), err))
		}
		at = ledger.Advance(at, next, r.Hash)
		return nil
	})
	if err == nil && (next != last || string(head) != string(at[:])) {
		err = damaged(last, errors.New("the journal does not end where the books say"))
	}
	l.bell.know(last)
	return err
}

func sealHashOf(encoded []byte) []byte {
	h := ledger.SealHash(encoded)
	return h[:]
}
