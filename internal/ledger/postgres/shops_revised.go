package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

// sqlChanged gives how many changes there were, and what came after one of them, as they
// are at one moment: one row at least. Books that were restored may have fewer changes than
// somebody knows: then it is all of them.
const sqlChanged = `SELECT r.changes, d.name, d.record FROM registry r
	LEFT JOIN documents d ON d.changed > CASE WHEN $1 > r.changes THEN -1 ELSE $1 END WHERE r.id = 1`

// Revised is described at ledger.Shops.
func (l *Ledger) Revised(ctx context.Context, after uint64) (list []ledger.Document, now uint64, err error) {
	if err := l.ready(ctx); err != nil {
		return nil, 0, err
	}
	known := number(after)
	if after == 0 {
		known = -1 // documents that were copied have the number 0
	}
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		list = nil
		rows, err := conn.Query(ctx, sqlChanged, known)
		if err != nil {
			return err
		}
		var name, record []byte
		_, err = pgx.ForEachRow(rows, []any{&now, &name, &record}, func() error {
			if name == nil {
				return nil
			}
			d, err := ledger.DecodeDocumentOf(name, record)
			list = append(list, d)
			return err
		})
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	return list, now, nil
}
