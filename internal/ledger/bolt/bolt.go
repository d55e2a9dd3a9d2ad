// Package bolt keeps the books in bbolt files of one directory: no server to
// run, nothing to install.
//
// journal.db is the truth: every event under one running number, the payments'
// keys and the seals. One goroutine writes it, a group of appends at a time.
// index.db can be made from it again: who holds which key, and where a
// payment's chain ends. It is written behind the journal, about every two seconds;
// what it does not know yet is in memory. members.db has the customers' cards
// on file, shops.db what the shops are. master.key and seal.key lie beside them and belong into another
// backup than the journal. deliveries.db, which is opened by itself, has what is on its
// way to the shops' endpoints.
package bolt

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	bbolt "go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"kessai.dev/kessai/internal/ledger"
)

// Options say where the books are and how they are kept. Only Dir is needed.
type Options struct {
	Dir        string
	Clock      func() time.Time // of seals and erasures; nil: time.Now
	Logger     *slog.Logger     // nil: silent
	SealEvery  time.Duration    // how long an entry may be without a seal; 0: 5 s
	IndexEvery time.Duration    // how far the index lies behind; 0: 2 s
	Cache      int              // payments kept in memory; 0: 16,000
	Segment    int              // keys of a claims segment; 0: 500,000, of about 250,000 payments
	// NoSync leaves out every fsync: for filling a book for a measurement. A
	// crash then loses all of it.
	NoSync bool
	// Commit, if set, is called in place of every commit to a file
	// ("journal.db", "index.db", "members.db", "shops.db") and must call commit once; what it returns
	// counts as the outcome. For tests: disks that fail, crashes between two
	// files.
	Commit func(file string, commit func() error) error

	settling bool // unfinished books are opened, to be finished
}

// ErrBroken is wrapped by every Append after a write has failed: what the disk
// holds is then uncertain, and only a restart, which reads it, can tell (P96).
// Reading goes on.
var ErrBroken = errors.New("ledger: a write failed; nothing is accepted until a restart")

// Ledger is a ledger.Ledger, its ledger.Members and its ledger.Shops on bbolt
// files.
type Ledger struct {
	options Options
	journal *bbolt.DB
	scrub   *os.File // the journal once more, to blank free pages
	reading sync.RWMutex
	index   *index
	keys    keys
	cache   *cache
	tail    tail
	bell    bell
	homes   homes
	members members
	shops   shops
	changed changed

	// copying counts copies of the journal under way, erasures what makes them begin anew.
	copying  atomic.Int32
	erasures atomic.Uint64

	gate    sync.RWMutex // held for reading while something is put into queue
	queue   chan *request
	closed  atomic.Bool
	broken  atomic.Pointer[error]
	work    chan *generation // to the indexer
	flushed chan struct{}    // from the indexer
	ended   sync.WaitGroup

	// The writer's own.
	last     uint64      // number of the last record
	head     ledger.Hash // running hash up to it
	unsealed uint64      // records since the last seal
	sealHash ledger.Hash // of the last seal
	traces   bool        // free pages may hold keys that were forgotten
}

var _ ledger.Ledger = (*Ledger)(nil)

// Open opens the books in a directory, which it makes if need be, and brings
// the index up to the journal. It refuses at once when another process has
// them open (P99), when a key file is missing or does not fit, and when the
// end of the journal is damaged.
func Open(o Options) (*Ledger, error) {
	o.setDefaults()
	l := &Ledger{
		options: o, cache: newCache(o.Cache),
		queue: make(chan *request, 4*maxGroup),
		work:  make(chan *generation, 1), flushed: make(chan struct{}, 1),
	}
	l.tail.fresh = newGeneration(nil)
	if err := l.open(); err != nil {
		return nil, errors.Join(err, l.release())
	}
	l.bell.strike(l.last)
	l.ended.Add(2)
	go l.write()
	go l.indexBehind()
	return l, nil
}

func (o *Options) setDefaults() {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.SealEvery <= 0 {
		o.SealEvery = 5 * time.Second
	}
	if o.IndexEvery <= 0 {
		o.IndexEvery = 2 * time.Second
	}
	if o.Cache <= 0 {
		o.Cache = 16_000
	}
	if o.Segment <= 0 {
		o.Segment = 500_000
	}
	if o.Commit == nil {
		o.Commit = func(_ string, commit func() error) error { return commit() }
	}
}

func (l *Ledger) open() error {
	if err := l.openJournal(); err != nil {
		return err
	}
	if err := l.loadKeys(); err != nil {
		return err
	}
	if err := l.findEnd(); err != nil {
		return err
	}
	if l.blankBehind(); l.Err() != nil {
		return l.Err()
	}
	if err := l.openMembers(); err != nil {
		return err
	}
	if err := l.openShops(); err != nil {
		return err
	}
	return l.openIndex()
}

// Err is nil, or an error that wraps ErrBroken when nothing can be appended
// until a restart.
func (l *Ledger) Err() error {
	if err := l.broken.Load(); err != nil {
		return *err
	}
	return nil
}

// fail stops the acceptance of entries for good.
func (l *Ledger) fail(err error) {
	err = fmt.Errorf("%w: %w", ErrBroken, err)
	if l.broken.CompareAndSwap(nil, &err) {
		l.options.Logger.Error("the ledger accepts nothing any more", "error", err)
	}
}

// Close takes no more entries, decides those that are queued, seals, brings
// the index up to date and releases the files. A second Close does nothing.
func (l *Ledger) Close() error {
	l.gate.Lock()
	if l.closed.Swap(true) {
		l.gate.Unlock()
		return nil
	}
	close(l.queue)
	l.gate.Unlock()
	l.ended.Wait()
	l.bell.strike(l.last) // who waits finds it closed
	err := l.Err()
	if err == nil && l.tail.fresh.size() > 0 {
		err = l.flush(l.freeze())
	}
	return errors.Join(err, l.release())
}

func (l *Ledger) release() error {
	var errs []error
	if l.index != nil {
		errs = append(errs, l.index.db.Close())
	}
	if l.members.db != nil {
		errs = append(errs, l.members.db.Close())
	}
	if l.shops.db != nil {
		errs = append(errs, l.shops.db.Close())
	}
	if l.journal != nil {
		errs = append(errs, l.journal.Close())
	}
	if l.scrub != nil {
		errs = append(errs, l.scrub.Close())
	}
	return errors.Join(errs...)
}

// ready is asked before every read.
func (l *Ledger) ready(ctx context.Context) error {
	if l.closed.Load() {
		return ledger.ErrClosed
	}
	return ctx.Err()
}

// view reads the journal. Transactions are short: one that stays open keeps
// every page alive that is replaced meanwhile (P97).
func (l *Ledger) view(read func(tx *bbolt.Tx) error) error {
	l.reading.RLock()
	defer l.reading.RUnlock()
	return l.asClosed(l.journal.View(read))
}

func (l *Ledger) asClosed(err error) error {
	if errors.Is(err, bbolterrors.ErrDatabaseNotOpen) {
		return ledger.ErrClosed
	}
	return err
}
