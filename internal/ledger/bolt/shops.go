package bolt

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sync"

	bbolt "go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// shopsFile holds what the shops are, and the audit trail of it. Like
// members.db it is small and seldom written, and part of every backup.
const shopsFile = "shops.db"

var (
	bucketDocuments = []byte("documents") // ledger.DocumentName in one piece → document
	bucketTrail     = []byte("trail")     // ledger.TrailKey, number → entry
	bucketEnds      = []byte("ends")      // ledger.TrailKey → number and hash of the last entry
)

// keyShops in the journal's meta bucket says that there are documents: without
// their file the books do not open, as shops would begin anew in silence, with
// keys that were ended and settings that were changed.
var keyShops = []byte("shops")

var _ ledger.Shops = (*Ledger)(nil)

// shops is shops.db.
type shops struct {
	db *bbolt.DB

	// What the file may have although its commit failed: nothing of that counts.
	// Read before the file, written after it.
	mu     sync.RWMutex
	undone map[string][]byte // bucket and key → what counts instead; nil: there is none
}

func (l *Ledger) openShops() error {
	expected := l.expects(keyShops)
	if _, err := os.Stat(l.path(shopsFile)); expected && errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("ledger: %s is missing: restore it from its backup", l.path(shopsFile))
	}
	db, err := l.openFile(shopsFile)
	if err != nil {
		return err
	}
	l.shops.db = db
	err = l.commitTo(shopsFile, func() error {
		return db.Update(func(tx *bbolt.Tx) error {
			for _, name := range [][]byte{bucketDocuments, bucketTrail, bucketEnds, bucketMeta} {
				if _, err := tx.CreateBucketIfNotExists(name); err != nil {
					return err
				}
			}
			return checkFormat(tx.Bucket(bucketMeta), format)
		})
	})
	if err != nil {
		return fmt.Errorf("ledger: %s: %w", l.path(shopsFile), err)
	}
	if expected || isEmpty(db, bucketDocuments) {
		return nil
	}
	return l.expect(keyShops)
}

// expects reports whether the journal knows that there is something in a file
// beside it.
func (l *Ledger) expects(key []byte) (expected bool) {
	_ = l.journal.View(func(tx *bbolt.Tx) error { // never fails
		expected = bucketOf(tx, bucketMeta).Get(key) != nil
		return nil
	})
	return expected
}

func (l *Ledger) expect(key []byte) error {
	return l.commitTo(journalFile, func() error {
		return l.journal.Update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Put(key, []byte{1}) })
	})
}

func isEmpty(db *bbolt.DB, bucket []byte) (empty bool) {
	_ = db.View(func(tx *bbolt.Tx) error { // never fails
		k, _ := bucketOf(tx, bucket).Cursor().First()
		empty = k == nil
		return nil
	})
	return empty
}

// counts gives the bytes under a key as far as they count.
func (s *shops) counts(tx *bbolt.Tx, bucket, key []byte) []byte {
	if before, failed := s.undone[place(bucket, key)]; failed {
		return before
	}
	return bucketOf(tx, bucket).Get(key)
}

// place names a key of a bucket.
func place(bucket, key []byte) string { return string(bucket) + "\x00" + string(key) }

// shopsView reads what counts. A commit that fails is undone here before
// anybody sees what it wrote.
func (l *Ledger) shopsView(read func(tx *bbolt.Tx) error) error {
	l.shops.mu.RLock()
	defer l.shops.mu.RUnlock()
	return l.asClosed(l.shops.db.View(read))
}

