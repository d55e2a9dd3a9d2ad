package postgres

import (
	"sync"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// cache keeps the payments that were used last, at most size of them, in two halves: when
// the young one is full the old one is dropped. What is in it was true at some time; who
// takes from it asks the database whether it still is.
type cache struct {
	mu         sync.Mutex
	half       int
	young, old map[payment.ID]ledger.Folded
}

func newCache(size int) *cache {
	return &cache{half: max(size/2, 1), young: map[payment.ID]ledger.Folded{}}
}

func (c *cache) get(id payment.ID) (ledger.Folded, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.young[id]
	if !ok {
		if v, ok = c.old[id]; ok {
			c.keep(id, v)
		}
	}
	return v, ok
}

// glimpse is get that does not count as a use.
func (c *cache) glimpse(id payment.ID) (ledger.Folded, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.young[id]
	if !ok {
		v, ok = c.old[id]
	}
	return v, ok
}

func (c *cache) put(id payment.ID, v ledger.Folded) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(id, v)
}

func (c *cache) keep(id payment.ID, v ledger.Folded) {
	if len(c.young) >= c.half {
		c.old, c.young = c.young, make(map[payment.ID]ledger.Folded, c.half)
	}
	c.young[id] = v
}
