package standby

import (
	"bytes"
	"errors"
	"fmt"

	"kessai.dev/kessai/internal/ledger"
)

// batch proves records and seals, and takes those that the books do not have yet.
func (f *Follow) batch(b *batch) error {
	if b.after > f.at.after {
		return f.damage(f.number, fmt.Errorf("records %d to %d are missing", f.at.after+1, b.after))
	}
	if b.end.after < f.at.after || b.end.after == f.at.after && len(b.records) > 0 {
		return f.same(b)
	}
	p := &proof{follow: f, at: f.at, sealed: f.sealed, seals: b.seals}
	if err := p.sealsHere(); err != nil {
		return f.damage(f.number, err)
	}
	for i, encoded := range b.records {
		seq := b.after + uint64(i) + 1 //nolint:gosec // an index
		if seq <= f.at.after {
			continue
		}
		past, err := p.record(seq, encoded)
		if err != nil {
			return f.damage(f.number, err)
		}
		if past {
			f.reached = true
			break
		}
	}
	if !f.reached && p.at != b.end {
		return f.damage(f.number, errors.New("the records do not add up to the hash that was shipped with them"))
	}
	if err := f.books.PutBatch(p.records, p.taken); err != nil {
		return err
	}
	f.at, f.sealed = p.at, p.sealed
	return nil
}

// same holds a batch that was taken before against what is there.
func (f *Follow) same(b *batch) error {
	have, err := f.books.Record(b.end.after)
	if err != nil {
		return err
	}
	if n := len(b.records); n > 0 && !bytes.Equal(have, b.records[n-1]) {
		return f.damage(f.number, fmt.Errorf("record %d is another one than the one taken before", b.end.after))
	}
	return nil
}

// proof is a batch being proved.
type proof struct {
	follow  *Follow
	at      mark
	sealed  ledger.Hash
	seals   [][]byte
	records []ledger.Numbered
	taken   [][]byte
}

// record proves one record, and the seals of its place. past: it and what follows was made
// after the moment to stop before.
func (p *proof) record(seq uint64, encoded []byte) (past bool, err error) {
	r, err := ledger.Decode(encoded)
	if err != nil {
		return false, fmt.Errorf("record %d: %w", seq, err)
	}
	if until := p.follow.until; !until.IsZero() && r.Previous != ledger.Adjacent { // an entry is never torn apart
		e, err := r.Event()
		if err != nil {
			return false, fmt.Errorf("record %d: %w", seq, err)
		}
		if e.Time.After(until) {
			return true, nil
		}
	}
	before, err := p.before(seq, r)
	if err != nil {
		return false, err
	}
	if !ledger.Linked(before, encoded) {
		return false, fmt.Errorf("record %d does not follow from the payment's record before", seq)
	}
	p.records = append(p.records, ledger.Numbered{Sequence: seq, Encoded: encoded})
	p.at = mark{seq, ledger.Advance(p.at.head, seq, r.Hash)}
	return false, p.sealsHere()
}

// before gives the hash that a record is linked to.
func (p *proof) before(seq uint64, r *ledger.Record) (h ledger.Hash, err error) {
	if r.Number == 1 {
		return h, nil
	}
	at, err := r.Before(seq)
	if err != nil {
		return h, err
	}
	var encoded []byte
	if first := seq - uint64(len(p.records)); at >= first {
		encoded = p.records[at-first].Encoded
	} else if encoded, err = p.follow.books.Record(at); err != nil {
		return h, err
	}
	previous, err := ledger.Decode(encoded)
	if err != nil || previous.Payment != r.Payment || previous.Number != r.Number-1 {
		return h, fmt.Errorf("record %d names record %d as the one before it, which is another's", seq, at)
	}
	return previous.Hash, nil
}

// sealsHere proves the seals of the place that it is at. Those of places before were taken.
func (p *proof) sealsHere() error {
	for len(p.seals) > 0 {
		s, err := ledger.DecodeSeal(p.seals[0])
		if err != nil {
			return err
		}
		if s.Sequence > p.at.after {
			return nil
		}
		encoded := p.seals[0]
		p.seals = p.seals[1:]
		if s.Sequence < p.at.after || ledger.SealHash(encoded) == p.sealed {
			continue
		}
		if err := s.Check(p.follow.public, p.at.head, p.sealed); err != nil {
			return fmt.Errorf("seal of record %d: %w", s.Sequence, err)
		}
		p.taken, p.sealed = append(p.taken, encoded), ledger.SealHash(encoded)
	}
	return nil
}
