package processor

import (
	"context"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/payment"
)

// Observer is told what happens, for metrics. Its methods must be quick.
type Observer interface {
	// Asked is one call to the provider: outcome is "yes", "no", "challenge",
	// "half", "not_sent" or "unknown"; for an inquiry the operation is zero.
	Asked(op payment.Operation, outcome string, took time.Duration)
	// Settled is a question that had been left open and is settled now.
	Settled(op payment.Operation, open time.Duration)
	// Waiting is how many payments the sweep looks after.
	Waiting(n int)
	// Written is one append to the books, whatever came of it.
	Written(took time.Duration)
}

type noObserver struct{}

func (noObserver) Asked(payment.Operation, string, time.Duration) {}
func (noObserver) Settled(payment.Operation, time.Duration)       {}
func (noObserver) Waiting(int)                                    {}
func (noObserver) Written(time.Duration)                          {}

// Timing adds up the time that a call spends waiting for the provider, so that
// our own time can be told apart.
type Timing struct{ provider atomic.Int64 }

type timingKey struct{}

// WithTiming gives a context whose calls are added up in the Timing.
func WithTiming(ctx context.Context) (context.Context, *Timing) {
	t := &Timing{}
	return context.WithValue(ctx, timingKey{}, t), t
}

// Provider is the time spent waiting for the provider so far.
func (t *Timing) Provider() time.Duration { return time.Duration(t.provider.Load()) }

func addProviderTime(ctx context.Context, d time.Duration) {
	if t, ok := ctx.Value(timingKey{}).(*Timing); ok {
		t.provider.Add(int64(d))
	}
}

// OldestQuestion is how long the oldest question has been open that this process looks
// after; zero: none is. It goes through the whole queue: ask it as often as a person would.
func (p *Processor) OldestQuestion() time.Duration {
	since := p.queue.oldest()
	if since.IsZero() {
		return 0
	}
	return p.o.Clock().Sub(since)
}

// degraded remembers which helpers do not answer: service goes on without them.
type degraded struct{ claims atomic.Bool }

// Degraded lists what the service goes on without, in words; empty when all is
// well (P08).
func (p *Processor) Degraded() []string {
	if p.degraded.claims.Load() {
		return []string{"sessions do not answer: idempotency is served by the ledger alone"}
	}
	return nil
}
