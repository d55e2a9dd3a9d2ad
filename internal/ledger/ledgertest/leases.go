package ledgertest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
)

// OpenLeases opens books that are shared once more, as another process does. Die ends
// that process without a word.
type OpenLeases func(t testing.TB) (shared ledger.Leases, die func())

// RunLeases runs the suite of ledger.Leases.
func RunLeases(t *testing.T, open OpenLeases) {
	for name, test := range map[string]func(*testing.T, OpenLeases){
		"Turns": leaseTurns, "Died": leaseDied, "One": leaseOne, "Kept": leaseKept,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

// turn takes a lease that must be free.
func turn(t *testing.T, l ledger.Leases, name string, ttl time.Duration) ledger.Lease {
	t.Helper()
	held, ours, err := l.Hold(t.Context(), name, ttl)
	if err != nil || !ours {
		t.Fatalf("%s: ours %v, %v", name, ours, err)
	}
	return held
}

// taken tries to take a lease that another process has.
func taken(t *testing.T, l ledger.Leases, name string) {
	t.Helper()
	if _, ours, err := l.Hold(t.Context(), name, time.Minute); err != nil || ours {
		t.Fatalf("%s is held twice: %v", name, err)
	}
}

func isLost(l ledger.Lease) bool {
	select {
	case <-l.Lost():
		return true
	default:
		return false
	}
}

// leaseTurns: one holder at a time, names apart, numbers that grow, and given back at
// once.
func leaseTurns(t *testing.T, open OpenLeases) {
	a, _ := open(t)
	b, _ := open(t)
	first := turn(t, a, "sweep", time.Minute)
	taken(t, b, "sweep")
	taken(t, a, "sweep")
	other := turn(t, b, "rounds", time.Minute)
	if isLost(first) || isLost(other) || first.Number() == 0 {
		t.Error("lost without reason")
	}
	for range 2 {
		if err := first.Release(t.Context()); err != nil || !isLost(first) {
			t.Errorf("released: %v", err)
		}
	}
	second := turn(t, b, "sweep", time.Minute)
	if second.Number() <= first.Number() {
		t.Errorf("turn %d follows turn %d", second.Number(), first.Number())
	}
	if err := first.Release(t.Context()); err != nil || isLost(second) { // it is not the first one's any more
		t.Errorf("%v", err)
	}
	taken(t, a, "sweep")
}

// leaseDied: what a dead process held is free once its time is over, and not before it
// knows that it has lost it.
func leaseDied(t *testing.T, open OpenLeases) {
	a, die := open(t)
	b, _ := open(t)
	held := turn(t, a, "sweep", time.Second)
	die()
	for {
		next, ours, err := b.Hold(t.Context(), "sweep", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if ours {
			if !isLost(held) {
				t.Error("two processes hold it, and neither knows")
			}
			if next.Number() <= held.Number() {
				t.Errorf("turn %d follows turn %d", next.Number(), held.Number())
			}
			return
		}
	}
}

// leaseOne: of many who try at once one gets it, again and again.
func leaseOne(t *testing.T, open OpenLeases) {
	var shared []ledger.Leases
	for range 3 {
		l, _ := open(t)
		shared = append(shared, l)
	}
	var holding, turns atomic.Int32
	var wg sync.WaitGroup
	for i := range 9 {
		wg.Go(func() {
			for turns.Load() < 30 {
				held, ours, err := shared[i%3].Hold(context.Background(), "one", time.Minute)
				if err != nil {
					t.Error(err)
					return
				}
				if !ours {
					continue
				}
				if n := holding.Add(1); n != 1 {
					t.Errorf("%d hold it", n)
				}
				turns.Add(1)
				holding.Add(-1)
				if err := held.Release(context.Background()); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// leaseKept: a lease is renewed for as long as its holder lives, well beyond its time.
func leaseKept(t *testing.T, open OpenLeases) {
	a, _ := open(t)
	b, _ := open(t)
	held := turn(t, a, "kept", time.Second)
	beyond := time.After(2500 * time.Millisecond)
	for n := 0; ; n++ {
		taken(t, b, "kept")
		select {
		case <-held.Lost():
			t.Fatal(fmt.Sprint("lost after it was asked for ", n, " times"))
		case <-beyond:
			return
		default:
		}
	}
}
