// Package postgres keeps the books in a database that speaks PostgreSQL's wire, so
// that many kessai processes share them and a standby can take over.
//
// The journal is the truth, in the same records, chain, seals and encryption as
// everywhere: books can be copied between implementations and verified by the chain.
// Each process has one goroutine that writes, a group of appends at a time in one
// transaction; its first statement locks the only row of the table books, which makes
// one order of the groups of all processes. What became of a commit whose answer was
// lost is asked of the database, never guessed. master.key and seal.key lie in a folder
// outside of the database, the same for all processes.
package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

// Options say where the books are and how they are kept. DSN and Keys are needed.
type Options struct {
	// DSN is a postgres:// URL, or keywords. Several hosts are tried in turn; only one
	// that takes writes will do (target_session_attrs=read-write, if nothing is said).
	DSN string
	// ReplicaDSN, if set, is where Listing reads: a standby of the same database.
	ReplicaDSN string
	// Behind is how far Listing may lie behind what other processes write. 0: 5 s.
	Behind time.Duration
	// Keys is the folder of master.key and seal.key. New books make them; every other
	// process needs the same ones. They belong into another backup than the database.
	Keys    string
	Clock   func() time.Time // of seals and erasures; nil: time.Now
	Logger  *slog.Logger     // nil: silent
	Process string           // what this process is called in the database; for people

	SealEvery time.Duration // how long an entry may be without a seal; 0: 5 s
	PollEvery time.Duration // how late Wait may hear of another process's events; 0: 100 ms
	Cache     int           // payments kept in memory; 0: 16,000
	// Patience is how long the database may be out of reach before callers are told;
	// until then they wait. 0: 30 s.
	Patience time.Duration
	// Attempt bounds one round of talking with the database; after it the connection
	// counts as lost. 0: 10 s.
	Attempt time.Duration
	// Width is how many records a partition of the journal of new books has; 0: 1,000,000.
	Width int

	trace pgx.QueryTracer // of the writer's connection; for tests
}

// Ledger is a ledger.Ledger, and what else the house keeps in the books, on a database.
type Ledger struct {
	options Options
	pool    *pgxpool.Pool
	replica *replica // of lists; nil: there is none
	keys    keys
	cache   *cache
	bell    bell
	writing *pgx.ConnConfig
	scribes *scribes // of shops and members

	gate   sync.RWMutex // held for reading while something is put into queue
	queue  chan *request
	closed atomic.Bool
	broken atomic.Pointer[error] // why the database cannot be written now; nil: it can
	ended  sync.WaitGroup

	// The writer's own.
	id     [16]byte  // of this writer, in the table writers
	groups uint64    // how many it has committed
	conn   *pgx.Conn // nil: none
	notice bool      // the server warned while it committed
}

var (
	_ ledger.Ledger     = (*Ledger)(nil)
	_ ledger.Journal    = (*Ledger)(nil)
	_ ledger.Unanswered = (*Ledger)(nil)
)

// Open opens the books in a database, and makes them if it is empty. It refuses when a
// key file is missing or does not fit, and when the end of the journal is damaged.
func Open(ctx context.Context, o Options) (*Ledger, error) {
	o.setDefaults()
	l := &Ledger{options: o, cache: newCache(o.Cache), queue: make(chan *request, 4*maxGroup)}
	l.scribes = newScribes(l, maxScribes)
	rand.Read(l.id[:]) // never fails
	if err := l.open(ctx); err != nil {
		l.release()
		return nil, err
	}
	l.ended.Add(1)
	go l.write()
	return l, nil
}

func (o *Options) setDefaults() {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	for _, d := range []struct {
		have    *time.Duration
		instead time.Duration
	}{{&o.SealEvery, 5 * time.Second}, {&o.PollEvery, 100 * time.Millisecond}, {&o.Patience, 30 * time.Second}, {&o.Attempt, 10 * time.Second}, {&o.Behind, 5 * time.Second}} {
		if *d.have <= 0 {
			*d.have = d.instead
		}
	}
	if o.Cache <= 0 {
		o.Cache = 16_000
	}
	if o.Width <= 0 {
		o.Width = 1_000_000
	}
}

func (l *Ledger) open(ctx context.Context) error {
	if err := l.connect(ctx); err != nil {
		return err
	}
	if err := l.migrate(ctx); err != nil {
		return fmt.Errorf("ledger: migrate: %w", err)
	}
	if err := l.loadKeys(ctx); err != nil {
		return err
	}
	return l.checkEnd(ctx)
}

// Err is nil, or why nothing can be appended at the moment: the database is out of
// reach. It ends when the database is back.
func (l *Ledger) Err() error {
	if err := l.broken.Load(); err != nil {
		return *err
	}
	return nil
}

// Close takes no more entries, decides those that are queued, seals and leaves the
// database. A second Close does nothing.
func (l *Ledger) Close() error {
	l.gate.Lock()
	if l.closed.Swap(true) {
		l.gate.Unlock()
		return nil
	}
	close(l.queue)
	l.gate.Unlock()
	l.ended.Wait()
	l.bell.strike(0) // who waits finds it closed
	err := l.Err()
	l.release()
	return err
}

func (l *Ledger) release() {
	l.scribes.close()
	if l.pool != nil {
		l.pool.Close()
	}
	if l.replica != nil {
		l.replica.pool.Close()
	}
}

// ready is asked before every read.
func (l *Ledger) ready(ctx context.Context) error {
	if l.closed.Load() {
		return ledger.ErrClosed
	}
	return ctx.Err()
}

// Errors of the database.
var (
	// ErrUnreachable says that the database could not be reached for Options.Patience.
	// Nothing of the entry counts: it was not sent.
	ErrUnreachable = errors.New("ledger: the database cannot be reached; nothing was written")
	// ErrUnknown says that the database went away while it committed, and could not be
	// asked for Options.Patience. The entry may be in the books; who loads the payment
	// when the database is back sees whether it is.
	ErrUnknown = errors.New("ledger: the database went away while it committed; the entry may be in the books")
)
