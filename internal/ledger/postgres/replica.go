package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

// Listing is the books as those see them who only list: List and Read are answered by the
// replica of Options.ReplicaDSN when it may be asked, everything else by the primary.
// Nothing may be decided by what it says.
//
// An answer has all that this process has written before the call, and all that any other
// one had written Options.Behind before it. A replica that cannot say so soon enough (it
// lies further behind, is away, or has other books) is passed over: the primary answers.
// Without a replica it always does.
type Listing struct{ *Ledger }

// Listing gives the books for lists. It is closed with them.
func (l *Ledger) Listing() *Listing { return &Listing{l} }

// List is described at ledger.Finder, but for what other processes have just written.
func (v *Listing) List(ctx context.Context, q ledger.Query) (page ledger.Page, err error) {
	if q.Limit < 1 || q.Limit > maxLimit {
		return v.Ledger.List(ctx, q)
	}
	there := v.fromReplica(ctx, 0, func(ctx context.Context, conn *pgxpool.Conn, _ uint64) error {
		page, err = v.list(ctx, conn, &q)
		return err
	})
	if there {
		return page, nil
	}
	return v.Ledger.List(ctx, q)
}

// Read is described at ledger.Journal, but for what other processes have just written. Up
// to JournalQuery.Until it has everything: who got that number from the primary misses
// nothing.
func (v *Listing) Read(ctx context.Context, q ledger.JournalQuery) (page ledger.JournalPage, err error) {
	if q.Limit < 1 || q.Limit > maxLimit {
		return v.Ledger.Read(ctx, q)
	}
	there := v.fromReplica(ctx, q.Until, func(ctx context.Context, conn *pgxpool.Conn, last uint64) error {
		page, err = pageOf(ctx, conn, &q, last)
		return err
	})
	if there {
		return page, nil
	}
	return v.Ledger.Read(ctx, q)
}

// replica is the database that lists are read from, and how far it must be for that.
type replica struct {
	pool    *pgxpool.Pool
	options *Options
	asked   sync.Mutex // held while the primary is asked: of many who list, one asks

	mu    sync.Mutex
	own   uint64    // the newest record that this process has written
	last  uint64    // how far the primary was …
	at    time.Time // … at least, at this moment
	rests time.Time // until then it is passed over
	away  bool      // it was passed over the last time

	served, passed atomic.Uint64 // lists answered by it, and by the primary instead
}

// replicaPatience bounds the questions to a replica before it is passed over.
const replicaPatience = time.Second

// wrote notes what this process has committed. At is a moment before the commit: nobody
// can have written more until then. A nil replica is none.
func (r *replica) wrote(last uint64, at time.Time) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.own, r.last = max(r.own, last), max(r.last, last); at.After(r.at) {
		r.at = at
	}
}

// primary notes how far the primary was, as it said when it was asked.
func (r *replica) primary(last uint64, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last, r.at = max(r.last, last), at // a clock may have been set back
}

// need is the number that the replica must have now for lists that go up to a number. Fresh:
// what is known of the primary is good enough; allowed: it may do if nothing better can be had.
func (r *replica) need(now time.Time, until uint64) (need uint64, fresh, allowed bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	age := now.Sub(r.at)
	allowed = !r.at.IsZero() && age >= 0 && age <= r.options.Behind && until <= r.last
	return max(r.own, r.last), allowed && age <= r.options.Behind*4/5, allowed
}

// resting reports whether the replica is passed over for a while.
func (r *replica) resting(now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return now.Before(r.rests) && r.rests.Sub(now) <= r.pause()
}

// pause is how long a replica that failed is passed over.
func (r *replica) pause() time.Duration { return r.options.Behind / 5 }

// ended notes how a list from the replica ended.
func (r *replica) ended(now time.Time, err error) {
	r.mu.Lock()
	before := r.away
	if r.away = err != nil; err != nil {
		r.rests = now.Add(r.pause())
	}
	r.mu.Unlock()
	switch {
	case err != nil && !before:
		r.options.Logger.Warn("lists are read from the primary: the replica cannot be used", "error", err)
	case err == nil && before:
		r.options.Logger.Info("lists are read from the replica again")
	}
}

// fromReplica runs work on the replica, which then has everything up to last; false: it is
// to be asked of the primary.
func (l *Ledger) fromReplica(ctx context.Context, until uint64, work func(ctx context.Context, conn *pgxpool.Conn, last uint64) error) (there bool) {
	r := l.replica
	if r == nil || l.ready(ctx) != nil {
		return false
	}
	defer func() {
		if there {
			r.served.Add(1)
		} else {
			r.passed.Add(1)
		}
	}()
	if r.resting(l.options.Clock()) {
		return false
	}
	need, ok := l.need(ctx, until)
	if !ok {
		return false
	}
	err := l.onReplica(ctx, need, work)
	if ctx.Err() == nil && !l.closed.Load() { // else it says nothing of the replica
		r.ended(l.options.Clock(), err)
	}
	return err == nil
}

// need gives the number that the replica must have; false: that cannot be found out.
func (l *Ledger) need(ctx context.Context, until uint64) (uint64, bool) {
	r := l.replica
	if need, fresh, _ := r.need(l.options.Clock(), until); fresh {
		return need, true
	}
	r.asked.Lock()
	defer r.asked.Unlock()
	at := l.options.Clock()
	if need, fresh, _ := r.need(at, until); fresh {
		return need, true // another one has asked meanwhile
	}
	short, cancel := context.WithTimeout(ctx, replicaPatience)
	defer cancel()
	last, err := l.Last(short)
	if err == nil {
		r.primary(last, at)
		until = 0 // beyond the end of the books there is nothing to wait for
	}
	need, _, allowed := r.need(l.options.Clock(), until)
	return need, allowed
}

// onReplica runs work on a connection to the replica, once it has a number there.
func (l *Ledger) onReplica(ctx context.Context, need uint64, work func(ctx context.Context, conn *pgxpool.Conn, last uint64) error) error {
	short, cancel := context.WithTimeout(ctx, replicaPatience)
	defer cancel()
	conn, err := l.replica.pool.Acquire(short)
	if err != nil {
		return err
	}
	defer conn.Release()
	last, err := l.awaited(short, conn, need)
	if err != nil {
		return err
	}
	ctx, end := context.WithTimeout(ctx, l.options.Attempt)
	defer end()
	return work(ctx, conn, last)
}

// A replica gets the log a moment after the primary has it: it is looked at again, after
// pauses from the first to the last.
const (
	firstLook = 2 * time.Millisecond
	lastLook  = 64 * time.Millisecond
)

// awaited looks how far the replica is until it has a number; the connection stays on the
// one server that said so.
func (l *Ledger) awaited(ctx context.Context, conn *pgxpool.Conn, need uint64) (last uint64, err error) {
	own := l.keys.master.Mark()
	for wait := firstLook; ; wait *= 2 {
		var mark []byte
		if err := conn.QueryRow(ctx, "SELECT last, mark FROM books WHERE id = 1").Scan(&last, &mark); err != nil {
			return 0, err
		}
		switch {
		case !bytes.Equal(mark, own[:]):
			return 0, errors.New("it has other books")
		case last >= need:
			return last, nil
		case wait > lastLook:
			return 0, fmt.Errorf("it lies %d records behind", need-last)
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return 0, ctx.Err()
		}
	}
}
