package redis

import "sync/atomic"

// tolerance is how many failures in a row mean that Redis is down. One may be a
// broken connection; many would each cost their callers the full time-out.
const tolerance = 3

// circuit remembers whether Redis answers, so that a dead one costs a few calls
// their time-out and all others nothing (P08). The heartbeat, once a second,
// asks regardless and is what closes it again: one probe, not every caller's.
type circuit struct{ failures atomic.Int32 }

func (c *circuit) open() bool { return c.failures.Load() >= tolerance }

func (c *circuit) failed() {
	// Bounded, so that it cannot run over in years of outage.
	if n := c.failures.Load(); n < tolerance {
		c.failures.CompareAndSwap(n, n+1)
	}
}

func (c *circuit) answered() {
	if c.failures.Load() != 0 {
		c.failures.Store(0)
	}
}
