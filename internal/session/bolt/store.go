// Package bolt keeps sessions inside the process: claims in memory, since a
// claim of a process that has died is void by nature, and 3-D Secure challenges
// in a bbolt file, since a shopper may come back after a restart. It is the
// default and needs nothing installed; several processes share sessions through
// Redis instead.
package bolt

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"kessai.dev/kessai/internal/session"
)

// Options say where the file lies and what time it is.
type Options struct {
	Path  string           // the file; made if it is not there
	Clock func() time.Time // nil: the machine's clock
	// MaxClaims bounds the finished claims kept in memory; the oldest go first,
	// and losing one costs a look-up in the ledger. Zero: 100,000, about 20 MB.
	MaxClaims int
}

// lockWait is how long Open waits for another process to let go of the file:
// long enough for a restart that overlaps, short enough to be an answer.
const lockWait = 3 * time.Second

var errClosed = errors.New("session: the store is closed")

// Store is a session.Store in one file and one process.
type Store struct {
	claims *claims
	db     *bbolt.DB
	clock  func() time.Time

	writes  chan write
	closing chan struct{} // closed first: no more writes
	stopped chan struct{} // closed last: the writer is done
	once    sync.Once
}

var _ session.Store = (*Store)(nil)

// Open opens the file, or makes it. Only one process can have it open.
func Open(o Options) (*Store, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	db, err := bbolt.Open(o.Path, 0o600, &bbolt.Options{Timeout: lockWait, FreelistType: bbolt.FreelistMapType})
	if errors.Is(err, berrors.ErrTimeout) {
		return nil, fmt.Errorf("session: %s is in use by another process", o.Path)
	}
	if err != nil {
		return nil, fmt.Errorf("session: %s cannot be opened (it holds no money; it may be moved away): %w", o.Path, err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucketIfNotExists(challengeBucket)
		if err == nil {
			_, err = tx.CreateBucketIfNotExists(expiryBucket)
		}
		return err
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("session: %s: %w", o.Path, err), db.Close())
	}
	s := &Store{
		claims:  newClaims(o.Clock, o.MaxClaims),
		db:      db,
		clock:   o.Clock,
		writes:  make(chan write, maxGroup),
		closing: make(chan struct{}),
		stopped: make(chan struct{}),
	}
	go s.writer()
	return s, nil
}

// Health returns nil while the store is open.
func (s *Store) Health(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-s.closing:
		return errClosed
	default:
		return nil
	}
}

// Close ends the writer and closes the file. A write that had begun is finished.
func (s *Store) Close() error {
	var err error
	s.once.Do(func() {
		close(s.closing)
		<-s.stopped
		err = s.db.Close()
	})
	return err
}
