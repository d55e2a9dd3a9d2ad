package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// A tombstone stands where an erased key was: the time of the erasure in
// nanoseconds. It is told from a wrapped key by its length.
const tombstoneSize = 8

func tombstone(t time.Time) []byte { return binary.BigEndian.AppendUint64(nil, uint64(t.UnixNano())) }

func erased(stored []byte) bool { return len(stored) == tombstoneSize }

// stored is what the journal's file has beside the journal to read a payment's
// private parts with. Its personal key is the first of two. The second is only
// of payments with secrets of 3-D Secure: of all those from an event on, the
// number of which (4 bytes) stands before the wrapped key. When they are
// forgotten the key goes, and a tombstone of its own says up to which event (4)
// and when (8); later secrets get another key. Books from before there were
// second keys have such secrets under the first.
type stored struct {
	personal  []byte // nil: the payment has none; or a tombstone: then nothing can be read
	secret    []byte // nil: no secret, or all are forgotten
	forgotten []byte // nil: nothing was ever forgotten
}

const (
	secretSize    = 4 + ledger.WrappedSize
	forgottenSize = 4 + tombstoneSize
)

// storedIn reads it. Whoever looks for no secret does not pay for them.
func storedIn(tx *bbolt.Tx, id payment.ID, secrets bool) stored {
	s := stored{personal: clone(bucketOf(tx, bucketKeys).Get([]byte(id)))}
	if secrets {
		s.secret, s.forgotten = getIn(tx, bucketSecrets, id), getIn(tx, bucketForgotten, id)
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

func (l *Ledger) stored(id payment.ID, secrets bool) (s stored, err error) {
	err = l.view(func(tx *bbolt.Tx) error {
		s = storedIn(tx, id, secrets)
		return nil
	})
	return s, err
}

// from is the first event whose secret is under the second key.
func (s *stored) from() int { return number(s.secret) }

// through is the last event whose secret is forgotten.
func (s *stored) through() int { return number(s.forgotten) }

func number(stored []byte) int {
	if stored == nil {
		return 0
	}
	return int(binary.BigEndian.Uint32(stored))
}

// damaged reports what cannot be: a key that was forgotten never comes back.
func (s *stored) damaged() bool {
	return s.secret != nil && len(s.secret) != secretSize ||
		s.forgotten != nil && len(s.forgotten) != forgottenSize ||
		s.secret != nil && s.from() <= s.through()
}

// which says under which of the two keys a private part is.
type which bool

const (
	personalKey which = false
	secretKey   which = true
)

// under says which key a private part is under; ErrErased when it is destroyed,
// another error when it is not there although it should be.
func (s *stored) under(h *ledger.Hidden) (which, error) {
	switch {
	case erased(s.personal):
		return personalKey, ledger.ErrErased
	case s.damaged():
		return secretKey, errors.New("the key of its secrets is damaged")
	case h.Secret && s.secret != nil && h.Number >= s.from():
		return secretKey, nil
	case h.Secret && h.Number <= s.through():
		return secretKey, ledger.ErrErased
	case s.personal == nil:
		return personalKey, errors.New("the key of its private data is missing")
	}
	return personalKey, nil
}

// unwrap gives one of the two, which must be there.
func (s *stored) unwrap(master *ledger.MasterKey, id payment.ID, key which) (*ledger.PaymentKey, error) {
	if key == secretKey {
		return master.UnwrapSecret(id, s.from(), s.secret[4:])
	}
	return master.Unwrap(id, s.personal)
}

// CheckKeys is described at ledger.Book.
func (b *book) CheckKeys(id payment.ID, parts []ledger.Hidden) error {
	var s stored
	err := b.view(func(tx *bbolt.Tx) error {
		s = storedIn(tx, id, true)
		return nil
	})
	if err != nil {
		return err
	}
	keys := map[which]*ledger.PaymentKey{}
	for i := range parts {
		switch err := s.check(b.master, id, &parts[i], keys); {
		case errors.Is(err, ledger.ErrErased):
		case err != nil:
			return err
		}
	}
	return nil
}

// check unwraps each key once. A secret that is under the personal key, as it
// was in earlier versions, must open with it: else its own key is lost.
func (s *stored) check(master *ledger.MasterKey, id payment.ID, h *ledger.Hidden, keys map[which]*ledger.PaymentKey) error {
	key, err := s.under(h)
	if err != nil || master == nil {
		return err
	}
	if keys[key] == nil {
		if keys[key], err = s.unwrap(master, id, key); err != nil {
			return err
		}
	}
	if h.Secret && key == personalKey {
		if _, err := keys[key].Decrypt(h.Number, h.Private); err != nil {
			return fmt.Errorf("the key of its secrets is missing: %w", err)
		}
	}
	return nil
}
