package session

import (
	"bytes"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/payment"
)

// P42: a challenge's id names its attempt and cannot be made without the key;
// changing any character makes it void.
func TestChallengeID(t *testing.T) {
	ids, others := NewChallengeIDs(bytes.Repeat([]byte{1}, 32)), NewChallengeIDs(bytes.Repeat([]byte{2}, 32))
	rapid.Check(t, func(t *rapid.T) {
		id := payment.NewID(time.UnixMilli(rapid.Int64Range(0, 1<<44).Draw(t, "time")), rapid.Uint64().Draw(t, "random"))
		attempt := rapid.IntRange(1, 255).Draw(t, "attempt")
		s := ids.Of(id, attempt)
		if len(s) != ChallengeIDLength {
			t.Fatalf("id of %d characters", len(s))
		}
		if back, n, ok := ids.Parse(s); !ok || back != id || n != attempt {
			t.Fatalf("%s names %s, %d, %v; want %s, %d", s, back, n, ok, id, attempt)
		}
		if _, _, ok := others.Parse(s); ok {
			t.Fatal("another key takes it")
		}
		b := []byte(s)
		i := rapid.IntRange(0, len(b)-1).Draw(t, "changed")
		if b[i]++; string(b) != s {
			if _, _, ok := ids.Parse(string(b)); ok {
				t.Fatalf("%s is taken for %s", b, s)
			}
		}
	})
}

func FuzzParseChallengeID(f *testing.F) {
	ids := NewChallengeIDs(make([]byte, 32))
	f.Add(ids.Of(payment.NewID(time.UnixMilli(1), 2), 3))
	f.Fuzz(func(t *testing.T, s string) {
		if id, n, ok := ids.Parse(s); ok && ids.Of(id, n) != s {
			t.Fatalf("%q is read as %s, %d, which is written %q", s, id, n, ids.Of(id, n))
		}
	})
}
