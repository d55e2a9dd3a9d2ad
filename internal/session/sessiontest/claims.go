package sessiontest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
	"kessai.dev/kessai/internal/shop"
)

// P05: a double click finds the first call running, then its payment.
func testClaim(t *testing.T, f Fixture) {
	key := keyNamed("a1")
	claim(t, f.Store, key, claimed)
	claim(t, f.Store, key, running)
	must(t, f.Store.Finish(context.Background(), key, paymentA))
	claim(t, f.Store, key, ledTo(paymentA))
	claim(t, f.Store, key, ledTo(paymentA))
}

func testRelease(t *testing.T, f Fixture) {
	ctx, key := context.Background(), keyNamed("a1")
	must(t, f.Store.Release(ctx, key)) // nobody has it: nothing to do
	claim(t, f.Store, key, claimed)
	must(t, f.Store.Release(ctx, key))
	claim(t, f.Store, key, claimed)
	must(t, f.Store.Finish(ctx, key, paymentA))
	must(t, f.Store.Release(ctx, key)) // it has led to a payment: stays
	claim(t, f.Store, key, ledTo(paymentA))
}

func testFinish(t *testing.T, f Fixture) {
	ctx, key := context.Background(), keyNamed("a1")
	must(t, f.Store.Finish(ctx, key, paymentA)) // never claimed, as after a wipe
	claim(t, f.Store, key, ledTo(paymentA))
	must(t, f.Store.Finish(ctx, key, paymentB))
	claim(t, f.Store, key, ledTo(paymentB))
}

// P12: the same key of another shop, environment or call is another key, and
// no two lists of names run into each other.
func testScope(t *testing.T, f Fixture) {
	tenant := func(id shop.ID, e shop.Environment) shop.Tenant { return shop.Tenant{Shop: id, Environment: e} }
	keys := []session.Key{
		{Tenant: tenant("a", shop.Test), Method: "M", Value: "k"},
		{Tenant: tenant("b", shop.Test), Method: "M", Value: "k"},
		{Tenant: tenant("a", shop.Production), Method: "M", Value: "k"},
		{Tenant: tenant("a", shop.Test), Method: "N", Value: "k"},
		{Tenant: tenant("a", shop.Test), Method: "M", Value: "K"},
		{Tenant: tenant("a", shop.Test), Method: "M", Value: "k "},
		{Tenant: tenant("a", shop.Test), Method: "Mk", Value: ""},
		{Tenant: tenant("a", shop.Test), Method: "", Value: "Mk"},
		{Tenant: tenant("a", shop.Test), Method: "M:k", Value: "l"},
		{Tenant: tenant("a", shop.Test), Method: "M", Value: "k:l"},
		{Tenant: tenant("a", shop.Test), Method: "M", Value: "k,1:l"},
		{Tenant: tenant("a", shop.Test), Method: "M", Value: "鍵\x00\r\n{}"},
	}
	for _, key := range keys {
		claim(t, f.Store, key, claimed)
	}
	for _, key := range keys {
		claim(t, f.Store, key, running)
	}
}

// P05: of many at once exactly one has the key, round after round.
func testClaimRace(t *testing.T, f Fixture) {
	const callers, rounds = 32, 40
	for round := range rounds {
		key := keyNamed(fmt.Sprint("race ", round))
		winners, losers := make(chan struct{}, callers), make(chan session.Status, callers)
		together(callers, func(int) {
			switch status, err := f.Store.Claim(context.Background(), key); {
			case err != nil:
				t.Errorf("Claim: %v", err)
			case status.Claimed:
				winners <- struct{}{}
			default:
				losers <- status
			}
		})
		close(losers)
		if len(winners) != 1 {
			t.Fatalf("round %d: %d callers have the key, want 1", round, len(winners))
		}
		for status := range losers {
			if status != running {
				t.Fatalf("round %d: a loser was told %+v", round, status)
			}
		}
		must(t, f.Store.Finish(context.Background(), key, paymentA))
	}
}

// together runs n calls that begin at the same moment.
func together(n int, call func(i int)) {
	var ready, done sync.WaitGroup
	ready.Add(1)
	for i := range n {
		done.Go(func() {
			ready.Wait()
			call(i)
		})
	}
	ready.Done()
	done.Wait()
}

func testClaimsLapse(t *testing.T, f Fixture) {
	ctx := context.Background()
	finished, pending := keyNamed("finished"), keyNamed("pending")
	claim(t, f.Store, finished, claimed)
	must(t, f.Store.Finish(ctx, finished, paymentA))
	claim(t, f.Store, pending, claimed)

	f.Pass(session.PendingTTL - 5*time.Second)
	claim(t, f.Store, pending, running)
	f.Pass(10 * time.Second)
	claim(t, f.Store, pending, claimed) // P06: never stranded
	claim(t, f.Store, finished, ledTo(paymentA))

	f.Pass(session.ClaimTTL)
	claim(t, f.Store, finished, claimed)
}

// P06: kill -9 in flight, and a retry within seconds succeeds.
func testCrash(t *testing.T, f Fixture) {
	flying, finished := keyNamed("flying"), keyNamed("finished")
	claim(t, f.Store, flying, claimed)
	claim(t, f.Store, finished, claimed)
	must(t, f.Store.Finish(context.Background(), finished, paymentA))
	after := f.Crash(t)
	f.Pass(5 * time.Second)
	claim(t, after, flying, claimed)
	claim(t, after, flying, running)
	// A finished claim may be lost, since the ledger knows it (P07). It may not be running.
	status, err := after.Claim(context.Background(), finished)
	must(t, err)
	if status != claimed && status != ledTo(paymentA) {
		t.Fatalf("finished claim after a crash = %+v", status)
	}
}

// testClaimModel runs random calls against a map.
func testClaimModel(t *testing.T, f Fixture) {
	type held struct {
		payment payment.ID
		expires time.Time
	}
	ctx, world := context.Background(), 0
	rapid.Check(t, func(r *rapid.T) {
		world++
		model := map[session.Key]held{}
		key := func() session.Key {
			return keyNamed(fmt.Sprint(world, " ", rapid.IntRange(0, 2).Draw(r, "key")))
		}
		know := func(k session.Key) (held, bool) {
			h, ok := model[k]
			return h, ok && f.Now().Before(h.expires)
		}
		r.Repeat(map[string]func(*rapid.T){
			"claim": func(r *rapid.T) {
				k := key()
				want := claimed
				if h, ok := know(k); ok {
					want = session.Status{Running: h.payment == "", Payment: h.payment}
				} else {
					model[k] = held{expires: f.Now().Add(session.PendingTTL)}
				}
				if got, err := f.Store.Claim(ctx, k); err != nil || got != want {
					r.Fatalf("Claim = %+v, %v; want %+v", got, err, want)
				}
			},
			"finish": func(r *rapid.T) {
				k, id := key(), rapid.SampledFrom([]payment.ID{paymentA, paymentB}).Draw(r, "payment")
				model[k] = held{id, f.Now().Add(session.ClaimTTL)}
				if err := f.Store.Finish(ctx, k, id); err != nil {
					r.Fatal(err)
				}
			},
			"release": func(r *rapid.T) {
				k := key()
				if h, ok := know(k); ok && h.payment == "" {
					delete(model, k)
				}
				if err := f.Store.Release(ctx, k); err != nil {
					r.Fatal(err)
				}
			},
			"pass": func(r *rapid.T) {
				// Never near a border: a store may keep time by its own clock.
				f.Pass(rapid.SampledFrom([]time.Duration{25 * time.Second, 5 * time.Hour}).Draw(r, "time"))
			},
		})
	})
}
