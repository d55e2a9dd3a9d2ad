package bolt

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync/atomic"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// The buckets of the index. A segment of claims is a bucket of its own: random
// keys are cheap to add to while their bucket is small. A full one is never
// written again.
var (
	bucketPayments = []byte("payments") // payment → row
	bucketCare     = []byte("care")     // payments whose row has flagCare
	bucketClaims   = []byte("claims")   // segment's number → bucket: digest → claims
	keyCheckpoint  = []byte("checkpoint")
)

const (
	checkpointSize = 8 + 32
	claimSize      = payment.IDLength + 4
)

// index is index.db: what the journal says, by payment and by key, up to a
// checkpoint.
type index struct {
	db       *bbolt.DB
	capacity int // keys of a segment
	segments atomic.Pointer[[]*segment]
	newest   atomic.Pointer[payment.ID] // no id in it is greater
}

// segment is one bucket of claims.
type segment struct {
	name   []byte
	filter *bloom
	keys   int // the indexer's own
}

// checkpoint is how far the index knows the journal: the number and the hash
// of a record.
type checkpoint struct {
	sequence uint64
	hash     ledger.Hash
}

// row gives a payment's row as the index has it.
func (x *index) row(tx *bbolt.Tx, id payment.ID) (row, bool, error) {
	b := tx.Bucket(bucketPayments).Get([]byte(id))
	if b == nil {
		return row{}, false, nil
	}
	r, err := decodeRow(b)
	return r, err == nil, err
}

// claims gives a key's claims, oldest first. Segments must have been loaded
// before tx began, as others may have come since.
func (x *index) claims(tx *bbolt.Tx, segments []*segment, key ledger.Digest) ([]holding, error) {
	var list []holding
	for _, s := range segments {
		if !s.filter.perhaps(&key) {
			continue
		}
		var err error
		if list, err = decodeClaims(list, s.bucket(tx).Get(key[:])); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// latest gives a key's latest claim.
func (x *index) latest(tx *bbolt.Tx, segments []*segment, key ledger.Digest) (holding, bool, error) {
	for _, s := range slices.Backward(segments) {
		if !s.filter.perhaps(&key) {
			continue
		}
		list, err := decodeClaims(nil, s.bucket(tx).Get(key[:]))
		if err != nil || len(list) > 0 {
			return list[len(list)-1], err == nil, err
		}
	}
	return holding{}, false, nil
}

func (s *segment) bucket(tx *bbolt.Tx) *bbolt.Bucket { return tx.Bucket(bucketClaims).Bucket(s.name) }

// perhaps reports whether any segment may hold the key.
func perhaps(segments []*segment, key *ledger.Digest) bool {
	for _, s := range segments {
		if s.filter.perhaps(key) {
			return true
		}
	}
	return false
}

func decodeClaims(to []holding, b []byte) ([]holding, error) {
	if len(b)%claimSize != 0 {
		return nil, fmt.Errorf("ledger: index claim of %d bytes", len(b))
	}
	for ; len(b) > 0; b = b[claimSize:] {
		to = append(to, holding{
			payment: payment.ID(b[:payment.IDLength]),
			number:  int(binary.BigEndian.Uint32(b[payment.IDLength:])),
		})
	}
	return to, nil
}

func (h *holding) encode(to []byte) []byte {
	return binary.BigEndian.AppendUint32(append(to, h.payment...), uint32(h.number))
}

func (c checkpoint) encode() []byte {
	return append(binary.BigEndian.AppendUint64(nil, c.sequence), c.hash[:]...)
}

func readCheckpoint(tx *bbolt.Tx) (checkpoint, error) {
	b := tx.Bucket(bucketMeta).Get(keyCheckpoint)
	if b == nil {
		return checkpoint{}, nil
	}
	if len(b) != checkpointSize {
		return checkpoint{}, fmt.Errorf("ledger: index checkpoint of %d bytes", len(b))
	}
	return checkpoint{sequence: binary.BigEndian.Uint64(b), hash: ledger.Hash(b[8:])}, nil
}
