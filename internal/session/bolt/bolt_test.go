package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
	"kessai.dev/kessai/internal/session/sessiontest"
)

type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).UnixNano())
	return c
}

func (c *clock) now() time.Time       { return time.Unix(0, c.at.Load()).UTC() }
func (c *clock) pass(d time.Duration) { c.at.Add(int64(d)) }

func open(t testing.TB, o Options) *Store {
	t.Helper()
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	sessiontest.Run(t, func(t *testing.T) sessiontest.Fixture {
		c := newClock()
		o := Options{Path: filepath.Join(t.TempDir(), "session.db"), Clock: c.now}
		s := open(t, o)
		return sessiontest.Fixture{
			Store: s, Now: c.now, Pass: c.pass,
			Crash: func(t *testing.T) session.Store {
				// What a killed process leaves is the file as last committed.
				data, err := os.ReadFile(o.Path)
				if err != nil {
					t.Fatal(err)
				}
				left := filepath.Join(t.TempDir(), "session.db")
				if err := os.WriteFile(left, data, 0o600); err != nil {
					t.Fatal(err)
				}
				return open(t, Options{Path: left, Clock: c.now})
			},
		}
	})
}

// One process only: the second is told so, not left waiting.
func TestSecondProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "session.db")
	open(t, Options{Path: path})
	if _, err := Open(Options{Path: path}); err == nil || !strings.Contains(err.Error(), "in use by another process") {
		t.Fatalf("second Open = %v", err)
	}
}

// A file that is none of ours is named, with what to do.
func TestForeignFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "session.db")
	if err := os.WriteFile(path, []byte("not a database, and long enough to be looked at"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Options{Path: path}); err == nil || !strings.Contains(err.Error(), "may be moved away") {
		t.Fatalf("Open = %v", err)
	}
}

// P42: whoever reads the file cannot answer a challenge.
func TestFileHoldsNoID(t *testing.T) {
	path := filepath.Join(t.TempDir(), "session.db")
	s := open(t, Options{Path: path, Clock: newClock().now})
	const id = "CanaryChallengeIdentifier"
	if err := s.Open(context.Background(), session.Challenge{ID: id, Step: session.StepWaiting}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), id) {
		t.Error("the id of a challenge lies in the file")
	}
}

// Finished claims are bounded in number, the oldest going first, whatever the
// load; what is running stays.
func TestClaimsBounded(t *testing.T) {
	ctx, c := context.Background(), newClock()
	const kept = 4 * shards
	s := open(t, Options{Path: filepath.Join(t.TempDir(), "session.db"), Clock: c.now, MaxClaims: kept})
	first := session.Key{Value: "running"}
	if status, err := s.Claim(ctx, first); err != nil || !status.Claimed {
		t.Fatal(status, err)
	}
	id := payment.NewID(c.now(), 1)
	for i := range 20 * kept {
		if err := s.Finish(ctx, session.Key{Value: fmt.Sprint(i)}, id); err != nil {
			t.Fatal(err)
		}
	}
	held := 0
	for i := range s.claims.shards {
		sh := &s.claims.shards[i]
		held += len(sh.held)
		if len(sh.aging) > 4*sh.maximum {
			t.Errorf("shard %d keeps a line of %d for %d claims", i, len(sh.aging), sh.maximum)
		}
	}
	if held > kept+1 {
		t.Errorf("%d claims kept, want at most %d", held, kept+1)
	}
	if status, err := s.Claim(ctx, first); err != nil || !status.Running {
		t.Errorf("the running claim = %+v, %v", status, err)
	}
	if status, err := s.Claim(ctx, session.Key{Value: fmt.Sprint(20*kept - 1)}); err != nil || status.Payment != id {
		t.Errorf("the newest finished claim = %+v, %v", status, err)
	}
}

// Claims that a panic left behind do not pile up.
func TestAbandonedClaimsGo(t *testing.T) {
	ctx, c := context.Background(), newClock()
	s := open(t, Options{Path: filepath.Join(t.TempDir(), "session.db"), Clock: c.now})
	const each = 50 * shards
	for round := range 20 {
		for i := range each {
			if _, err := s.Claim(ctx, session.Key{Value: fmt.Sprint(round, " ", i)}); err != nil {
				t.Fatal(err)
			}
		}
		c.pass(session.PendingTTL)
	}
	held, counted := 0, 0
	for i := range s.claims.shards {
		held += len(s.claims.shards[i].held)
		counted += s.claims.shards[i].running
	}
	if held > 4*each || held != counted {
		t.Errorf("%d running claims are kept (%d counted), %d could be alive", held, counted, each)
	}
}

// Challenges past their time leave the file as others come, so that it does
// not grow with the years.
func TestSweep(t *testing.T) {
	ctx, c := context.Background(), newClock()
	path := filepath.Join(t.TempDir(), "session.db")
	s := open(t, Options{Path: path, Clock: c.now})
	const each = 200
	for day := range 6 {
		for i := range each {
			// One at a time would be one flush each: write them as the writer would.
			group := challengeWrite(s, session.Challenge{ID: fmt.Sprint(day, " ", i), Step: session.StepWaiting, Expires: c.now().Add(session.ChallengeTTL)})
			s.writes <- group
			if i == each-1 {
				if err := <-group.done; err != nil {
					t.Fatal(err)
				}
			}
		}
		c.pass(24 * time.Hour)
	}
	for range 10 { // a few more commits take out what is left
		err := s.Advance(ctx, "nothing", session.StepWaiting, session.StepDone)
		if !errors.Is(err, session.ErrNotFound) {
			t.Fatal(err)
		}
	}
	if challenges, expiry := count(t, s); challenges != 0 || expiry != 0 {
		t.Errorf("%d challenges and %d times are left", challenges, expiry)
	}
}

// Many callers share a flush, and each gets its own answer.
func BenchmarkOpenChallenge(b *testing.B) {
	s := open(b, Options{Path: filepath.Join(b.TempDir(), "session.db")})
	var n atomic.Int64
	b.SetParallelism(512)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			c := session.Challenge{ID: fmt.Sprint(n.Add(1)), Step: session.StepWaiting}
			if err := s.Open(context.Background(), c); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkClaimFinish(b *testing.B) {
	s := open(b, Options{Path: filepath.Join(b.TempDir(), "session.db")})
	var n atomic.Int64
	id := payment.NewID(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), 1)
	b.SetParallelism(512)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			key := session.Key{Method: "CreatePayment", Value: fmt.Sprint(n.Add(1))}
			if _, err := s.Claim(context.Background(), key); err != nil {
				b.Fatal(err)
			}
			if err := s.Finish(context.Background(), key, id); err != nil {
				b.Fatal(err)
			}
		}
	})
}
