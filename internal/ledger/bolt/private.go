package bolt

import (
	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// erased reports whether a tombstone stands where a personal key was.
func erased(stored []byte) bool {
	s := ledger.StoredKeys{Personal: stored}
	return s.Erased()
}

// storedIn reads what a payment's private parts are read with. Whoever looks for no secret does not pay for them.
func storedIn(tx *bbolt.Tx, id payment.ID, secrets bool) ledger.StoredKeys {
	s := ledger.StoredKeys{Personal: clone(bucketOf(tx, bucketKeys).Get([]byte(id)))}
	if secrets {
		s.Secret, s.Forgotten = getIn(tx, bucketSecrets, id), getIn(tx, bucketForgotten, id)
	}
	return s
}

// getIn reads a bucket that books of an earlier version do not have.
func getIn(tx *bbolt.Tx, bucket []byte, id payment.ID) []byte {
	if b := tx.Bucket(bucket); b != nil {
		return clone(b.Get([]byte(id)))
	}
	return nil
}

func (l *Ledger) stored(id payment.ID, secrets bool) (s ledger.StoredKeys, err error) {
	err = l.view(func(tx *bbolt.Tx) error {
		s = storedIn(tx, id, secrets)
		return nil
	})
	return s, err
}

// CheckKeys is described at ledger.Book.
func (b *book) CheckKeys(id payment.ID, parts []ledger.Hidden) error {
	var s ledger.StoredKeys
	err := b.view(func(tx *bbolt.Tx) error {
		s = storedIn(tx, id, true)
		return nil
	})
	if err != nil {
		return err
	}
	return s.Check(b.master, id, parts)
}
