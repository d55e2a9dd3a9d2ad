package redis

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
	"kessai.dev/kessai/internal/session/sessiontest"
)

var ctx = context.Background()

func TestStore(t *testing.T) {
	srv := newServer(t, false)
	houses := 0
	sessiontest.Run(t, func(t *testing.T) sessiontest.Fixture {
		houses++
		prefix, c, raw := fmt.Sprint("house", houses), newClock(), srv.raw(t)
		o := Options{URL: srv.url(), Prefix: prefix, Clock: c.now}
		s := open(t, o)
		return sessiontest.Fixture{
			Store: s, Now: c.now,
			Pass: func(d time.Duration) { c.pass(t, prefix, d, raw) },
			Crash: func(t *testing.T) session.Store {
				killed(t, s)
				return open(t, o)
			},
		}
	})
}

// Two processes on one Redis: one claim between them, and what one finishes the
// other knows (P05).
func TestTwoProcesses(t *testing.T) {
	srv := newServer(t, false)
	a, b := open(t, Options{URL: srv.url()}), open(t, Options{URL: srv.url()})
	claim(t, a, key("k"), claimed)
	claim(t, b, key("k"), running)
	must(t, b.Release(ctx, key("k"))) // not b's to give
	claim(t, b, key("k"), running)
	id := payment.NewID(newClock().now(), 7)
	must(t, a.Finish(ctx, key("k"), id))
	claim(t, b, key("k"), session.Status{Payment: id})
}

// P06: a dead owner's claim is taken over, once it is old enough to be sure,
// and by one process only.
func TestTakeOver(t *testing.T) {
	srv := newServer(t, false)
	raw, c := srv.raw(t), newClock()
	o := Options{URL: srv.url(), Clock: c.now}
	dead, a, b := open(t, o), open(t, o), open(t, o)
	claim(t, dead, key("k"), claimed)
	killed(t, dead)
	claim(t, a, key("k"), running) // too young: its owner may not have had time for a heartbeat
	c.pass(t, "kessai", heartTTL, raw)
	claim(t, a, key("k"), claimed)
	claim(t, b, key("k"), running)
}

// P07, P08: FLUSHALL in the middle. Claims and challenges are gone, as the
// contract allows; nothing fails, and no living process's claim is taken for a
// dead one's.
func TestFlushInTheMiddle(t *testing.T) {
	srv := newServer(t, false)
	raw := srv.raw(t)
	a, b := open(t, Options{URL: srv.url()}), open(t, Options{URL: srv.url()})
	claim(t, a, key("before"), claimed)
	must(t, a.Open(ctx, session.Challenge{ID: "c", Step: session.StepWaiting}))
	must(t, raw.FlushAll(ctx).Err())

	// a's heartbeat is gone with the rest and yet its new claim is its own.
	claim(t, a, key("after"), claimed)
	claim(t, b, key("after"), running)

	if err := a.Advance(ctx, "c", session.StepWaiting, session.StepReturned); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("Advance after a wipe = %v", err)
	}
	must(t, a.Release(ctx, key("before")))
	id := payment.NewID(newClock().now(), 7)
	must(t, a.Finish(ctx, key("before"), id))
	claim(t, b, key("before"), session.Status{Payment: id})
	must(t, a.Health(ctx))
	if n, err := raw.Exists(ctx, a.signs[0]).Result(); err != nil || n != 1 {
		t.Errorf("no heartbeat after Health: %d, %v", n, err)
	}
}

// P08: kill -9 of Redis, and a restart with nothing. Calls fail, soon without
// being sent; Health tells both ends of it.
func TestRedisDies(t *testing.T) {
	srv := newServer(t, false)
	s := open(t, Options{URL: srv.url()})
	claim(t, s, key("k"), claimed)
	srv.wipe(t)
	down := 0
	for range tolerance + 2 {
		status, err := s.Claim(ctx, key("k"))
		if err == nil {
			t.Fatalf("Claim of a dead Redis = %+v", status)
		}
		if errors.Is(err, ErrDown) {
			down++
		}
	}
	if down < 2 {
		t.Errorf("%d calls were answered without asking, want at least 2", down)
	}
	if err := s.Health(ctx); err == nil {
		t.Error("Health of a dead Redis: want an error")
	}
	if err := s.Finish(ctx, key("k"), payment.NewID(newClock().now(), 7)); !errors.Is(err, ErrDown) {
		t.Errorf("Finish = %v", err)
	}
	srv.start(t)
	must(t, s.Health(ctx)) // the probe closes the circuit
	claim(t, s, key("k"), claimed)
}

// P08: a Redis that hangs costs a bounded time, then none.
func TestRedisHangs(t *testing.T) {
	srv := newServer(t, false)
	s := open(t, Options{URL: srv.url(), Timeout: 250 * time.Millisecond})
	claim(t, s, key("k"), claimed)
	srv.signal(t, syscall.SIGSTOP)
	for range tolerance + 1 {
		if status, err := s.Claim(ctx, key("other")); err == nil {
			t.Fatalf("Claim of a hanging Redis = %+v", status)
		}
	}
	if _, err := s.Claim(ctx, key("other")); !errors.Is(err, ErrDown) {
		t.Errorf("Claim = %v, want %v", err, ErrDown)
	}
	srv.signal(t, syscall.SIGCONT)
	srv.answers(t)
	must(t, s.Health(ctx))
	claim(t, s, key("k"), running)
}

