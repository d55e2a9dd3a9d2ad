package postgres

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
)

// maxGroup is how many requests are committed at once, maxGroupBytes about how large
// their records may be together.
const (
	maxGroup      = 1024
	maxGroupBytes = 8 << 20
)

// maxYields is how often the writer steps aside for callers that are ready.
const maxYields = 4

// write is the one goroutine that appends. It takes whatever is queued, commits it at once
// and answers; it never waits for more to come: while it commits, the next group gathers by
// itself.
func (l *Ledger) write() {
	defer l.ended.Done()
	defer l.disconnect()
	seal := time.NewTicker(l.options.SealEvery)
	defer seal.Stop()
	requests := make([]*request, 0, maxGroup)
	for {
		select {
		case r, open := <-l.queue:
			if !open {
				l.sealAll()
				return
			}
			requests = l.drain(append(requests[:0], r))
			l.commit(requests)
			clear(requests)
		case <-seal.C:
			l.sealAll()
		}
	}
}

// drain takes what is queued already. Callers that were just answered are about to come
// back with their next entry: those that are ready to run do so first.
func (l *Ledger) drain(requests []*request) []*request {
	for range maxYields {
		queued := len(l.queue)
		if runtime.Gosched(); len(l.queue) == queued {
			break
		}
	}
	for bytes := requests[0].size(); len(requests) < maxGroup && bytes < maxGroupBytes; {
		select {
		case r, open := <-l.queue:
			if !open {
				return requests
			}
			requests, bytes = append(requests, r), bytes+r.size()
		default:
			return requests
		}
	}
	return requests
}

func (r *request) size() (bytes int) {
	for _, record := range r.records {
		bytes += len(record)
	}
	return bytes
}

// commit makes a group durable and answers everybody. Nobody hears of anything before.
func (l *Ledger) commit(requests []*request) {
	err := l.carry(requests, false)
	for _, r := range requests {
		if err != nil {
			r.err = err
		}
		r.done <- r.err
	}
}

// carry brings a group into the books, in as many attempts as Options.Patience allows.
// Each attempt decides anew: what was decided before is forgotten.
func (l *Ledger) carry(requests []*request, seal bool) error {
	ctx, cancel := context.WithTimeout(context.Background(), l.options.Patience)
	defer cancel()
	for attempt := 0; ; attempt++ {
		g := newGroup(requests, seal, l.options.Clock())
		err := l.try(ctx, g)
		if errors.Is(err, errUncertain) {
			var there bool
			if there, err = l.settle(g.marker, err); err != nil {
				return err
			}
			if !there {
				continue
			}
		}
		if err == nil {
			l.reached()
			l.replica.wrote(g.last, g.now)
			l.bell.strike(g.last)
			return nil
		}
		l.disconnect() // the server lets go of what it held
		if !passing(err) {
			return fmt.Errorf("ledger: the database refuses: %w", err)
		}
		l.missed(err)
		if !pause(ctx, attempt) {
			return fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
	}
}

// try is one attempt. After errUncertain the group may have been committed; after any
// other error it was not.
func (l *Ledger) try(ctx context.Context, g *group) error {
	ctx, cancel := context.WithTimeout(ctx, l.options.Attempt)
	defer cancel()
	conn, err := l.connection(ctx)
	if err != nil {
		return err
	}
	if err := g.load(ctx, conn); err != nil {
		return err
	}
	g.admitAll()
	if !g.changes() {
		_, err := conn.Exec(ctx, "ROLLBACK")
		return err
	}
	l.groups++
	g.marker = l.groups
	return l.put(ctx, conn, g)
}

// connection gives the writer's connection, a new one if need be.
func (l *Ledger) connection(ctx context.Context) (*pgx.Conn, error) {
	if l.conn != nil && !l.conn.IsClosed() {
		return l.conn, nil
	}
	conn, err := pgx.ConnectConfig(ctx, l.writing.Copy())
	if err != nil {
		return nil, err
	}
	l.conn = conn
	return conn, nil
}

// disconnect ends the writer's connection: a transaction that was open there is over.
func (l *Ledger) disconnect() {
	if l.conn == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = l.conn.Close(ctx) // closed it is in any case
	l.conn = nil
}

// missed and reached note whether the database can be written: see Err.
func (l *Ledger) missed(err error) {
	err = fmt.Errorf("%w: %w", ErrUnreachable, err)
	if l.broken.Swap(&err) == nil {
		l.options.Logger.Error("the database of the books cannot be reached", "error", err)
	}
}

func (l *Ledger) reached() {
	if l.broken.Swap(nil) != nil {
		l.options.Logger.Info("the database of the books is back")
	}
}

// sealAll seals what is not sealed, of all processes. It is also how a process that has
// nothing to write finds out that the database is gone. When it fails the next one has
// more to seal.
func (l *Ledger) sealAll() {
	ctx, cancel := context.WithTimeout(context.Background(), l.options.Attempt)
	defer cancel()
	due, err := l.unsealed(ctx)
	if err == nil && due {
		err = l.carry(nil, true)
	}
	if err != nil {
		l.options.Logger.Warn("the books are not sealed yet", "error", err)
	}
}

func (l *Ledger) unsealed(ctx context.Context) (due bool, err error) {
	conn, err := l.connection(ctx)
	if err == nil {
		err = conn.QueryRow(ctx, "SELECT last > sealed FROM books WHERE id = 1").Scan(&due)
	}
	if err != nil {
		l.disconnect()
		l.missed(err)
		return false, err
	}
	l.reached()
	return due, nil
}
