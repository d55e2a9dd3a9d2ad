package sessiontest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/session"
	"kessai.dev/kessai/internal/shop"
)

func challenge(id string, expires time.Time) session.Challenge {
	return session.Challenge{
		ID:      id,
		Tenant:  shop.Tenant{Shop: "demo", Environment: shop.Test},
		Payment: paymentA, Attempt: 2, Amount: 5080,
		Step: session.StepWaiting, Expires: expires,
	}
}

// wantGet gets and compares; times compare as instants.
func wantGet(t *testing.T, s session.Store, want session.Challenge) {
	t.Helper()
	got, err := s.Get(context.Background(), want.ID)
	must(t, err)
	if !got.Expires.Equal(want.Expires) {
		t.Fatalf("Expires = %v, want %v", got.Expires, want.Expires)
	}
	got.Expires = want.Expires
	if got != want {
		t.Fatalf("Get = %+v, want %+v", got, want)
	}
}

func wantError(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Fatalf("%s = %v, want %v", what, got, want)
	}
}

// R11, P45: a challenge is bound to payment, attempt, amount and shop, and
// gives all of them back. P42: an id that was never opened finds nothing.
func testChallenge(t *testing.T, f Fixture) {
	ctx := context.Background()
	c := challenge("id-1", f.Now().Add(session.ChallengeTTL).Truncate(time.Millisecond))
	_, err := f.Store.Get(ctx, c.ID)
	wantError(t, "Get of nothing", err, session.ErrNotFound)
	wantError(t, "Advance of nothing", f.Store.Advance(ctx, c.ID, session.StepWaiting, session.StepReturned), session.ErrNotFound)

	must(t, f.Store.Open(ctx, c))
	wantGet(t, f.Store, c)
	other := c
	other.Amount = 1
	wantError(t, "second Open", f.Store.Open(ctx, other), session.ErrExists)
	wantGet(t, f.Store, c)
	for _, id := range []string{"", "id", "id-1 ", "ID-1", "id-2"} {
		_, err := f.Store.Get(ctx, id)
		wantError(t, "Get of another id", err, session.ErrNotFound)
	}

	must(t, f.Store.Advance(ctx, c.ID, session.StepWaiting, session.StepReturned))
	c.Step = session.StepReturned
	wantGet(t, f.Store, c)
	// P43: a reload comes too late.
	wantError(t, "second Advance", f.Store.Advance(ctx, c.ID, session.StepWaiting, session.StepReturned), session.ErrMoved)
	wantGet(t, f.Store, c)
	must(t, f.Store.Advance(ctx, c.ID, session.StepReturned, session.StepDone))
	wantError(t, "Advance of what is done", f.Store.Advance(ctx, c.ID, session.StepReturned, session.StepDone), session.ErrMoved)
}

func testChallengesLapse(t *testing.T, f Fixture) {
	ctx := context.Background()
	c := challenge("id-1", time.Time{})
	must(t, f.Store.Open(ctx, c))
	kept := challenge("id-2", f.Now().Add(2*session.ChallengeTTL).Truncate(time.Millisecond))
	must(t, f.Store.Open(ctx, kept))
	got, err := f.Store.Get(ctx, c.ID)
	must(t, err)
	// To the millisecond is what stores keep.
	if left := got.Expires.Sub(f.Now()); left > session.ChallengeTTL || left < session.ChallengeTTL-time.Minute {
		t.Fatalf("a challenge without a time lives %v, want %v", left, session.ChallengeTTL)
	}

	f.Pass(session.ChallengeTTL - time.Minute)
	_, err = f.Store.Get(ctx, c.ID)
	must(t, err)
	f.Pass(2 * time.Minute)
	_, err = f.Store.Get(ctx, c.ID)
	wantError(t, "Get past its time", err, session.ErrNotFound)
	wantError(t, "Advance past its time", f.Store.Advance(ctx, c.ID, session.StepWaiting, session.StepReturned), session.ErrNotFound)
	wantGet(t, f.Store, kept)

	must(t, f.Store.Open(ctx, challenge(c.ID, f.Now().Add(time.Hour))))
	wantError(t, "Open of what is open again", f.Store.Open(ctx, c), session.ErrExists)
}

