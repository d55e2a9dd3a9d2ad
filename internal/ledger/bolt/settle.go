package bolt

import (
	"errors"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Finish is described at ledger.Target. The books are nobody's yet: Settle comes after it.
func (f *Following) Finish(identity ledger.Identity) error {
	return f.finish(identity, func(*bbolt.Bucket) error { return nil })
}

// Settle makes books of what followed others and was finished. Keys may have come of later
// events than records did, and then do not fit the journal's end: those of payments that are
// not in it go, and what was forgotten is forgotten up to the last event there is, since later
// secrets must be readable. token, if there is one, tells this promotion from then on.
// Interrupted, it can be done again.
func Settle(dir string, token []byte) (err error) {
	l, err := Open(Options{Dir: dir, settling: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	return l.journal.Update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketKeys, bucketSecrets, bucketForgotten} {
			if err := l.settleKeys(tx, tx.Bucket(name), name); err != nil {
				return err
			}
		}
		meta := tx.Bucket(bucketMeta)
		if token != nil {
			if err := meta.Put(keyPromotion, token); err != nil {
				return err
			}
		}
		return errors.Join(meta.Put(keyTraces, []byte{1}), meta.Delete(keyHead), meta.Put(keyFormat, format)) // traces: the first start blanks them
	})
}

func (l *Ledger) settleKeys(tx *bbolt.Tx, b *bbolt.Bucket, name []byte) error {
	var drop [][]byte
	cut := map[string][]byte{}
	err := b.ForEach(func(k, v []byte) error {
		row, err := l.locate(payment.ID(k))
		switch version := int(row.version); {
		case errors.Is(err, ledger.ErrNotFound):
			drop = append(drop, clone(k))
		case err != nil:
			return err
		case string(name) == string(bucketSecrets) && ledger.From(v) > version:
			drop = append(drop, clone(k))
		case string(name) == string(bucketForgotten) && ledger.From(v) > version:
			cut[string(k)] = ledger.ForgottenUpTo(v, version)
		}
		return nil
	})
	for _, k := range drop {
		err = errors.Join(err, b.Delete(k))
	}
	for k, v := range cut {
		err = errors.Join(err, b.Put([]byte(k), v))
	}
	return err
}
