package bolt

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// indexBehind writes frozen generations down, one after the other.
func (l *Ledger) indexBehind() {
	defer l.ended.Done()
	for g := range l.work {
		if err := l.flush(g); err != nil {
			l.fail(err)
		}
		select {
		case l.flushed <- struct{}{}:
		default:
		}
	}
}

// freeze ends the fresh generation, for flush.
func (l *Ledger) freeze() *generation { return l.tail.freeze() }

// flush brings the frozen generation into the index, and only then drops it.
func (l *Ledger) flush(g *generation) error {
	to, err := l.checkpointAt(g.upto)
	if err != nil {
		return err
	}
	f := &flush{index: l.index, generation: g}
	f.choose()
	err = l.commitTo(indexFile, func() error {
		return l.index.db.Update(func(tx *bbolt.Tx) error {
			if err := f.write(tx); err != nil {
				return err
			}
			return tx.Bucket(bucketMeta).Put(keyCheckpoint, to.encode())
		})
	})
	if err != nil {
		return err
	}
	f.publish()
	l.tail.indexed()
	return nil
}

func (l *Ledger) checkpointAt(seq uint64) (checkpoint, error) {
	to := checkpoint{sequence: seq}
	err := l.view(func(tx *bbolt.Tx) error {
		if b := tx.Bucket(bucketJournal).Get(sequenceKey(seq)); b != nil {
			to.hash = ledger.HashOf(b)
		}
		return nil
	})
	return to, err
}

func sequenceKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(make([]byte, 0, 8), seq) }

// flush is the writing of one generation. Keys go in sorted: a page is then
// touched once.
type flush struct {
	*index
	*generation
	into   *segment
	opened bool // into is new
	added  int  // keys that into did not have
}

// choose takes the last segment, or a new one when that is full.
func (f *flush) choose() {
	segments := *f.segments.Load()
	if n := len(segments); n > 0 && segments[n-1].keys < f.capacity {
		f.into = segments[n-1]
		return
	}
	f.opened = true
	f.into = newSegment(len(segments), f.capacity)
}

// newSegment has room in its filter for what the last generation that begins
// below capacity brings beyond it.
func newSegment(number, capacity int) *segment {
	return &segment{name: binary.BigEndian.AppendUint32(nil, uint32(number)), filter: newBloom(capacity + capacity/8)}
}

func (f *flush) write(tx *bbolt.Tx) error {
	if err := f.writeRows(tx); err != nil {
		return err
	}
	claims := tx.Bucket(bucketClaims)
	if f.opened {
		if _, err := claims.CreateBucket(f.into.name); err != nil {
			return err
		}
	}
	bucket := claims.Bucket(f.into.name)
	keys := slices.SortedFunc(maps.Keys(f.generation.claims), func(a, b ledger.Digest) int { return bytes.Compare(a[:], b[:]) })
	for i := range keys {
		var value []byte
		if f.into.filter.perhaps(&keys[i]) {
			value = clone(bucket.Get(keys[i][:]))
		}
		if value == nil {
			f.added++
		}
		for _, h := range f.generation.claims[keys[i]].list(nil) {
			value = h.encode(value)
		}
		if err := bucket.Put(keys[i][:], value); err != nil {
			return err
		}
	}
	return nil
}

func (f *flush) writeRows(tx *bbolt.Tx) error {
	rows, care := tx.Bucket(bucketPayments), tx.Bucket(bucketCare)
	rows.FillPercent = 0.9 // ids grow with time
	for _, id := range slices.Sorted(maps.Keys(f.rows)) {
		r := f.rows[id]
		if err := rows.Put([]byte(id), r.encode()); err != nil {
			return err
		}
		if err := setCare(care, id, r.flags&flagCare != 0); err != nil {
			return err
		}
	}
	return nil
}

func setCare(care *bbolt.Bucket, id payment.ID, needed bool) error {
	if needed {
		return care.Put([]byte(id), []byte{})
	}
	return care.Delete([]byte(id))
}

// publish makes what is committed known to those who ask.
func (f *flush) publish() {
	for key := range f.generation.claims {
		f.into.filter.add(&key)
	}
	f.into.keys += f.added
	if f.opened {
		segments := append(slices.Clone(*f.segments.Load()), f.into)
		f.segments.Store(&segments)
	}
	newest := *f.newest.Load()
	for id := range f.rows {
		newest = max(newest, id)
	}
	f.newest.Store(&newest)
}
