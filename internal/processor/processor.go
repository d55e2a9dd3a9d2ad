// Package processor moves payments: it loads, lets payment decide, writes the
// wish, asks the acquirer and writes the fact. What is left unanswered it
// sweeps up by asking, never by guessing.
package processor

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
	"kessai.dev/kessai/internal/shop"
)

// Times of the one path.
const (
	// answerWithin is how long a caller waits: after it the payment is
	// answered as it stands, and the call goes on behind (promise 4: 10 s).
	answerWithin = 9 * time.Second
	// repairTimeout bounds an inquiry that a reader waits for.
	repairTimeout = 2 * time.Second
)

// Options is what a Processor is made of. The first seven are needed.
type Options struct {
	Ledger    ledger.Ledger
	Claims    session.Claims
	Acquirer  acquirer.Acquirer
	Directory shop.Source
	Clock     func() time.Time
	Random    func() uint64 // 64 random bits, for ids
	Logger    *slog.Logger
	Observer  Observer

	Browser      acquirer.Browser // reads what comes back from 3-D Secure
	Challenges   session.Challenges
	ChallengeIDs session.ChallengeIDs
	// PublicURL is where browsers reach this server, without a slash at its end.
	// Empty: nobody can come back from 3-D Secure, and the provider is told of
	// no address.
	PublicURL string
	Wallet    Wallet // nil: no card is on file

	// AnswerWithin is how long a caller waits for the provider; zero: 9 s.
	AnswerWithin time.Duration

	// Elsewhere is how long a call of another process may last, from its wish on: for
	// so long nobody takes a missing trace at the provider for a no (P18). Zero: no
	// other process can have one under way.
	Elsewhere time.Duration
}

// Processor is the one place that moves payments. It is safe for concurrent use.
type Processor struct {
	o        Options
	live     live
	queue    queue
	hub      hub
	working  sync.WaitGroup
	crew     *crew
	degraded degraded
}

// New makes a processor. Resume and Run start its sweep.
func New(o Options) *Processor {
	if o.Observer == nil {
		o.Observer = noObserver{}
	}
	if o.Wallet == nil {
		o.Wallet = noWallet{}
	}
	if o.AnswerWithin == 0 {
		o.AnswerWithin = answerWithin
	}
	return &Processor{o: o, crew: newCrew(), hub: newHub()}
}

// Caller is on whose behalf a call comes.
type Caller struct {
	Tenant shop.Tenant
	Actor  string // for the history: a key's short mark, or "browser"
}

// Create is a new payment.
type Create = payment.Create

// Result is a payment as it stands now.
type Result struct {
	Payment  *payment.Payment
	Replayed bool // the key had led to it before
	Undone   bool // with Replayed: the command was certainly not carried out, and is not to be by this key, since more has happened
}

// KeyReusedError says that an idempotency key was used for another request
// before. Both digests are opaque to the processor.
type KeyReusedError struct{ Before, Now []byte }

// Error says what is wrong.
func (e *KeyReusedError) Error() string { return "idempotency key was used for another request" }

// RunningError says that the first call with the same key is still running.
type RunningError struct{ RetryAfter time.Duration }

// Error says what is wrong.
func (e *RunningError) Error() string { return "the first call with this key is still running" }

// errNoShop means a tenant that the directory does not know: a key for it
// cannot exist, so it is a fault of ours.
var errNoShop = errors.New("processor: no such shop in this environment")

// rules gathers what a decision needs.
func (p *Processor) rules(c Caller, request *payment.Request) (payment.Rules, *shop.Shop, error) {
	s, contract, ok := p.o.Directory.Now().Contract(c.Tenant)
	if !ok {
		return payment.Rules{}, nil, errNoShop
	}
	return payment.Rules{Now: p.o.Clock(), Contract: contract, Settings: s.Settings, Actor: c.Actor, Request: request}, s, nil
}

// own loads a payment of the caller's tenant; another tenant's is not found.
func (p *Processor) own(ctx context.Context, c Caller, id payment.ID) (*payment.Payment, error) {
	pay, err := p.o.Ledger.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	if pay.Tenant != c.Tenant {
		return nil, ledger.ErrNotFound
	}
	return pay, nil
}

// Drain waits until no call to the provider is under way, or ctx ends. New
// calls must have been stopped before.
func (p *Processor) Drain(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		p.working.Wait()
		p.crew.dismiss()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
