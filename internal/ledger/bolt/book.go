package bolt

import (
	"encoding/binary"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
)

// book reads the journal in portions, each in a short transaction of its own
// (P97).
type book struct{ journal *bbolt.DB }

// Next is described at ledger.Book.
func (b *book) Next(after uint64, limit int) ([]ledger.Numbered, error) {
	list := make([]ledger.Numbered, 0, limit)
	err := b.journal.View(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketJournal).Cursor()
		for k, v := c.Seek(sequenceKey(after + 1)); k != nil && len(list) < limit; k, v = c.Next() {
			list = append(list, ledger.Numbered{Sequence: numberOf(k), Encoded: clone(v)})
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