// EachDocument is described at ledger.Shops. No transaction and no lock is held
// while yield runs; there are few documents, so all of them are read at once.
func (l *Ledger) EachDocument(ctx context.Context, yield func(ledger.Document) bool) error {
	if err := l.ready(ctx); err != nil {
		return err
	}
	var list []ledger.Document
	err := l.shopsView(func(tx *bbolt.Tx) (err error) {
		list, err = l.shops.documents(tx)
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range list {
		if !yield(d) {
			break
		}
	}
	return nil
}

func (s *shops) documents(tx *bbolt.Tx) (list []ledger.Document, err error) {
	err = bucketOf(tx, bucketDocuments).ForEach(func(k, _ []byte) error {
		encoded := s.counts(tx, bucketDocuments, k)
		if encoded == nil {
			return nil // its commit failed
		}
		d, err := ledger.DecodeDocumentOf(k, encoded)
		list = append(list, d)
		return err
	})
	return list, err
}

// Trail is described at ledger.Shops.
func (l *Ledger) Trail(ctx context.Context, t shop.Tenant, before, limit int) (list []ledger.AuditEntry, err error) {
	if err := errors.Join(l.ready(ctx), ledger.CheckTrailPage(before, limit)); err != nil {
		return nil, err
	}
	err = l.shopsView(func(tx *bbolt.Tx) error {
		end, err := l.shops.end(tx, t)
		if err != nil {
			return err
		}
		n := end.number
		if before > 0 {
			n = min(n, before-1)
		}
		for ; n > 0 && len(list) < limit; n-- {
			e, _, err := l.shops.entry(tx, t, n)
			if err != nil {
				return err
			}
			list = append(list, e)
		}
		return nil
	})
	return list, err
}

// trailEnd is where a tenant's trail ends.
type trailEnd struct {
	number int
	hash   ledger.Hash
}

func (s *shops) end(tx *bbolt.Tx, t shop.Tenant) (trailEnd, error) {
	return decodeEnd(s.counts(tx, bucketEnds, ledger.TrailKey(t)))
}

func decodeEnd(b []byte) (end trailEnd, err error) {
	switch {
	case b == nil:
	case len(b) != 8+len(ledger.Hash{}):
		err = errors.New("ledger: the end of a trail cannot be read")
	default:
		end.number, end.hash = int(binary.BigEndian.Uint64(b)), ledger.Hash(b[8:])
	}
	return end, err
}

func (e trailEnd) encode() []byte {
	return append(binary.BigEndian.AppendUint64(nil, uint64(e.number)), e.hash[:]...)
}

func trailPlace(t shop.Tenant, number int) []byte {
	return binary.BigEndian.AppendUint64(ledger.TrailKey(t), uint64(number))
}

// entry reads an entry, which must be of its place.
func (s *shops) entry(tx *bbolt.Tx, t shop.Tenant, number int) (ledger.AuditEntry, ledger.Hash, error) {
	e, hash, err := ledger.DecodeAuditEntry(s.counts(tx, bucketTrail, trailPlace(t, number)))
	if err == nil && (e.Tenant != t || e.Sequence != number) {
		err = fmt.Errorf("ledger: entry %d of the trail of %q is another's", number, t.Shop)
	}
	return e, hash, err
}

// Revise is described at ledger.Shops. Like PutMember it waits for the disk
// itself, and others wait for it.
func (l *Ledger) Revise(ctx context.Context, r ledger.Revision) error {
	if err := errors.Join(l.ready(ctx), l.Err(), r.Check()); err != nil {
		return err
	}
	l.shops.mu.Lock()
	defer l.shops.mu.Unlock()
	if err := l.Err(); err != nil { // it failed while this one waited
		return err
	}
	w := &revising{after: map[string]change{}}
	err := l.asClosed(l.shops.db.View(func(tx *bbolt.Tx) error { return w.prepare(tx, &r) }))
	if err != nil {
		return err
	}
	err = l.commitTo(shopsFile, func() error { return l.shops.db.Update(w.write) })
	switch {
	case errors.Is(err, bbolterrors.ErrDatabaseNotOpen):
		return ledger.ErrClosed
	case err != nil:
		l.shops.undone = w.before()
		l.fail(err)
		return l.Err()
	}
	l.changed.revised(w)
	return nil
}
