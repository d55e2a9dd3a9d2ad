// Package processor moves payments: it loads, lets payment decide, writes the
// wish, asks the acquirer and writes the fact. It sweeps what is unanswered.
package processor

import (
	"context"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Processor is the one place that moves payments. It is safe for concurrent use.
type Processor struct{}

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
}

// KeyReusedError says that an idempotency key was used for another request
// before. Both digests are opaque to the processor.
type KeyReusedError struct{ Before, Now []byte }

func (e *KeyReusedError) Error() string { return "idempotency key was used for another request" }

// RunningError says that the first call with the same key is still running.
type RunningError struct{ Payment payment.ID }

func (e *RunningError) Error() string { return "the first call with this key is still running" }

// Create creates a payment and, with a token, authorizes it.
func (p *Processor) Create(ctx context.Context, c Caller, r payment.Request, cmd Create) (Result, error) {
	panic("todo")
}

// Command carries out a command on a payment.
func (p *Processor) Command(ctx context.Context, c Caller, r payment.Request, id payment.ID, cmd payment.Command) (Result, error) {
	panic("todo")
}

// Get reads a payment of the caller's tenant, or ledger.ErrNotFound; an open question is asked first if that is quick.
func (p *Processor) Get(ctx context.Context, c Caller, id payment.ID) (*payment.Payment, error) {
	panic("todo")
}

// Order gives the order of a payment, nil when none was given or it is erased.
func (p *Processor) Order(ctx context.Context, c Caller, id payment.ID) (*payment.Order, error) {
	panic("todo")
}

// History gives a payment's events.
func (p *Processor) History(ctx context.Context, c Caller, id payment.ID) ([]payment.Event, error) {
	panic("todo")
}

// List gives payments of the caller's tenant; Query.Tenant is set by it.
func (p *Processor) List(ctx context.Context, c Caller, q ledger.Query) (ledger.Page, error) {
	panic("todo")
}

// Refresh asks the provider.
func (p *Processor) Refresh(ctx context.Context, c Caller, id payment.ID) (*payment.Payment, error) {
	panic("todo")
}

// Watch calls send with the payment now and after every change, until it can change no more by itself, send fails or ctx ends.
func (p *Processor) Watch(ctx context.Context, c Caller, id payment.ID, send func(*payment.Payment) error) error {
	panic("todo")
}
