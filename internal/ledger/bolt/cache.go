package bolt

import (
	"sync"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// cached is a payment with the end of its chain.
type cached struct {
	payment *payment.Payment
	head    ledger.Head
}

// cache keeps the payments that were used last: at most size of them. It has
// two halves; when the young one is full the old one is dropped.
type cache struct {
	mu         sync.Mutex
	half       int
	young, old map[payment.ID]cached
}

func newCache(size int) *cache {
	return &cache{half: max(size/2, 1), young: map[payment.ID]cached{}}
}

func (c *cache) get(id payment.ID) (cached, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.young[id]; ok {
		return v, true
	}
	v, ok := c.old[id]
	if ok {
		c.keep(id, v)
	}
	return v, ok
}

// put never replaces a later version: a reader may come late with what it read
// before the last append.
func (c *cache) put(id payment.ID, v cached) {
	c.mu.Lock()
	defer c.mu.Unlock()
	have, ok := c.young[id]
	if !ok {
		have, ok = c.old[id]
	}
	if !ok || have.head.Version < v.head.Version {
		c.keep(id, v)
	}
}

func (c *cache) keep(id payment.ID, v cached) {
	if len(c.young) >= c.half {
		c.old, c.young = c.young, make(map[payment.ID]cached, 64)
	}
	c.young[id] = v
}
