package ledger

import (
	"errors"
	"fmt"
	"sync"

	"kessai.dev/kessai/internal/payment"
)

// Check reports what is wrong with an entry in itself. Every implementation
// refuses such an entry before it touches the books.
func (e *Entry) Check() error {
	n := len(e.Events)
	switch {
	case !e.Payment.Valid():
		return fmt.Errorf("ledger: %q is no payment", string(e.Payment))
	case n == 0:
		return errors.New("ledger: an entry without events")
	case e.Version < 0:
		return fmt.Errorf("ledger: version %d", e.Version)
	case e.After == nil || e.After.ID != e.Payment || e.After.Version != e.Version+n:
		return errors.New("ledger: After is not the payment after the events")
	case len(e.Claims) > MaxClaims:
		return fmt.Errorf("ledger: %d claims", len(e.Claims))
	}
	for i := range e.Events {
		if e.Events[i].Sequence != e.Version+i+1 {
			return fmt.Errorf("ledger: event %d after version %d", e.Events[i].Sequence, e.Version)
		}
	}
	return e.checkClaims()
}

func (e *Entry) checkClaims() error {
	for i := range e.Claims {
		c := &e.Claims[i]
		if c.Over != nil && (!c.Over.Payment.Valid() || c.Over.Version < 1) {
			return fmt.Errorf("ledger: a claim over %q at version %d", string(c.Over.Payment), c.Over.Version)
		}
		for _, d := range e.Claims[:i] {
			if d.Key == c.Key {
				return fmt.Errorf("ledger: two claims of one key of kind %c", c.Key.Kind)
			}
		}
	}
	return nil
}

// Hides reports which keys the entry needs: whether an event of it has personal
// data, and the number of its first event with a secret of 3-D Secure, 0 if it
// has none.
func (e *Entry) Hides() (personal bool, secret int) {
	for i := range e.Events {
		event := &e.Events[i]
		switch {
		case len(event.Private) == 0:
		case !event.Secret():
			personal = true
		case secret == 0:
			secret = event.Sequence
		}
	}
	return personal, secret
}

// Records encodes the entry's events, linked to head and to one another. A
// private part whose key is nil is left out: the payment is erased. It returns
// an error when an event is too large. The hash of the last record comes second.
func (e *Entry) Records(head Head, keys Keys) ([][]byte, Hash, error) {
	records := make([][]byte, len(e.Events))
	scratch, _ := bodies.Get().(*[]byte)
	defer bodies.Put(scratch)
	before, previous := head.Hash, head.Sequence
	for i := range e.Events {
		r, err := e.record(i, keys, (*scratch)[:0])
		if err != nil {
			return nil, Hash{}, err
		}
		*scratch, r.Previous = r.Body, previous
		records[i] = r.Encode(before)
		before, previous = r.Hash, Adjacent
	}
	return records, before, nil
}

// bodies are buffers for an event's JSON, which Record.Encode copies.
var bodies = sync.Pool{New: func() any { b := make([]byte, 0, 1<<10); return &b }}

// record makes the record of event i, with its body in scratch.
func (e *Entry) record(i int, keys Keys, scratch []byte) (*Record, error) {
	event := &e.Events[i]
	body, err := encodeEvent(scratch, event)
	if err != nil {
		return nil, fmt.Errorf("ledger: event %d of %s: %w", event.Sequence, e.Payment, err)
	}
	r := &Record{Payment: e.Payment, Number: event.Sequence, Body: body}
	if len(event.Private) > 0 {
		if key := keys.of(event); key != nil {
			r.Private = key.Encrypt(event.Sequence, event.Private)
		}
	}
	if len(body) > MaxBody || len(r.Private) > MaxPrivate {
		return nil, fmt.Errorf("ledger: event %d of %s is too large", event.Sequence, e.Payment)
	}
	if i == 0 && len(e.Claims) > 0 {
		r.Claims = make([]Claimed, len(e.Claims))
		for j := range e.Claims {
			c := &e.Claims[j]
			r.Claims[j] = Claimed{Kind: c.Key.Kind, Key: c.Key.Digest(), Over: c.Over}
		}
	}
	return r, nil
}

// Walk gives the records of one payment from its last one, in journal order
// backwards, to its first. Read gives the bytes of a record, or nil when there
// is none. It returns an error when the links do not lead to the first event.
func Walk(id payment.ID, head uint64, version int, read func(uint64) []byte, yield func(seq uint64, r *Record, encoded []byte) error) error {
	for seq, n := head, version; n > 0; n-- {
		encoded := read(seq)
		if encoded == nil {
			return &Fault{Sequence: seq, Payment: id, What: fmt.Sprintf("record of event %d is missing", n)}
		}
		r, err := Decode(encoded)
		if err != nil {
			return &Fault{Sequence: seq, Payment: id, What: err.Error()}
		}
		if r.Payment != id || r.Number != n {
			return &Fault{Sequence: seq, Payment: id, What: fmt.Sprintf("expected event %d, found event %d of %s", n, r.Number, r.Payment)}
		}
		if err := yield(seq, r, encoded); err != nil {
			return err
		}
		if seq, err = r.Before(seq); err != nil {
			return err
		}
	}
	return nil
}

// Before is the journal number of the payment's record before the one at seq;
// 0: there is none. It returns an error for a link that does not lead back.
func (r *Record) Before(seq uint64) (uint64, error) {
	p := r.Previous
	if p == Adjacent {
		p = seq - 1
	}
	if p >= seq {
		return 0, &Fault{Sequence: seq, Payment: r.Payment, What: fmt.Sprintf("linked to record %d", p)}
	}
	return p, nil
}
