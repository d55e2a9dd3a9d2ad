package ledger

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// Seal vouches for the journal from its first record to Sequence: Head is the
// running hash over all of them, Before the hash of the seal before (zero:
// none), and the signature covers everything.
type Seal struct {
	Sequence  uint64
	Time      time.Time
	Head      Hash
	Before    Hash
	Signature [ed25519.SignatureSize]byte
}

const (
	sealFormat = 1
	sizeSigned = 1 + 8 + 8 + 2*sha256.Size
	sizeSeal   = sizeSigned + ed25519.SignatureSize
	sealDomain = "kessai seal " // no other signature of this key can be taken for a seal
)

// Advance takes one more record into the running hash.
func Advance(head Hash, seq uint64, record Hash) Hash {
	var b [2*sha256.Size + 8]byte
	copy(b[:], head[:])
	binary.BigEndian.PutUint64(b[sha256.Size:], seq)
	copy(b[sha256.Size+8:], record[:])
	return sha256.Sum256(b[:])
}

// Sign completes the seal and gives its bytes.
func (s *Seal) Sign(key ed25519.PrivateKey) []byte {
	b := s.signed()
	s.Signature = [ed25519.SignatureSize]byte(ed25519.Sign(key, append([]byte(sealDomain), b...)))
	return append(b, s.Signature[:]...)
}

func (s *Seal) signed() []byte {
	b := append(make([]byte, 0, sizeSeal), sealFormat)
	b = binary.BigEndian.AppendUint64(b, s.Sequence)
	b = binary.BigEndian.AppendUint64(b, uint64(s.Time.UnixNano()))
	b = append(b, s.Head[:]...)
	return append(b, s.Before[:]...)
}

// DecodeSeal reads a seal. It does not look at the signature.
func DecodeSeal(b []byte) (*Seal, error) {
	if len(b) != sizeSeal || b[0] != sealFormat {
		return nil, fmt.Errorf("no seal of a known format: %d bytes", len(b))
	}
	s := &Seal{
		Sequence: binary.BigEndian.Uint64(b[1:]),
		Time:     time.Unix(0, int64(binary.BigEndian.Uint64(b[9:]))).UTC(),
	}
	copy(s.Head[:], b[17:])
	copy(s.Before[:], b[17+sha256.Size:])
	copy(s.Signature[:], b[sizeSigned:])
	return s, nil
}

// SealHash is what the next seal's Before says of this one.
func SealHash(encoded []byte) Hash { return sha256.Sum256(encoded) }

// Check reports whether the seal was signed with key and follows from the
// running hash and the seal before.
func (s *Seal) Check(key ed25519.PublicKey, head, before Hash) error {
	switch {
	case len(key) != ed25519.PublicKeySize:
		return errors.New("the books hold no public key")
	case !ed25519.Verify(key, append([]byte(sealDomain), s.signed()...), s.Signature[:]):
		return errors.New("signature of the seal is wrong")
	case s.Before != before:
		return errors.New("a seal before this one is missing or changed")
	case s.Head != head:
		return errors.New("the records are not those that were sealed")
	}
	return nil
}
