// Package session is the port to what lives between two requests: who is
// working on an idempotency key right now, and 3-D Secure challenges that wait
// for a shopper. It makes things fast and convenient; losing all of it loses
// no money, because the ledger is the truth.
package session

import (
	"context"
	"errors"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Store is the whole port. Implementations are safe for concurrent use, and
// every one passes sessiontest.
type Store interface {
	Claims
	Challenges
	// Health returns nil while the store answers.
	Health(ctx context.Context) error
	Close() error
}

// Claims says who works on an idempotency key.
type Claims interface {
	// Claim takes the key for this process if nobody has it, in one step.
	// It returns Status{Claimed: true} when the caller has it now; else what
	// is known: Running while a living process works on it, or the payment it
	// led to. A claim of a process that has died is taken over (P06). Any
	// error means the store could not say; the caller goes on from the ledger (P08)
	// and, if it likes, still calls Finish or Release.
	Claim(ctx context.Context, key Key) (Status, error)
	// Finish notes the payment that the key led to, for ClaimTTL, whoever has
	// the claim: that the key led there is a fact of the ledger.
	Finish(ctx context.Context, key Key, id payment.ID) error
	// Release gives the key back: nothing came of it. A key that has led to a
	// payment, or that another process has, stays as it is.
	Release(ctx context.Context, key Key) error
}

// Key is an idempotency key in its scope: shop, environment, RPC, key (P12).
type Key struct {
	Tenant shop.Tenant
	Method string
	Value  string
}

// Status is what a store knows of a key.
type Status struct {
	Claimed bool       // the caller has it
	Running bool       // another call has it
	Payment payment.ID // what it led to
}

// Challenges keeps 3-D Secure challenges, each for ChallengeTTL.
type Challenges interface {
	// Open keeps a new challenge until c.Expires, or for ChallengeTTL when that
	// is zero. ErrExists if the id is taken.
	Open(ctx context.Context, c Challenge) error
	// Get gives the challenge, or ErrNotFound once it is gone or past its time.
	Get(ctx context.Context, id string) (Challenge, error)
	// Advance changes the step from one to another, or returns ErrMoved when it is
	// no longer at from: of two calls at most one wins (P43). ErrNotFound once
	// it is gone or past its time.
	Advance(ctx context.Context, id string, from, to Step) error
}

// Challenge is a 3-D Secure challenge, bound to payment, attempt, amount and
// shop, never to a client address (R11, P45).
type Challenge struct {
	ID      string // 256 bits nobody can guess, base64url (P42); see ChallengeIDs
	Tenant  shop.Tenant
	Payment payment.ID
	Attempt int
	Amount  int32 // yen
	Step    Step
	Expires time.Time
}

// Step is how far a challenge is.
type Step string

// The steps.
const (
	StepWaiting  Step = "waiting"  // the shopper is at the issuer
	StepReturned Step = "returned" // the browser came back; the provider is being asked
	StepDone     Step = "done"
)

// Lifetimes.
const (
	ClaimTTL     = 24 * time.Hour // of a finished claim; the ledger remembers longer
	PendingTTL   = time.Minute    // of a running claim, twice the longest call; then it is void (P06)
	ChallengeTTL = 30 * time.Minute
)

// Errors of the store.
var (
	ErrNotFound = errors.New("session: not found")
	ErrExists   = errors.New("session: exists")
	ErrMoved    = errors.New("session: moved on")
)
