package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// settle finds out what became of a commit whose answer was lost: it asks for the group's
// marker, which was written in the same transaction. It asks for as long as
// Options.Patience; callers wait meanwhile. The error is ErrUnknown.
func (l *Ledger) settle(marker uint64, cause error) (there bool, err error) {
	l.disconnect()
	l.missed(cause)
	ctx, cancel := context.WithTimeout(context.Background(), l.options.Patience)
	defer cancel()
	for attempt := 0; ; attempt++ {
		if there, err = l.ask(ctx, marker); err == nil {
			l.reached()
			l.options.Logger.Info("a commit whose answer was lost", "inTheBooks", there)
			return there, nil
		}
		l.disconnect()
		if !pause(ctx, attempt) {
			return false, fmt.Errorf("%w: %w", ErrUnknown, err)
		}
	}
}

// ask looks for a marker. It takes the lock first: a transaction that still commits has
// it, so whatever ask sees is final. And it commits something itself: who waits for a
// standby then knows that the standby has all up to there, also the commit in question.
func (l *Ledger) ask(ctx context.Context, marker uint64) (there bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, l.options.Attempt)
	defer cancel()
	conn, err := l.connection(ctx)
	if err != nil {
		return false, err
	}
	var groups, last uint64
	b := &pgx.Batch{}
	b.Queue(sqlBegin)
	b.Queue("SELECT last FROM books WHERE id = 1 FOR UPDATE").QueryRow(func(r pgx.Row) error { return r.Scan(&last) })
	b.Queue("SELECT groups FROM writers WHERE id = $1", l.id[:]).QueryRow(func(r pgx.Row) error {
		if err := r.Scan(&groups); !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		return nil // this writer has never committed
	})
	if err := conn.SendBatch(ctx, b).Close(); err != nil {
		return false, err
	}
	b = &pgx.Batch{}
	b.Queue(sqlMark, l.id[:], column(l.options.Process), groups, l.options.Clock().UnixNano())
	if err := l.finish(ctx, conn, b); err != nil {
		return false, err
	}
	return groups == marker, nil
}
