package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

var _ ledger.Notes = (*Ledger)(nil)

// Notes is described at ledger.Notes.
func (l *Ledger) Notes(ctx context.Context, prefix string) (notes map[string][]byte, err error) {
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		notes = map[string][]byte{}
		rows, err := conn.Query(ctx, "SELECT name, body FROM notes WHERE substring(name FROM 1 FOR length($1)) = $1", column(prefix))
		if err != nil {
			return err
		}
		var (
			name string
			body []byte
		)
		_, err = pgx.ForEachRow(rows, []any{&name, &body}, func() error {
			notes[name] = body
			return nil
		})
		return err
	})
	return notes, err
}

// PutNote is described at ledger.Notes. One whose answer was lost is put again, which does
// no harm.
func (l *Ledger) PutNote(ctx context.Context, name string, body []byte) error {
	if err := errors.Join(l.ready(ctx), ledger.CheckNote(name, body)); err != nil {
		return err
	}
	return l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) (err error) {
		if len(body) == 0 {
			_, err = conn.Exec(ctx, "DELETE FROM notes WHERE name = $1", column(name))
			return err
		}
		_, err = conn.Exec(ctx, "INSERT INTO notes (name, body) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET body = excluded.body", column(name), body)
		return err
	})
}
