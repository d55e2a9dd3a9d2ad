package bolt

import (
	"crypto/ed25519"
	"encoding/binary"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
)

// book reads the journal in portions, each in a short transaction of its own
// (P97), up to a number.
type book struct {
	view   func(func(*bbolt.Tx) error) error
	master *ledger.MasterKey // nil: keys are not tried
	upto   uint64
}

// Next is described at ledger.Book.
func (b *book) Next(after uint64, limit int) ([]ledger.Numbered, error) {
	list := make([]ledger.Numbered, 0, limit)
	err := b.view(func(tx *bbolt.Tx) error {
		c := bucketOf(tx, bucketJournal).Cursor()
		for k, v := c.Seek(sequenceKey(after + 1)); k != nil && len(list) < limit; k, v = c.Next() {
			seq := numberOf(k)
			if seq > b.upto {
				return nil
			}
			list = append(list, ledger.Numbered{Sequence: seq, Encoded: clone(v)})
		}
		return nil
	})
	return list, err
}

// numberOf reads a key of the journal; 0, which no record has, for anything
// else.
func numberOf(key []byte) uint64 {
	if len(key) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(key)
}

// Record is described at ledger.Book.
func (b *book) Record(seq uint64) (encoded []byte, err error) {
	err = b.view(func(tx *bbolt.Tx) error {
		encoded = clone(bucketOf(tx, bucketJournal).Get(sequenceKey(seq)))
		return nil
	})
	return encoded, err
}

// NextSeal is described at ledger.Book.
func (b *book) NextSeal(seq uint64) (encoded []byte, err error) {
	err = b.view(func(tx *bbolt.Tx) error {
		k, v := bucketOf(tx, bucketSeals).Cursor().Seek(sequenceKey(seq))
		if k == nil || numberOf(k) > b.upto {
			return nil
		}
		if s, err := ledger.DecodeSeal(v); err != nil || s.Sequence != numberOf(k) {
			return &ledger.Fault{Sequence: numberOf(k), What: "the seal is not one of this record"}
		}
		encoded = clone(v)
		return nil
	})
	return encoded, err
}

// PublicKey is described at ledger.Book.
func (b *book) PublicKey() (key ed25519.PublicKey, err error) {
	err = b.view(func(tx *bbolt.Tx) error {
		key = clone(bucketOf(tx, bucketMeta).Get(keyPublic))
		return nil
	})
	return key, err
}

// bucketOf gives a bucket of the file; none is what damage looks like.
func bucketOf(tx *bbolt.Tx, name []byte) *bbolt.Bucket {
	b := tx.Bucket(name)
	if b == nil {
		panic("bucket " + string(name) + " is missing")
	}
	return b
}
