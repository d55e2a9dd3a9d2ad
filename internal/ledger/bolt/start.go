package bolt

import (
	"errors"
	"fmt"
	"os"
	"time"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// findEnd finds the last record and the running hash there: from the last seal
// over what came after it, which is checked on the way.
func (l *Ledger) findEnd() error {
	err := l.journal.View(func(tx *bbolt.Tx) error {
		if k, _ := tx.Bucket(bucketJournal).Cursor().Last(); len(k) == 8 {
			l.last = numberOf(k)
		}
		l.unsealed = l.last
		l.traces = tx.Bucket(bucketMeta).Get(keyTraces) != nil
		if _, encoded := tx.Bucket(bucketSeals).Cursor().Last(); encoded != nil {
			return l.startFrom(encoded)
		}
		return nil
	})
	if err != nil {
		return err
	}
	b := book{view: l.journal.View, upto: l.last}
	for at := l.last - l.unsealed; at < l.last; {
		records, err := b.Next(at, catchUpChunk)
		if err != nil {
			return err
		}
		for i := range records {
			r, err := next(&records[i], at)
			if err != nil {
				return err
			}
			at++
			l.head = ledger.Advance(l.head, at, r.Hash)
		}
	}
	return nil
}

func (l *Ledger) startFrom(encoded []byte) error {
	s, err := ledger.DecodeSeal(encoded)
	if err != nil {
		return damaged(0, err)
	}
	if s.Sequence > l.last {
		return damaged(s.Sequence, errors.New("sealed, but not there"))
	}
	l.head, l.sealHash, l.unsealed = s.Head, ledger.SealHash(encoded), l.last-s.Sequence
	return nil
}

// next decodes the record that must follow record at.
func next(n *ledger.Numbered, at uint64) (*ledger.Record, error) {
	if n.Sequence != at+1 {
		return nil, damaged(at+1, errors.New("missing"))
	}
	r, err := ledger.Decode(n.Encoded)
	if err != nil {
		return nil, damaged(n.Sequence, err)
	}
	return r, nil
}

func damaged(seq uint64, err error) error {
	return fmt.Errorf("ledger: the journal is damaged at record %d: %w: verify it, and restore a backup", seq, err)
}

// openIndex opens the index, or makes a new one when it is missing, unreadable
// or not of this journal, and brings it up to the journal's end.
func (l *Ledger) openIndex() error {
	at, err := l.tryIndex()
	if err != nil {
		if errors.Is(err, errInUse) {
			return err
		}
		l.options.Logger.Warn("the index is made anew", "reason", err)
		if err := l.dropIndex(); err != nil {
			return err
		}
		if at, err = l.tryIndex(); err != nil {
			return err
		}
	}
	if err := l.index.loadSegments(); err != nil {
		return err
	}
	return l.catchUp(at)
}

func (l *Ledger) tryIndex() (checkpoint, error) {
	db, err := l.openFile(indexFile)
	if err != nil {
		return checkpoint{}, err
	}
	l.index = &index{db: db, capacity: l.options.Segment}
	var at checkpoint
	err = l.commitTo(indexFile, func() error {
		return db.Update(func(tx *bbolt.Tx) error {
			for _, name := range [][]byte{bucketPayments, bucketCare, bucketClaims, bucketMeta} {
				if _, err := tx.CreateBucketIfNotExists(name); err != nil {
					return err
				}
			}
			if err := checkFormat(tx.Bucket(bucketMeta), indexFormat); err != nil {
				return err
			}
			at, err = readCheckpoint(tx)
			return err
		})
	})
	if err != nil {
		return at, err
	}
	return at, l.belongs(at)
}

// belongs reports whether the journal has the record that the index was made
// up to. It has not when a backup of the journal was put in place of it.
func (l *Ledger) belongs(at checkpoint) error {
	have, err := l.checkpointAt(at.sequence)
	if err != nil {
		return err
	}
	if have != at {
		return fmt.Errorf("it was made up to record %d of another journal or a longer one", at.sequence)
	}
	return nil
}

func (l *Ledger) dropIndex() error {
	if l.index != nil {
		if err := l.index.db.Close(); err != nil {
			return err
		}
		l.index = nil
	}
	return os.Remove(l.path(indexFile))
}

// loadSegments makes the filters.
func (x *index) loadSegments() error {
	segments := []*segment{}
	newest := payment.ID("")
	err := x.db.View(func(tx *bbolt.Tx) error {
		if k, _ := tx.Bucket(bucketPayments).Cursor().Last(); k != nil {
			newest = payment.ID(k)
		}
		return tx.Bucket(bucketClaims).ForEachBucket(func(name []byte) error {
			s := newSegment(len(segments), x.capacity)
			if string(name) != string(s.name) {
				return fmt.Errorf("ledger: segment %x of the index is missing", s.name)
			}
			segments = append(segments, s)
			return s.load(tx)
		})
	})
	x.segments.Store(&segments)
	x.newest.Store(&newest)
	return err
}

func (s *segment) load(tx *bbolt.Tx) error {
	return s.bucket(tx).ForEach(func(k, _ []byte) error {
		key := ledger.Digest(k)
		s.filter.add(&key)
		s.keys++
		return nil
	})
}

const (
	catchUpChunk = 512
	catchUpFlush = 50_000 // payments of a generation
)

// catchUp takes into memory, and in large portions into the index, what the
// journal has and the index has not.
func (l *Ledger) catchUp(from checkpoint) error {
	b := book{view: l.journal.View, upto: l.last}
	l.tail.fresh.upto = from.sequence
	told := time.Now()
	for at := from.sequence; at < l.last; {
		records, err := b.Next(at, catchUpChunk)
		if err != nil {
			return err
		}
		for i := range records {
			if err := l.replay(&records[i], at); err != nil {
				return err
			}
			at++
		}
		l.tail.fresh.upto = at
		if l.tail.fresh.size() >= catchUpFlush {
			if err := l.flush(l.freeze()); err != nil {
				return err
			}
		}
		if time.Since(told) > 2*time.Second {
			told = time.Now()
			l.options.Logger.Info("bringing the index up to the journal", "record", at, "of", l.last)
		}
	}
	return nil
}

// replay takes one record into the fresh generation.
func (l *Ledger) replay(n *ledger.Numbered, at uint64) error {
	r, err := next(n, at)
	if err != nil {
		return err
	}
	before, err := l.stateBefore(n.Sequence, r)
	if err != nil {
		return damaged(n.Sequence, err)
	}
	after, err := before.extend(n.Sequence, r, n.Encoded)
	if err != nil {
		return damaged(n.Sequence, err)
	}
	l.cache.put(r.Payment, after, l.cache.ticket())
	fresh := l.tail.fresh
	fresh.rows[r.Payment] = rowOf(after.payment, n.Sequence)
	for i := range r.Claims {
		key := r.Claims[i].Key
		fresh.claims[key] = &holding{payment: r.Payment, number: r.Number, older: fresh.claims[key]}
	}
	return nil
}

// stateBefore gives the payment as it was before r.
func (l *Ledger) stateBefore(seq uint64, r *ledger.Record) (cached, error) {
	if r.Number == 1 {
		return cached{}, nil
	}
	if c, ok := l.cache.get(r.Payment); ok && c.head.Version == r.Number-1 {
		return c, nil
	}
	previous, err := r.Before(seq)
	if err != nil {
		return cached{}, err
	}
	return l.fold(r.Payment, previous, r.Number-1)
}
