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
