package payment

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The time in an id is the one it was made at; client secrets die by it (promise 6).
func TestIDTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ms := rapid.Int64Range(0, 1<<45-1).Draw(t, "ms")
		id := NewID(time.UnixMilli(ms), rapid.Uint64().Draw(t, "random"))
		if got := id.Time().UnixMilli(); got != ms {
			t.Fatalf("NewID at %d says %d", ms, got)
		}
	})
}
