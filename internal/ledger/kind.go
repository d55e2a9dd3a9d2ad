package ledger

import (
	"bytes"

	"kessai.dev/kessai/internal/payment"
)

// kindMark stands before the kind in the JSON of an event. Nothing before it can
// look like it: an id, a number and a time.
var kindMark = []byte(`,"k":"`)

// maxBeforeKind is how far into an event its kind begins at most.
const maxBeforeKind = 128

// Kind gives the kind of the record's event without taking all of it apart, which
// costs fifty times as much: who reads the journal passes over most of it.
func (r *Record) Kind() (payment.Kind, error) {
	head := r.Body[:min(len(r.Body), maxBeforeKind)]
	if _, rest, ok := bytes.Cut(head, kindMark); ok {
		if kind, _, ok := bytes.Cut(rest, []byte{'"'}); ok && bytes.IndexByte(kind, '\\') < 0 {
			return payment.Kind(kind), nil
		}
	}
	e, err := r.Event()
	return e.Kind, err
}
