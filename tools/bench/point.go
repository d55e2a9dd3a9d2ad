package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"kessai.dev/kessai/tools/bench/load"
	"kessai.dev/kessai/tools/bench/proc"
)

// point is one measurement of one server.
type point struct {
	rps           float64
	p50, p99, max time.Duration
	server        float64 // CPU of the server, µs a request
	redis         float64
	load          float64
	others        float64 // cores that everything else on the machine used
}

// measure loads a server in a closed loop, after a warm-up of a fifth.
func (b *bench) measure(ctx context.Context, s *server, callers int, call load.Call) (point, error) {
	warm := load.Closed(ctx, callers, b.length/5, call)
	if warm.FirstErr != nil {
		return point{}, fmt.Errorf("%s: %w\n%s", s.Name, warm.FirstErr, s.Tail())
	}
	used := b.meter(s)
	r := load.Closed(ctx, callers, b.length, shifted(call))
	if r.FirstErr != nil {
		return point{}, fmt.Errorf("%s with %d callers: %w\n%s", s.Name, callers, r.FirstErr, s.Tail())
	}
	if len(r.Latencies) == 0 {
		return point{}, fmt.Errorf("%s with %d callers: no call was answered", s.Name, callers)
	}
	return used(r), nil
}

// shifted numbers the calls of the measured run behind those of the warm-up.
func shifted(call load.Call) load.Call {
	return func(ctx context.Context, caller, n int) error { return call(ctx, caller, n+1<<30) }
}

// meter reads all clocks; the function it gives reads them again and says what
// the run between has used.
func (b *bench) meter(s *server) func(load.Result) point {
	read := func() [5]float64 {
		return [5]float64{proc.CPU(s.PID), proc.CPU(b.redis.PID), proc.CPU(os.Getpid()), proc.CPU(b.helper), proc.Busy()}
	}
	before := read()
	return func(r load.Result) point {
		now := read()
		for i := range now {
			now[i] -= before[i]
		}
		each := 1e6 / float64(len(r.Latencies))
		return point{
			rps: r.Rate(), p50: r.Quantile(0.50), p99: r.Quantile(0.99), max: r.Quantile(1),
			server: now[0] * each, redis: now[1] * each, load: now[2] * each,
			others: (now[4] - now[0] - now[1] - now[2] - now[3]) / r.Elapsed.Seconds(),
		}
	}
}
