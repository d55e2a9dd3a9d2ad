package processor

import "sync/atomic"

// maxIdle is how many of a crew wait for work at most; a stack of theirs is 8 KB.
const maxIdle = 1024

// crew is the goroutines that drive wishes. Who is done waits for more: its
// stack has grown to what the work needs, and to grow a new one for every wish
// was more than two percent of a payment's cost.
type crew struct {
	work chan func()
	idle atomic.Int32
}

func newCrew() *crew { return &crew{work: make(chan func())} }

// do has the work done, by somebody who waits or by somebody new.
func (c *crew) do(work func()) {
	select {
	case c.work <- work:
	default:
		go c.member(work)
	}
}

func (c *crew) member(work func()) {
	for work != nil {
		work()
		if c.idle.Add(1) > maxIdle {
			c.idle.Add(-1)
			return
		}
		work = <-c.work
		c.idle.Add(-1)
	}
}

// dismiss sends home those who wait.
func (c *crew) dismiss() {
	for {
		select {
		case c.work <- nil:
		default:
			return
		}
	}
}
