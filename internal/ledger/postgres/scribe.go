package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kessai.dev/kessai/internal/ledger"
)

// scribe changes what lies beside the journal, on a connection of its own, one short
// transaction after the other. What became of a commit whose answer was lost it asks of the
// database, by the number of its changes in the table writers.
type scribe struct {
	ledger *Ledger
	id     [16]byte  // in the table writers
	count  uint64    // of its latest attempt
	conn   *pgx.Conn // nil: none
	notice bool      // the server warned while it committed
}

// change is one change to be made. It may be tried several times.
type change struct {
	// look queues what the change is decided by. It locks what is changed, so that nobody
	// else changes it until the transaction has ended.
	look func(b *pgx.Batch)
	// write decides by what look found, and queues what is to be written. Its error is the
	// caller's: nothing is written then.
	write func(b *pgx.Batch) error
}

// refusal is what write said.
type refusal struct{ error }

// maxScribes is how many changes of one kind a process makes at a time.
const maxScribes = 4

// scribes are those of one kind of change; whoever needs one waits until it is free.
type scribes struct{ free chan *scribe }

func newScribes(l *Ledger, n int) *scribes {
	s := &scribes{free: make(chan *scribe, n)}
	for range n {
		w := &scribe{ledger: l}
		rand.Read(w.id[:]) // never fails
		s.free <- w
	}
	return s
}

// change makes a change durable, whole or not at all, before it returns nil. After
// ErrUnreachable, and after any error of write, nothing of it counts. After ErrUnknown it
// may. Ctx bounds nothing once the change is committed.
func (s *scribes) change(ctx context.Context, c change) error {
	select {
	case w, open := <-s.free:
		if !open {
			return ledger.ErrClosed
		}
		defer func() { s.free <- w }()
		return w.carry(ctx, c)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close waits for the changes that are being made, and ends the connections.
func (s *scribes) close() {
	if s == nil {
		return
	}
	for range cap(s.free) {
		w := <-s.free
		w.disconnect()
	}
	close(s.free)
}

// carry tries for as long as Options.Patience allows. Each attempt decides anew.
func (w *scribe) carry(ctx context.Context, c change) error {
	patience, cancel := context.WithTimeout(ctx, w.ledger.options.Patience)
	defer cancel()
	for attempt := 0; ; attempt++ {
		if err := w.ledger.ready(ctx); err != nil {
			return err
		}
		err := w.try(patience, c)
		var no refusal
		switch {
		case err == nil:
			return nil
		case errors.As(err, &no):
			return no.error
		case errors.Is(err, errUncertain):
			if there, err := w.settle(err); there || err != nil {
				return err
			}
			continue
		}
		w.disconnect() // the server lets go of what it held
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !passing(err) && !overtaken(err) {
			return fmt.Errorf("ledger: the database refuses: %w", err)
		}
		if !pause(patience, attempt) {
			return fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
	}
}

// overtaken reports that somebody else has made the row that was to be new: the next
// attempt finds it.
func overtaken(err error) bool {
	var refusal *pgconn.PgError
	return errors.As(err, &refusal) && refusal.Code == "23505"
}

// try is one attempt. After errUncertain the change may have been committed; after any
// other error it was not.
//
// The scribe's row in writers and all that look locks are ours before the commit is sent:
// until this transaction has ended, one way or the other, nobody else gets them. That is
// what settle relies on.
func (w *scribe) try(ctx context.Context, c change) error {
	within, cancel := context.WithTimeout(ctx, w.ledger.options.Attempt)
	defer cancel()
	conn, err := w.connection(within)
	if err != nil {
		return err
	}
	w.count++
	b := &pgx.Batch{}
	b.Queue(sqlBegin)
	b.Queue(sqlMark, w.id[:], column(w.ledger.options.Process), w.count, w.ledger.options.Clock().UnixNano())
	c.look(b)
	if err := conn.SendBatch(within, b).Close(); err != nil {
		return err
	}
	b = &pgx.Batch{}
	if err := c.write(b); err != nil {
		if _, failed := conn.Exec(within, "ROLLBACK"); failed != nil {
			w.disconnect()
		}
		return refusal{err}
	}
	return w.finish(context.WithoutCancel(ctx), b)
}

func (w *scribe) finish(ctx context.Context, b *pgx.Batch) error {
	ctx, cancel := context.WithTimeout(ctx, w.ledger.options.Attempt)
	defer cancel()
	return finish(ctx, w.conn, b, &w.notice)
}

// sqlAsk waits for a transaction that still commits, as that one has locked or made the
// row, and changes the row itself: who waits for a standby then knows that the standby has
// all up to there.
const sqlAsk = `INSERT INTO writers (id, process, groups, at) VALUES ($1, $2, 0, $3)
	ON CONFLICT (id) DO UPDATE SET at = excluded.at RETURNING groups`

// settle finds out what became of a commit whose answer was lost, for as long as
// Options.Patience. The error is ErrUnknown.
func (w *scribe) settle(cause error) (there bool, err error) {
	o := &w.ledger.options
	ctx, cancel := context.WithTimeout(context.Background(), o.Patience)
	defer cancel()
	for attempt := 0; ; attempt++ {
		w.disconnect()
		if there, err = w.ask(ctx); err == nil {
			o.Logger.Info("a commit whose answer was lost", "inTheBooks", there, "cause", cause)
			return there, nil
		}
		if !pause(ctx, attempt) {
			w.disconnect()
			return false, fmt.Errorf("%w: %w", ErrUnknown, err)
		}
	}
}

// ask reports whether the latest attempt was committed. Its answer is final.
func (w *scribe) ask(ctx context.Context) (there bool, err error) {
	within, cancel := context.WithTimeout(ctx, w.ledger.options.Attempt)
	defer cancel()
	if _, err := w.connection(within); err != nil {
		return false, err
	}
	var count uint64
	b := &pgx.Batch{}
	b.Queue(sqlBegin)
	b.Queue(sqlAsk, w.id[:], column(w.ledger.options.Process), w.ledger.options.Clock().UnixNano()).
		QueryRow(func(r pgx.Row) error { return r.Scan(&count) })
	if err := w.finish(ctx, b); err != nil {
		return false, err
	}
	return count == w.count, nil
}

// connection gives the scribe's connection, a new one if need be.
func (w *scribe) connection(ctx context.Context) (*pgx.Conn, error) {
	if w.conn != nil && !w.conn.IsClosed() {
		return w.conn, nil
	}
	config := w.ledger.writing.Copy()
	config.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) { w.notice = w.notice || n.SeverityUnlocalized == "WARNING" }
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	w.conn = conn
	return conn, nil
}

// disconnect ends the connection: a transaction that was open there is over.
func (w *scribe) disconnect() {
	if w.conn == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = w.conn.Close(ctx) // closed it is in any case
	w.conn = nil
}
