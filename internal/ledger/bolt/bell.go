package bolt

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// bell tells those who wait for the journal that it has grown. While nobody
// waits it costs the writer two loads of a word and one store, a group.
type bell struct {
	upto atomic.Uint64 // the last number that is durable, and in the tail
	ring atomic.Pointer[chan struct{}]
}

// strike is the writer's: everything up to here can be read.
func (b *bell) strike(upto uint64) {
	b.upto.Store(upto)
	if b.ring.Load() == nil {
		return
	}
	if c := b.ring.Swap(nil); c != nil {
		close(*c)
	}
}

// hear gives what is closed by the next strike. Whoever hears first and looks
// then misses nothing.
func (b *bell) hear() <-chan struct{} {
	for {
		if c := b.ring.Load(); c != nil {
			return *c
		}
		c := make(chan struct{})
		if b.ring.CompareAndSwap(nil, &c) {
			return c
		}
	}
}

// afterStrike is how long who waits lets the books grow before it is told: readers
// that come running after every commit would tear the writer's groups apart.
const afterStrike = 10 * time.Millisecond

// Wait is described at ledger.Journal. It returns ledger.ErrClosed when the books
// are closed meanwhile.
func (l *Ledger) Wait(ctx context.Context, after uint64) error {
	for {
		struck := l.bell.hear()
		if err := l.ready(ctx); err != nil || l.bell.upto.Load() > after {
			return err
		}
		select {
		case <-struck:
		case <-ctx.Done():
			return ctx.Err()
		}
		select { // those who were just answered go first, and come back in one group
		case <-time.After(afterStrike):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// home is what a reader of the journal must know of a payment beside the event.
type home struct {
	tenant       shop.Tenant
	registration bool
	foreign      string
}

// maxHomes is how many payments' homes are remembered.
const maxHomes = 50_000

// homes remembers whose payments are. What it holds never changes, so nothing in
// it is ever wrong; when it is full, one half is forgotten.
type homes struct {
	mu         sync.Mutex
	young, old map[payment.ID]home
}

func (h *homes) get(id payment.ID) (home, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	at, ok := h.young[id]
	if !ok {
		at, ok = h.old[id]
	}
	return at, ok
}

func (h *homes) put(id payment.ID, at home) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.young == nil || len(h.young) >= maxHomes/2 {
		h.young, h.old = make(map[payment.ID]home), h.young
	}
	h.young[id] = at
}