// P08: the shop opens while Redis is down.
func TestOpenWithoutRedis(t *testing.T) {
	srv := newServer(t, false)
	srv.kill()
	s := open(t, Options{URL: srv.url()})
	if _, err := s.Claim(ctx, key("k")); err == nil {
		t.Error("Claim without Redis: want an error")
	}
	srv.start(t)
	must(t, s.Health(ctx))
	claim(t, s, key("k"), claimed)
}

// A claim whose answer was lost is nobody's: the next caller in this process
// has it at once, other processes after the next heartbeat.
func TestLostAnswer(t *testing.T) {
	srv := newServer(t, false)
	lossy := &wire{}
	s := open(t, Options{URL: lossy.listen(t, srv.socket()), Timeout: 500 * time.Millisecond})
	other := open(t, Options{URL: srv.url()})
	still(t, s)
	claim(t, s, key("first"), claimed) // so that the connection stands
	lose := func(k session.Key) {
		t.Helper()
		lossy.deaf.Store(true)
		if status, err := s.Claim(ctx, k); err == nil {
			t.Fatalf("Claim without an answer = %+v", status)
		}
		lossy.deaf.Store(false)
	}
	lose(key("mine"))
	claim(t, other, key("mine"), running) // it did arrive
	claim(t, s, key("mine"), claimed)
	must(t, s.Health(ctx)) // beats, and gives back what is in doubt, and only that
	still(t, s)
	claim(t, other, key("mine"), running)

	lose(key("theirs"))
	must(t, s.Health(ctx))
	claim(t, other, key("theirs"), claimed)
}

// Nothing that a shop or a browser sent lies in Redis in clear (P42).
func TestKeysHoldNoSecret(t *testing.T) {
	srv := newServer(t, false)
	s := open(t, Options{URL: srv.url()})
	const canary = "CanaryCanaryCanary"
	claim(t, s, key(canary), claimed)
	must(t, s.Open(ctx, session.Challenge{ID: canary, Step: session.StepWaiting}))
	must(t, s.Advance(ctx, canary, session.StepWaiting, session.StepReturned))
	raw := srv.raw(t)
	names, err := raw.Keys(ctx, "*").Result()
	must(t, err)
	if len(names) < 3 {
		t.Fatalf("only %d keys: %q", len(names), names)
	}
	for _, name := range names {
		dump, err := raw.Dump(ctx, name).Result()
		must(t, err)
		if strings.Contains(name+dump, canary) {
			t.Errorf("%s shows what was sent", name)
		}
		if ttl, err := raw.PTTL(ctx, name).Result(); err != nil || ttl <= 0 || ttl > session.ClaimTTL {
			t.Errorf("%s lives %v (%v); everything here must lapse", name, ttl, err)
		}
	}
}

// A value that no kessai wrote is an error, never a payment and never a claim.
func TestForeignValue(t *testing.T) {
	srv := newServer(t, false)
	s, raw := open(t, Options{URL: srv.url()}), srv.raw(t)
	for _, value := range []string{"x", "r:", "r:owner", "r:owner:x", " "} {
		must(t, raw.Set(ctx, s.claimKey(key("k")), value, time.Minute).Err())
		if status, err := s.Claim(ctx, key("k")); !errors.Is(err, errForeign) {
			t.Errorf("value %q: Claim = %+v, %v; want %v", value, status, err, errForeign)
		}
	}
}

// Claims that a panic left behind do not pile up.
func TestAbandonedClaimsGo(t *testing.T) {
	c := newClock()
	o := newOwn(c.now)
	for round := range 10 {
		for i := range leastSweep {
			k := key(fmt.Sprint(round, i))
			o.settle(o.ask(), k, k.Value, true)
		}
		c.at.Add(int64(session.PendingTTL))
	}
	if len(o.won) > 3*leastSweep || len(o.asking) != 0 {
		t.Errorf("%d claims and %d questions are kept, at most %d could be alive", len(o.won), len(o.asking), leastSweep)
	}
	for range 2 * maxDoubtful {
		o.doubt(ghost{"n", "v"})
	}
	if len(o.takeDoubtful()) != maxDoubtful || len(o.takeDoubtful()) != 0 {
		t.Error("doubtful claims are not bounded")
	}
}

// Two processes never take one name: without randomness there is no store.
func TestOpenWithoutRandomness(t *testing.T) {
	if _, err := Open(ctx, Options{URL: "unix:///nowhere", Random: strings.NewReader("short")}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("Open = %v", err)
	}
}

// Over TCP, as in life.
func TestTCP(t *testing.T) {
	srv := newServer(t, true)
	s := open(t, Options{URL: "redis://" + srv.address() + "/2?pool_size=4"})
	must(t, s.Health(ctx))
	claim(t, s, key("k"), claimed)
	claim(t, s, key("k"), running)
}

func benchmarkClaims(b *testing.B, callers int) {
	srv := newServer(b, true)
	s := open(b, Options{URL: "redis://" + srv.address()})
	var n atomic.Int64
	id := payment.NewID(newClock().now(), 7)
	before := cpu(b)
	b.SetParallelism(callers) // times two cores or whatever there is
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			k := key(fmt.Sprint(n.Add(1)))
			if _, err := s.Claim(ctx, k); err != nil {
				b.Error(err)
				return
			}
			if err := s.Finish(ctx, k, id); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64((cpu(b)-before).Microseconds())/float64(b.N), "cpu-µs/op")
}

// cpu is what this process has used so far.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Claim and Finish, by how many call at once.
func BenchmarkClaims(b *testing.B) {
	for _, callers := range []int{1, 8, 32, 128, 512} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) { benchmarkClaims(b, callers) })
	}
}
