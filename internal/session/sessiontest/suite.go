// Package sessiontest is what every session.Store must pass.
package sessiontest

import (
	"context"
	"testing"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
	"kessai.dev/kessai/internal/shop"
)

// Fixture is a store under test and what the suite may do to it.
type Fixture struct {
	Store session.Store
	// Now is the store's clock.
	Now func() time.Time
	// Pass lets time go by for all that the store keeps.
	Pass func(d time.Duration)
	// Crash ends the store's process as kill -9 does, and starts another on the
	// same data.
	Crash func(t *testing.T) session.Store
}

// Run runs the suite. Open makes a fresh, empty store and sees to its closing.
func Run(t *testing.T, open func(t *testing.T) Fixture) {
	tests := []struct {
		name string
		run  func(t *testing.T, f Fixture)
	}{
		{"claim", testClaim},
		{"release", testRelease},
		{"finish", testFinish},
		{"scope", testScope},
		{"race for a claim", testClaimRace},
		{"claims lapse", testClaimsLapse},
		{"crash of the owner", testCrash},
		{"claims follow the model", testClaimModel},
		{"challenge", testChallenge},
		{"challenges lapse", testChallengesLapse},
		{"race to advance", testAdvanceRace},
		{"challenge outlives a crash", testChallengeCrash},
		{"steps follow the model", testStepModel},
		{"caller gone", testCanceled},
		{"close", testClose},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

var (
	paymentA = payment.NewID(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), 1)
	paymentB = payment.NewID(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), 2)

	claimed = session.Status{Claimed: true}
	running = session.Status{Running: true}
)

func ledTo(id payment.ID) session.Status { return session.Status{Payment: id} }

func keyNamed(value string) session.Key {
	return session.Key{Tenant: shop.Tenant{Shop: "demo", Environment: shop.Test}, Method: "CreatePayment", Value: value}
}

// claim claims and compares; without want it only tells.
func claim(t *testing.T, s session.Store, key session.Key, want session.Status) {
	t.Helper()
	got, err := s.Claim(context.Background(), key)
	if err != nil {
		t.Fatalf("Claim(%q): %v", key.Value, err)
	}
	if got != want {
		t.Fatalf("Claim(%q) = %+v, want %+v", key.Value, got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func testCanceled(t *testing.T, f Fixture) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if status, err := f.Store.Claim(ctx, keyNamed("k")); err == nil {
		t.Errorf("Claim of a caller that has gone = %+v, want an error", status)
	}
	if err := f.Store.Open(ctx, session.Challenge{ID: "c", Step: session.StepWaiting}); err == nil {
		t.Error("Open of a caller that has gone: want an error")
	}
	// A caller that leaves says nothing about the store (P08).
	for range 10 {
		_, _ = f.Store.Claim(ctx, keyNamed("k"))
	}
	claim(t, f.Store, keyNamed("other"), claimed)
	must(t, f.Store.Health(context.Background()))
}

func testClose(t *testing.T, f Fixture) {
	ctx := context.Background()
	must(t, f.Store.Health(ctx))
	must(t, f.Store.Close())
	must(t, f.Store.Close())
	if status, err := f.Store.Claim(ctx, keyNamed("k")); err == nil {
		t.Errorf("Claim after Close = %+v, want an error", status)
	}
	if err := f.Store.Open(ctx, session.Challenge{ID: "c"}); err == nil {
		t.Error("Open after Close: want an error")
	}
	if _, err := f.Store.Get(ctx, "c"); err == nil {
		t.Error("Get after Close: want an error")
	}
	if err := f.Store.Health(ctx); err == nil {
		t.Error("Health after Close: want an error")
	}
}
