package processor

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// All work is done, at the same time if need be; the crew that waits afterwards
// is bounded, is used again, and goes home when it is told to: else synctest
// would find goroutines that never end.
func TestCrew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrew()
		for range 2 {
			var done atomic.Int32
			hold := make(chan struct{})
			const wishes = maxIdle + 100
			for range wishes {
				c.do(func() {
					<-hold
					done.Add(1)
				})
			}
			synctest.Wait()
			if n := done.Load(); n != 0 {
				t.Fatalf("%d were done before they could be", n)
			}
			close(hold)
			synctest.Wait()
			if n := done.Load(); n != wishes {
				t.Fatalf("%d of %d wishes were driven", n, wishes)
			}
			if n := c.idle.Load(); n != maxIdle {
				t.Fatalf("%d wait for work, want %d", n, maxIdle)
			}
		}
		c.dismiss()
		synctest.Wait()
		if n := c.idle.Load(); n != 0 {
			t.Fatalf("%d still wait", n)
		}
	})
}
