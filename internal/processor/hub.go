package processor

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// hub wakes those who watch a payment.
type hub struct {
	mu sync.Mutex
	m  map[payment.ID]map[chan struct{}]struct{}
	// first has a token when somebody began to watch while nobody did.
	first chan struct{}
}

func newHub() hub {
	return hub{m: map[payment.ID]map[chan struct{}]struct{}{}, first: make(chan struct{}, 1)}
}

// subscribe gives a channel that gets a token after each change, and the way
// to leave.
func (h *hub) subscribe(id payment.ID) (<-chan struct{}, func()) {
	ch := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.m) == 0 {
		wake(h.first)
	}
	if h.m[id] == nil {
		h.m[id] = make(map[chan struct{}]struct{})
	}
	h.m[id][ch] = struct{}{}
	return ch, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if delete(h.m[id], ch); len(h.m[id]) == 0 {
			delete(h.m, id)
		}
	}
}

func (h *hub) publish(id payment.ID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.m[id] {
		wake(ch)
	}
}

// publishAll wakes everybody.
func (h *hub) publishAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, list := range h.m {
		for ch := range list {
			wake(ch)
		}
	}
}

func (h *hub) empty() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.m) == 0
}

func wake(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default: // a token is waiting already
	}
}

// Times of following the journal.
const (
	followPage  = 1000
	followPause = time.Second // after the books could not be read
)

// Follow wakes those who watch payments that other processes change, until ctx ends. The
// journal is read only while somebody watches: each record of it costs.
func (p *Processor) Follow(ctx context.Context, journal ledger.Journal) {
	for ctx.Err() == nil {
		select {
		case <-p.hub.first:
		case <-ctx.Done():
			return
		}
		for !p.hub.empty() && ctx.Err() == nil {
			if err := p.follow(ctx, journal); err != nil && ctx.Err() == nil {
				p.o.Logger.LogAttrs(ctx, slog.LevelWarn, "watchers hear of other processes' changes late", slog.Any("error", err))
				select {
				case <-time.After(followPause):
				case <-ctx.Done():
				}
			}
		}
	}
}

// follow goes on from the end of the journal until nobody watches or it cannot be read.
// Whoever subscribed before that end was known looks once more.
func (p *Processor) follow(ctx context.Context, journal ledger.Journal) error {
	after, err := journal.Last(ctx)
	if err != nil {
		return err
	}
	p.hub.publishAll()
	for !p.hub.empty() {
		if err := journal.Wait(ctx, after); err != nil {
			return err
		}
		page, err := journal.Read(ctx, ledger.JournalQuery{After: after, Limit: followPage})
		if err != nil {
			return err
		}
		for i := range page.Entries {
			p.hub.publish(page.Entries[i].Payment)
		}
		after = page.Looked
	}
	return nil
}
