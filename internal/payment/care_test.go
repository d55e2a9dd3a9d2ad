package payment

import (
	"testing"
	"time"
)

// P28: the oldest question counts, of whichever attempt; an answered one does not.
func TestOpenSince(t *testing.T) {
	asked := func(minutes int) Attempt {
		return Attempt{Open: &Question{Asked: noon.Add(time.Duration(minutes) * time.Minute)}}
	}
	for name, c := range map[string]struct {
		attempts []Attempt
		want     time.Time
	}{
		"no attempt":         {},
		"all answered":       {attempts: []Attempt{{}, {}}},
		"one open":           {attempts: []Attempt{{}, asked(2)}, want: noon.Add(2 * time.Minute)},
		"the first is older": {attempts: []Attempt{asked(1), {}, asked(2)}, want: noon.Add(time.Minute)},
		"the last is older":  {attempts: []Attempt{asked(2), asked(1)}, want: noon.Add(time.Minute)},
	} {
		if got := (&Payment{Attempts: c.attempts}).OpenSince(); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
