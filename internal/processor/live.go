package processor

import (
	"sync"

	"kessai.dev/kessai/internal/payment"
)

// live knows the payments for which this process has a call to the provider
// under way: their questions are not open to the sweep.
type live struct {
	mu sync.Mutex
	m  map[payment.ID]int
}

func (l *live) begin(id payment.ID) {
	l.mu.Lock()
	if l.m == nil {
		l.m = make(map[payment.ID]int)
	}
	l.m[id]++
	l.mu.Unlock()
}

func (l *live) end(id payment.ID) {
	l.mu.Lock()
	if l.m[id]--; l.m[id] == 0 {
		delete(l.m, id)
	}
	l.mu.Unlock()
}

func (l *live) has(id payment.ID) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.m[id] > 0
}

// hub wakes those who watch a payment.
type hub struct {
	mu sync.Mutex
	m  map[payment.ID]map[chan struct{}]struct{}
}

// subscribe gives a channel that gets a token after each change, and the way
// to leave.
func (h *hub) subscribe(id payment.ID) (<-chan struct{}, func()) {
	ch := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.m == nil {
		h.m = make(map[payment.ID]map[chan struct{}]struct{})
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
		select {
		case ch <- struct{}{}:
		default: // a token is waiting already
		}
	}
}
