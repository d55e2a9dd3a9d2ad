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
	turns      ticket // how often a half was dropped
}

// ticket is drawn before a payment is read, and shown when it is put.
type ticket uint64

func (c *cache) ticket() ticket {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.turns
}

func newCache(size int) *cache {
	return &cache{half: max(size/2, 1), young: map[payment.ID]cached{}, old: map[payment.ID]cached{}}
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

// glimpse is get that does not count as a use.
func (c *cache) glimpse(id payment.ID) (cached, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.young[id]
	if !ok {
		v, ok = c.old[id]
	}
	return v, ok
}

// settle takes in what a group of appends made of its payments. The writer does so
// once they are durable and before anybody can see that they are: who has found a
// payment by its claim, in a list or in the journal, loads it at least as it was
// there.
func (c *cache) settle(group []*request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, r := range group {
		if r.task == taskAppend {
			r.after.head.Sequence = r.row.sequence
			c.keep(r.id, r.after)
		}
	}
}

// put takes in what was read. It never lets an earlier version follow a later one.
// What is here is never older than what was dropped, so a later version always takes
// its place. If nothing is here, the later one may have been dropped: whoever shows
// a ticket from before that is turned away.
func (c *cache) put(id payment.ID, v cached, drawn ticket) {
	c.mu.Lock()
	defer c.mu.Unlock()
	have, ok := c.young[id]
	if !ok {
		have, ok = c.old[id]
	}
	if ok && have.head.Version < v.head.Version || !ok && drawn == c.turns {
		c.keep(id, v)
	}
}

func (c *cache) keep(id payment.ID, v cached) {
	if len(c.young) >= c.half {
		clear(c.old) // its memory serves again
		c.old, c.young = c.young, c.old
		c.turns++
	}
	c.young[id] = v
}
