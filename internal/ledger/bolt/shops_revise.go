package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// revising is a revision being made: which bytes go where, and what was there.
type revising struct {
	after map[string]change
}

type change struct {
	bucket, key   []byte
	before, after []byte
}

// put takes a change in; what was there before it is kept of the first.
func (w *revising) put(tx *bbolt.Tx, bucket, key, after []byte) {
	c, ok := w.after[place(bucket, key)]
	if !ok {
		c = change{bucket: bucket, key: key, before: clone(bucketOf(tx, bucket).Get(key))}
	}
	c.after = after
	w.after[place(bucket, key)] = c
}

// prepare holds the revision against what there is: ErrStale, or what is to be
// written.
func (w *revising) prepare(tx *bbolt.Tx, r *ledger.Revision) error {
	for _, d := range r.Documents {
		key := d.Bytes()
		encoded, err := d.Follow(bucketOf(tx, bucketDocuments).Get(key))
		if err != nil {
			return err
		}
		w.put(tx, bucketDocuments, key, encoded)
	}
	ends := map[shop.Tenant]trailEnd{}
	for _, e := range r.Trail {
		end, known := ends[e.Tenant]
		if !known {
			var err error
			if end, err = decodeEnd(bucketOf(tx, bucketEnds).Get(ledger.TrailKey(e.Tenant))); err != nil {
				return err
			}
		}
		end.number++
		e.Sequence, e.Before = end.number, end.hash
		encoded, hash, err := e.Encode()
		if err != nil {
			return err
		}
		end.hash, ends[e.Tenant] = hash, trailEnd{end.number, hash}
		w.put(tx, bucketTrail, trailPlace(e.Tenant, e.Sequence), encoded)
		w.put(tx, bucketEnds, ledger.TrailKey(e.Tenant), end.encode())
	}
	return nil
}

func (w *revising) write(tx *bbolt.Tx) error {
	for _, c := range w.after {
		if err := bucketOf(tx, c.bucket).Put(c.key, c.after); err != nil {
			return err
		}
	}
	return nil
}

// before is what counts when the revision does not.
func (w *revising) before() map[string][]byte {
	undone := make(map[string][]byte, len(w.after))
	for where, c := range w.after {
		undone[where] = c.before
	}
	return undone
}

// proveShops reads every document and follows every trail from its end to its
// first entry. What is wrong comes as a fault.
func (s *shops) proveShops(view func(func(tx *bbolt.Tx) error) error, report *ledger.Report) error {
	var documents, entries uint64
	err := view(func(tx *bbolt.Tx) error {
		list, err := s.documents(tx)
		if err != nil {
			return err
		}
		documents = uint64(len(list))
		entries, err = s.proveTrails(tx)
		return err
	})
	switch {
	case errors.Is(err, ledger.ErrClosed):
		return err
	case err != nil:
		return &ledger.Fault{What: shopsFile + ": " + err.Error()}
	}
	report.Documents, report.Changes = documents, entries
	return nil
}

// proveTrails follows the links of all trails, and counts that no entry lies
// outside them (P87).
func (s *shops) proveTrails(tx *bbolt.Tx) (linked uint64, err error) {
	var kept uint64
	err = bucketOf(tx, bucketTrail).ForEach(func(k, _ []byte) error {
		if s.counts(tx, bucketTrail, k) != nil {
			kept++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	err = bucketOf(tx, bucketEnds).ForEach(func(k, _ []byte) error {
		end, err := decodeEnd(s.counts(tx, bucketEnds, k))
		if err != nil {
			return err
		}
		linked += uint64(end.number)
		return s.proveTrail(tx, k, end)
	})
	if err == nil && linked != kept {
		err = fmt.Errorf("the trails have %d entries, and %d are kept", linked, kept)
	}
	return linked, err
}

func (s *shops) proveTrail(tx *bbolt.Tx, key []byte, end trailEnd) error {
	for n := end.number; n > 0; n-- {
		e, hash, err := ledger.DecodeAuditEntry(s.counts(tx, bucketTrail, binary.BigEndian.AppendUint64(clone(key), uint64(n))))
		if err != nil {
			return err
		}
		if hash != end.hash || e.Sequence != n || string(ledger.TrailKey(e.Tenant)) != string(key) {
			return fmt.Errorf("entry %d of the trail of %q in %s is not the one that was written", n, e.Tenant.Shop, e.Tenant.Environment)
		}
		end.hash = e.Before
	}
	if end.hash != (ledger.Hash{}) {
		return errors.New("a trail does not begin with its first entry")
	}
	return nil
}
