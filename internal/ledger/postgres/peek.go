package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

// Glance is what the end of the books shows, and what the shops are.
type Glance struct {
	Records   uint64
	Unsealed  uint64    // of them, after the last seal
	Last      time.Time // of the last event; zero: there is none
	Documents []ledger.Document
}

// Peek reads the end of the books in a database, as a start does: the last seal and what
// came after it, checked. It writes nothing, and a server may use them meanwhile. Without
// tables there are no books: fs.ErrNotExist. A database that does not answer is
// ErrUnreachable; damaged books are another error.
func Peek(ctx context.Context, o Options) (g Glance, err error) {
	o.setDefaults()
	l := &Ledger{options: o, cache: newCache(o.Cache)}
	defer l.release()
	if err := l.connect(ctx); err != nil {
		if passing(err) {
			err = fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
		return g, err
	}
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		err := conn.QueryRow(ctx, "SELECT last, last - sealed FROM books WHERE id = 1").Scan(&g.Records, &g.Unsealed)
		if err != nil || g.Records == 0 {
			return err
		}
		last := ledger.Numbered{}
		if err := conn.QueryRow(ctx, "SELECT seq, record FROM journal WHERE seq = $1", g.Records).Scan(&last.Sequence, &last.Encoded); err != nil {
			return damaged(g.Records, err)
		}
		_, e, err := eventOf(&last)
		g.Last = e.Time
		return err
	})
	if err == nil {
		err = l.checkEnd(ctx)
	}
	if err == nil {
		g.Documents, err = l.documents(ctx)
	}
	var refusal *pgconn.PgError
	if errors.As(err, &refusal) && refusal.Code == "42P01" || errors.Is(err, pgx.ErrNoRows) && g.Records == 0 {
		return Glance{}, fmt.Errorf("ledger: the database has no books: %w", fs.ErrNotExist)
	}
	return g, err
}

// PeekReplica gives how many records of the books the replica of Options.ReplicaDSN lacks.
// One that does not answer is ErrUnreachable; one that has other books, or none, is another
// error. It writes nothing.
func PeekReplica(ctx context.Context, o Options) (lacks uint64, err error) {
	o.setDefaults()
	l := &Ledger{options: o, cache: newCache(o.Cache)}
	defer l.release()
	if err := l.connect(ctx); err != nil {
		return 0, err
	}
	end := func(pool *pgxpool.Pool) (last uint64, mark []byte, err error) {
		err = pool.QueryRow(ctx, "SELECT last, mark FROM books WHERE id = 1").Scan(&last, &mark)
		return last, mark, err
	}
	last, mark, err := end(l.pool)
	if err != nil {
		return 0, fmt.Errorf("ledger: %w", err)
	}
	there, theirs, err := end(l.replica.pool)
	switch {
	case err != nil && passing(err):
		return 0, fmt.Errorf("%w: %w", ErrUnreachable, err)
	case err != nil:
		return 0, fmt.Errorf("ledger: the replica: %w", err)
	case !bytes.Equal(mark, theirs):
		return 0, errors.New("ledger: the replica has other books")
	}
	return last - min(last, there), nil
}
