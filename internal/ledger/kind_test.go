package ledger

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/payment"
)

// TestKind: the short way to a record's kind and the long one agree, whatever the
// event holds and however long what stands before the kind is (R41).
func TestKind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := payment.Event{
			Sequence: rapid.IntRange(1, 1<<30).Draw(t, "sequence"),
			Time:     time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC(),
			Kind:     payment.Kind(rapid.String().Draw(t, "kind")),
			Actor:    rapid.String().Draw(t, "actor"),
			Request:  &payment.Request{Key: `,"k":"captured"`},
		}
		if rapid.Bool().Draw(t, "first") {
			e.ID, e.Sequence = payment.NewID(e.Time, 1), 1
		}
		body, err := encodeEvent(nil, &e)
		if err != nil {
			t.Fatal(err)
		}
		r := Record{Payment: e.ID, Number: e.Sequence, Body: body}
		long, err := r.Event()
		if err != nil {
			t.Fatal(err)
		}
		if kind, err := r.Kind(); err != nil || kind != long.Kind {
			t.Fatalf("%q, %v, want %q: %s", kind, err, long.Kind, body)
		}
	})
	if _, err := (&Record{Number: 1, Body: []byte(strings.Repeat("x", 300))}).Kind(); err == nil {
		t.Error("a kind of nothing")
	}
}
