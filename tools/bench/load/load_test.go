package load

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestClosedKeepsEveryCallerBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := Closed(t.Context(), 4, 995*time.Millisecond, func(context.Context, int, int) error {
			time.Sleep(10 * time.Millisecond)
			return nil
		})
		if len(r.Latencies) != 400 || r.Failed != 0 || r.Rate() != 400 || r.Quantile(0.5) != 10*time.Millisecond {
			t.Errorf("%d calls, %d failed, %v a second, p50 %v", len(r.Latencies), r.Failed, r.Rate(), r.Quantile(0.5))
		}
	})
}

func TestClosedEndsAtTheFirstError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		r := Closed(t.Context(), 2, time.Minute, func(_ context.Context, caller, n int) error {
			time.Sleep(time.Millisecond)
			if caller == 1 && n == 3 {
				return broken
			}
			return nil
		})
		if r.FirstErr != broken || r.Elapsed > time.Second {
			t.Errorf("%v after %s", r.FirstErr, r.Elapsed)
		}
	})
}

// A server that stands still for a second must show in the latencies of the
// calls that were due meanwhile, although they left later.
func TestOpenCountsFromWhenACallWasDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		r := Open(t.Context(), 100, 2*time.Second, 1000, func(context.Context, int, int) error {
			if stuck := began.Add(time.Second); time.Now().Before(stuck) {
				time.Sleep(time.Until(stuck))
			}
			return nil
		})
		if len(r.Latencies) != 200 || r.Quantile(1) != time.Second || r.Quantile(0.5) > 10*time.Millisecond {
			t.Errorf("%d calls, p50 %v, max %v", len(r.Latencies), r.Quantile(0.5), r.Quantile(1))
		}
		if len(r.Late) != 200 || r.LateQuantile(1) != 0 { // the generator was never held up
			t.Errorf("%d calls left, the last %v late", len(r.Late), r.LateQuantile(1))
		}
	})
}

func TestOpenFailsWhatWouldExceedItsRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, most atomic.Int32
		r := Open(t.Context(), 100, time.Second, 5, func(context.Context, int, int) error {
			most.Store(max(most.Load(), now.Add(1)))
			time.Sleep(100 * time.Millisecond)
			now.Add(-1)
			return nil
		})
		if r.Failed == 0 || most.Load() != 5 || r.FirstErr == nil {
			t.Errorf("%d failed, %d at once, %v", r.Failed, most.Load(), r.FirstErr)
		}
	})
}

func TestQuantileOfNothing(t *testing.T) {
	if r := (&Result{}); r.Quantile(0.99) != 0 {
		t.Error("not 0")
	}
}

// The request is about the size that the floor was first measured with, so
// that figures can be set beside each other.
func TestSampleSize(t *testing.T) {
	if n := Size(); n < 330 || n > 360 {
		t.Errorf("%d bytes, want about 344", n)
	}
}