// P43: of many returns at once exactly one is answered by the provider.
func testAdvanceRace(t *testing.T, f Fixture) {
	const callers, rounds = 32, 20
	ctx := context.Background()
	for round := range rounds {
		c := challenge(fmt.Sprint("id-", round), time.Time{})
		must(t, f.Store.Open(ctx, c))
		results := make(chan error, callers)
		together(callers, func(int) {
			results <- f.Store.Advance(ctx, c.ID, session.StepWaiting, session.StepReturned)
		})
		close(results)
		winners := 0
		for err := range results {
			switch {
			case err == nil:
				winners++
			case !errors.Is(err, session.ErrMoved):
				t.Fatalf("round %d: a loser was told %v", round, err)
			}
		}
		if winners != 1 {
			t.Fatalf("round %d: %d returns won, want 1", round, winners)
		}
	}
}

// P41, P44: the shopper comes back after a crash, and the challenge stands
// where it stood.
func testChallengeCrash(t *testing.T, f Fixture) {
	ctx := context.Background()
	c := challenge("id-1", f.Now().Add(session.ChallengeTTL).Truncate(time.Millisecond))
	must(t, f.Store.Open(ctx, c))
	must(t, f.Store.Advance(ctx, c.ID, session.StepWaiting, session.StepReturned))
	after := f.Crash(t)
	c.Step = session.StepReturned
	wantGet(t, after, c)
	wantError(t, "Advance after a crash", after.Advance(ctx, c.ID, session.StepWaiting, session.StepReturned), session.ErrMoved)
	must(t, after.Advance(ctx, c.ID, session.StepReturned, session.StepDone))
}

// testStepModel runs random calls against a map.
func testStepModel(t *testing.T, f Fixture) {
	type held struct {
		step    session.Step
		expires time.Time
	}
	steps := []session.Step{session.StepWaiting, session.StepReturned, session.StepDone}
	ctx, world := context.Background(), 0
	rapid.Check(t, func(r *rapid.T) {
		world++
		model := map[string]held{}
		draw := func() (string, held, bool) {
			id := fmt.Sprint(world, " ", rapid.IntRange(0, 2).Draw(r, "id"))
			h, ok := model[id]
			return id, h, ok && f.Now().Before(h.expires)
		}
		check := func(what string, got, want error) {
			if !errors.Is(got, want) {
				r.Fatalf("%s = %v, want %v", what, got, want)
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"open": func(r *rapid.T) {
				id, _, there := draw()
				c := challenge(id, f.Now().Add(session.ChallengeTTL))
				if there {
					check("Open", f.Store.Open(ctx, c), session.ErrExists)
					return
				}
				model[id] = held{c.Step, c.Expires}
				check("Open", f.Store.Open(ctx, c), nil)
			},
			"advance": func(r *rapid.T) {
				id, h, there := draw()
				from, to := rapid.SampledFrom(steps).Draw(r, "from"), rapid.SampledFrom(steps).Draw(r, "to")
				want := error(nil)
				switch {
				case !there:
					want = session.ErrNotFound
				case h.step != from:
					want = session.ErrMoved
				default:
					model[id] = held{to, h.expires}
				}
				check("Advance", f.Store.Advance(ctx, id, from, to), want)
			},
			"get": func(r *rapid.T) {
				id, h, there := draw()
				c, err := f.Store.Get(ctx, id)
				if !there {
					check("Get", err, session.ErrNotFound)
				} else if err != nil || c.Step != h.step || c.ID != id {
					r.Fatalf("Get = %+v, %v; want step %s", c, err, h.step)
				}
			},
			"pass": func(*rapid.T) { f.Pass(7 * time.Minute) },
		})
	})
}
