package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/payment"
)

// StoredKeys is what the books have beside the journal to read a payment's private parts
// with. The personal key is the first of two. The second is only of payments with secrets
// of 3-D Secure: of all those from an event on, the number of which (4 bytes) stands
// before the wrapped key. When they are forgotten the key goes, and a tombstone of its own
// says up to which event (4) and when (8); later secrets get another key. Books from
// before there were second keys have such secrets under the first.
type StoredKeys struct {
	Personal  []byte // nil: the payment has none; or a tombstone: then nothing can be read
	Secret    []byte // nil: no secret, or all are forgotten
	Forgotten []byte // nil: nothing was ever forgotten
}

// A tombstone stands where an erased key was: the time of the erasure in nanoseconds. It is
// told from a wrapped key by its length.
const (
	tombstoneSize = 8
	secretSize    = 4 + WrappedSize
	forgottenSize = 4 + tombstoneSize
)

// Tombstone is what stands for a personal key that was destroyed.
func Tombstone(t time.Time) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(t.UnixNano()))
}

// WrappedSecret is what StoredKeys.Secret holds: the wrapped key of the secrets from event
// number from on.
func WrappedSecret(from int, wrapped []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(from)), wrapped...)
}

// ForgottenThrough is what StoredKeys.Forgotten holds.
func ForgottenThrough(version int, t time.Time) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(version)), Tombstone(t)...)
}

// From is the number of the event that a stored Secret or Forgotten begins with.
func From(stored []byte) int { return leading(stored) }

// ForgottenUpTo is a Forgotten, cut down to fewer events: those that there are.
func ForgottenUpTo(forgotten []byte, version int) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(version)), forgotten[4:]...)
}

// Erased reports whether the personal key was destroyed: then nothing private can be read,
// nor is any kept.
func (s *StoredKeys) Erased() bool { return len(s.Personal) == tombstoneSize }

// from is the first event whose secret is under the second key.
func (s *StoredKeys) from() int { return leading(s.Secret) }

// through is the last event whose secret is forgotten.
func (s *StoredKeys) through() int { return leading(s.Forgotten) }

func leading(stored []byte) int {
	if len(stored) < 4 {
		return 0
	}
	return int(binary.BigEndian.Uint32(stored))
}

var errDamagedKey = errors.New("the key of its secrets is damaged")

// damaged reports what cannot be: a key that was forgotten never comes back.
func (s *StoredKeys) damaged() bool {
	return s.Secret != nil && len(s.Secret) != secretSize ||
		s.Forgotten != nil && len(s.Forgotten) != forgottenSize ||
		s.Secret != nil && s.from() <= s.through()
}

// SecretKey gives the second key. It must be there.
func (s *StoredKeys) SecretKey(master *MasterKey, id payment.ID) (*PaymentKey, error) {
	if s.damaged() || s.Secret == nil {
		return nil, errDamagedKey
	}
	return master.UnwrapSecret(id, s.from(), s.Secret[4:])
}

// Readable gives ErrErased when the key of a private part was destroyed, and another error
// when it is not there although it should be. Second tells which of the two it is under.
func (s *StoredKeys) Readable(h *Hidden) (second bool, err error) {
	switch {
	case s.Erased():
		return false, ErrErased
	case s.damaged():
		return true, errDamagedKey
	case h.Secret && s.Secret != nil && h.Number >= s.from():
		return true, nil
	case h.Secret && h.Number <= s.through():
		return true, ErrErased
	case s.Personal == nil:
		return false, errors.New("the key of its private data is missing")
	}
	return false, nil
}

// Reveal decrypts a private part.
func (s *StoredKeys) Reveal(master *MasterKey, id payment.ID, h *Hidden) ([]byte, error) {
	second, err := s.Readable(h)
	if err != nil {
		return nil, err
	}
	key, err := s.unwrap(master, id, second)
	if err != nil {
		return nil, err
	}
	return key.Decrypt(h.Number, h.Private)
}

func (s *StoredKeys) unwrap(master *MasterKey, id payment.ID, second bool) (*PaymentKey, error) {
	if second {
		return s.SecretKey(master, id)
	}
	return master.Unwrap(id, s.Personal)
}

// Check is Book.CheckKeys for keys that were read. Without a master key they are not
// tried. Each key is unwrapped once.
func (s *StoredKeys) Check(master *MasterKey, id payment.ID, parts []Hidden) error {
	var keys [2]*PaymentKey
	for i := range parts {
		h := &parts[i]
		second, err := s.Readable(h)
		if errors.Is(err, ErrErased) {
			continue
		}
		if err != nil {
			return err
		}
		if master == nil {
			continue
		}
		at := 0
		if second {
			at = 1
		}
		if keys[at] == nil {
			if keys[at], err = s.unwrap(master, id, second); err != nil {
				return err
			}
		}
		// A secret that is under the personal key, as in earlier versions, must open with
		// it: else its own key is lost.
		if h.Secret && !second {
			if _, err := keys[at].Decrypt(h.Number, h.Private); err != nil {
				return fmt.Errorf("the key of its secrets is missing: %w", err)
			}
		}
	}
	return nil
}
