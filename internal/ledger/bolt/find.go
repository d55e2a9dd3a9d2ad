package bolt

import (
	"context"
	"slices"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Find is described at ledger.Finder.
func (l *Ledger) Find(ctx context.Context, key ledger.Key) (ledger.Holder, error) {
	if err := l.ready(ctx); err != nil {
		return ledger.Holder{}, err
	}
	list, err := l.holdings(key.Digest())
	if err != nil {
		return ledger.Holder{}, err
	}
	return holderOf(list)
}

// holdings gives all claims of a key, oldest first.
func (l *Ledger) holdings(key ledger.Digest) (list []holding, err error) {
	recent := l.tail.holdings(key)
	segments := *l.index.segments.Load() // after the tail, before the transaction
	if perhaps(segments, &key) {
		err = l.indexView(func(tx *bbolt.Tx) (err error) {
			list, err = l.index.claims(tx, segments, key)
			return err
		})
	}
	for _, h := range recent {
		if !slices.ContainsFunc(list, h.same) { // it may have been indexed meanwhile
			list = append(list, h)
		}
	}
	return list, err
}

func (h *holding) same(other holding) bool {
	return h.payment == other.payment && h.number == other.number
}

func holderOf(list []holding) (ledger.Holder, error) {
	if len(list) == 0 {
		return ledger.Holder{}, ledger.ErrNotFound
	}
	h := ledger.Holder{Sequence: list[len(list)-1].number}
	for i := range list {
		h.Payments = append(h.Payments, list[i].payment)
	}
	h.Payments = slices.Compact(h.Payments)
	return h, nil
}

// careChunk is how many ids are read from the index at a time.
const careChunk = 1000

// Unsettled is described at ledger.Finder. No transaction and no lock is held
// while yield runs.
func (l *Ledger) Unsettled(ctx context.Context, yield func(payment.ID) bool) error {
	recent := map[payment.ID]bool{}
	l.tail.each(func(id payment.ID, r *row) {
		if r.flags&flagCare != 0 {
			recent[id] = true
		}
	})
	for id := range recent {
		if err := l.ready(ctx); err != nil {
			return err
		}
		if !yield(id) {
			return nil
		}
	}
	for after := payment.ID(""); ; {
		ids, err := l.indexedCare(ctx, after)
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
		for _, id := range ids {
			r, newer := l.tail.row(id)
			if recent[id] || newer && r.flags&flagCare == 0 {
				continue
			}
			if !yield(id) {
				return nil
			}
		}
	}
}

// indexedCare gives the next ids after one that the index has as unsettled.
func (l *Ledger) indexedCare(ctx context.Context, after payment.ID) ([]payment.ID, error) {
	if err := l.ready(ctx); err != nil {
		return nil, err
	}
	var ids []payment.ID
	err := l.indexView(func(tx *bbolt.Tx) error {
		ids = idsAfter(tx.Bucket(bucketCare), after)
		return nil
	})
	return ids, err
}

// idsAfter gives the next keys of a bucket after one, which are payments.
func idsAfter(b *bbolt.Bucket, after payment.ID) (ids []payment.ID) {
	c := b.Cursor()
	k, _ := c.Seek([]byte(after))
	if k != nil && payment.ID(k) == after {
		k, _ = c.Next()
	}
	for ; k != nil && len(ids) < careChunk; k, _ = c.Next() {
		ids = append(ids, payment.ID(k))
	}
	return ids
}
