package rounds

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/shop"
)

type rig struct {
	*Rounds
	now  time.Time
	did  []string
	fail bool
}

func at(s string) time.Time {
	t, err := time.ParseInLocation("01-02 15:04", s, shop.Tokyo)
	if err != nil {
		panic(err)
	}
	return t.AddDate(2026, 0, 0)
}

// open begins rounds at a time, with what the file remembers.
func open(t *testing.T, path, now string) *rig {
	t.Helper()
	r := prepare(File(path), now)
	if err := r.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

// prepare makes rounds that do not begin yet.
func prepare(m Memory, now string) *rig {
	r := &rig{now: at(now)}
	round := func(name string, every, at time.Duration) Round {
		return Round{Name: name, Every: every, At: at, Run: func(context.Context) error {
			if r.did = append(r.did, name); r.fail {
				return errors.New("the provider is away")
			}
			return nil
		}}
	}
	r.Rounds = New(Options{Clock: func() time.Time { return r.now }, Logger: slog.New(slog.DiscardHandler), Memory: m},
		round("often", 10*time.Minute, 0), round("nightly", 0, 3*time.Hour+10*time.Minute))
	return r
}

// to lets the clock go to a time, minute by minute, and gives what was done.
func (r *rig) to(t *testing.T, when string) string {
	t.Helper()
	r.did = nil
	for end := at(when); r.now.Before(end); {
		r.now = r.now.Add(time.Minute)
		r.Tick(t.Context())
	}
	return strings.Join(r.did, " ")
}

// P84: a daily round has its hour in Japan, each day once; another one its
// interval. Nothing is done at the first start.
func TestTimes(t *testing.T) {
	r := open(t, "", "11-24 02:55")
	for _, step := range []struct{ to, want string }{
		{"11-24 03:04", ""}, {"11-24 03:05", "often"}, {"11-24 03:09", ""}, {"11-24 03:10", "nightly"}, {"11-24 03:16", "often"},
	} {
		if got := r.to(t, step.to); got != step.want {
			t.Errorf("by %s: %q, want %q", step.to, got, step.want)
		}
	}
	if got := strings.Count(r.to(t, "11-27 03:09"), "nightly"); got != 2 {
		t.Errorf("%d nights", got)
	}
	if got := r.next["nightly"]; !got.Equal(at("11-27 03:10")) {
		t.Errorf("next at %s", got)
	}
}

// A night that was slept through is made up for after the start, once; one that
// was done is not repeated.
func TestRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rounds.json")
	open(t, path, "11-24 02:00").to(t, "11-24 03:30")
	if got := open(t, path, "11-24 03:31").to(t, "11-24 03:32"); got != "" {
		t.Errorf("done again: %s", got)
	}
	if got := open(t, path, "11-26 12:00").to(t, "11-26 12:05"); strings.Count(got, "nightly") != 1 || strings.Count(got, "often") != 1 {
		t.Errorf("after two days: %q", got)
	}
	if got := open(t, path, "11-20 12:00").to(t, "11-20 12:10"); got != "often" {
		t.Errorf("after the clock was set back: %q", got)
	}
}

// What failed is tried again, and does not count as done.
func TestFailure(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rounds.json")
	r := open(t, path, "11-24 03:09")
	r.fail = true
	if got := strings.Count(r.to(t, "11-24 03:31"), "nightly"); got != 3 {
		t.Errorf("tried %d times in 21 minutes", got)
	}
	r.fail = false
	if got := strings.Count(r.to(t, "11-25 03:00"), "nightly"); got != 1 {
		t.Errorf("done %d times", got)
	}
}

// A file that a crash tore is begun anew.
func TestTornFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rounds.json")
	open(t, path, "11-24 02:00")
	if err := os.WriteFile(path, []byte(`{"often":"2026-11-`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := open(t, path, "11-24 03:00").to(t, "11-24 03:10"); got != "nightly often" && got != "often nightly" {
		t.Errorf("%q", got)
	}
}
