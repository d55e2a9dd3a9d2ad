package ledger

import "kessai.dev/kessai/internal/payment"

// Folded is a payment as the records that were read add up to, and where its chain ends.
type Folded struct {
	Payment *payment.Payment
	Head    Head
}

// Extend applies the payment's next record, which must follow in its chain; f stays as it
// is.
func (f Folded) Extend(seq uint64, encoded []byte) (Folded, error) {
	r, err := Decode(encoded)
	if err != nil {
		return f, &Fault{Sequence: seq, What: err.Error()}
	}
	if r.Number != f.Head.Version+1 || !Linked(f.Head.Hash, encoded) {
		return f, &Fault{Sequence: seq, Payment: r.Payment, What: "does not follow from the record before"}
	}
	event, err := r.Event()
	if err != nil {
		return f, err
	}
	p, err := payment.Apply(f.Payment, &event)
	if err != nil {
		return f, err
	}
	return Folded{Payment: p, Head: Head{Version: r.Number, Sequence: seq, Hash: r.Hash}}, nil
}
