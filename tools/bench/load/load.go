// Package load sends payments to a server and measures how long each took.
// It knows two ways: a closed loop, in which each of N callers sends its next
// call when the last one is answered (throughput), and an open loop, in which
// calls leave at fixed times whatever becomes of the others, and are measured
// from when they should have left (latency as a shopper meets it).
package load

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Call sends one payment: the n-th of a caller.
type Call func(ctx context.Context, caller, n int) error

// Result is what a run measured.
type Result struct {
	Elapsed   time.Duration
	Latencies []time.Duration // sorted; of calls that succeeded
	Late      []time.Duration // sorted; of Open: how long after it was due each call left
	Failed    int
	FirstErr  error
}

// Rate is how many calls succeeded a second.
func (r *Result) Rate() float64 { return float64(len(r.Latencies)) / r.Elapsed.Seconds() }

// Quantile is the latency that a share q of the calls did not exceed; 1 is
// the largest. It is 0 when no call succeeded.
func (r *Result) Quantile(q float64) time.Duration { return quantile(r.Latencies, q) }

// LateQuantile is the same of how late calls left. It is in their latencies and
// is no server's doing: the machine woke the generator too late.
func (r *Result) LateQuantile(q float64) time.Duration { return quantile(r.Late, q) }

func quantile(sorted []time.Duration, q float64) time.Duration {
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return sorted[min(n-1, int(q*float64(n)))]
}

// Closed keeps callers busy for a time. It ends early at the first error: a
// point with errors measures something else.
func Closed(ctx context.Context, callers int, length time.Duration, call Call) Result {
	var over atomic.Bool
	timer := time.AfterFunc(length, func() { over.Store(true) })
	defer timer.Stop()
	each := make([][]time.Duration, callers)
	errs := make([]error, callers)
	began := time.Now()
	var all sync.WaitGroup
	for i := range callers {
		all.Go(func() {
			for n := 0; !over.Load() && ctx.Err() == nil; n++ {
				start := time.Now()
				if err := call(ctx, i, n); err != nil {
					errs[i] = err
					over.Store(true)
					return
				}
				each[i] = append(each[i], time.Since(start))
			}
		})
	}
	all.Wait()
	return collect(time.Since(began), each, errs)
}

// Open sends rate calls a second for a time, evenly. Each is measured from the
// moment it was due, so that a server which stands still does not hide it by
// holding up the calls that would have shown it. At most atOnce calls are
// under way; what would go beyond that fails.
func Open(ctx context.Context, rate int, length time.Duration, atOnce int, call Call) Result {
	total := int(length.Seconds() * float64(rate))
	each := make([][]time.Duration, total)
	errs := make([]error, total)
	late := make([]time.Duration, 0, total)
	room := make(chan struct{}, atOnce)
	began := time.Now()
	var all sync.WaitGroup
	for n := range total {
		due := began.Add(time.Duration(n) * time.Second / time.Duration(rate))
		time.Sleep(time.Until(due))
		late = append(late, time.Since(due))
		if ctx.Err() != nil {
			break
		}
		select {
		case room <- struct{}{}:
		default:
			errs[n] = fmt.Errorf("%d calls are under way already", atOnce)
			continue
		}
		all.Go(func() {
			if errs[n] = call(ctx, 0, n); errs[n] == nil {
				each[n] = []time.Duration{time.Since(due)}
			}
			<-room
		})
	}
	all.Wait()
	r := collect(time.Since(began), each, errs)
	slices.Sort(late)
	r.Late = late
	return r
}

func collect(elapsed time.Duration, each [][]time.Duration, errs []error) Result {
	r := Result{Elapsed: elapsed, Latencies: slices.Concat(each...)}
	slices.Sort(r.Latencies)
	for _, err := range errs {
		if err == nil {
			continue
		}
		r.Failed++
		if r.FirstErr == nil {
			r.FirstErr = err
		}
	}
	return r
}
