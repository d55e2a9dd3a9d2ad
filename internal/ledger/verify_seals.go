package ledger

import (
	"crypto/ed25519"
	"fmt"
)

// seal reads the first seal at or after a record; nil: there is none.
func (v *verifier) seal(seq uint64) (*Seal, error) {
	encoded, err := v.book.NextSeal(seq)
	if err != nil || encoded == nil {
		return nil, err
	}
	s, err := DecodeSeal(encoded)
	if err != nil {
		return nil, v.brokenSeal(max(seq, v.report.Records), err)
	}
	if s.Sequence < seq {
		return nil, v.brokenSeal(seq, fmt.Errorf("the seal says it is of record %d", s.Sequence))
	}
	return s, nil
}

// checkSeal checks the seal of the record that was read last, and gives the
// next one.
func (v *verifier) checkSeal(key ed25519.PublicKey, s *Seal) (*Seal, error) {
	if err := s.Check(key, v.report.Head, v.sealed); err != nil {
		return nil, v.brokenSeal(s.Sequence, err)
	}
	v.sealed = SealHash(append(s.signed(), s.Signature[:]...))
	v.report.Seals++
	v.report.Sealed, v.report.SealedAt, v.report.Unsealed = s.Sequence, s.Time, 0
	return v.seal(s.Sequence + 1)
}

// end is reached after the last record: a seal over more than there is means
// that the end was cut off.
func (v *verifier) end(next *Seal) error {
	if next == nil {
		return nil
	}
	return v.brokenSeal(next.Sequence, fmt.Errorf("the journal ends at record %d, but was sealed up to %d", v.report.Records, next.Sequence))
}

func (v *verifier) brokenSeal(seq uint64, err error) error {
	return &Fault{From: v.report.Sealed + 1, Sequence: seq, What: err.Error()}
}
