package main

import (
	"context"
	"fmt"
	"os"
	"slices"
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
	database      float64 // the same of the database of the books; 0: they are in a file
	load          float64
	others        float64 // cores that everything else on the machine used
}

// span is what was answered, and used, in one measured time or in several.
type span struct {
	load.Result
	used [6]float64 // seconds of CPU: server, Redis, load generator, helper, database, all of the machine
}

// and is both spans as one.
func (s span) and(o span) span {
	s.Latencies = append(slices.Clone(s.Latencies), o.Latencies...)
	slices.Sort(s.Latencies)
	s.Elapsed += o.Elapsed
	for i := range s.used {
		s.used[i] += o.used[i]
	}
	return s
}

func (s span) point() point {
	each := 1e6 / float64(len(s.Latencies))
	return point{
		rps: s.Rate(), p50: s.Quantile(0.50), p99: s.Quantile(0.99), max: s.Quantile(1),
		server: s.used[0] * each, redis: s.used[1] * each, load: s.used[2] * each, database: s.used[4] * each,
		others: (s.used[5] - s.used[0] - s.used[1] - s.used[2] - s.used[3] - s.used[4]) / s.Elapsed.Seconds(),
	}
}

// measure loads a server in a closed loop, after a warm-up of a fifth.
func (b *bench) measure(ctx context.Context, s *server, callers int, call load.Call) (span, error) {
	warm := load.Closed(ctx, callers, b.length/5, call)
	if warm.FirstErr != nil {
		return span{}, fmt.Errorf("%s: %w\n%s", s.Name, warm.FirstErr, s.Tail())
	}
	used := b.meter(s)
	r := load.Closed(ctx, callers, b.length, shifted(call))
	if r.FirstErr != nil {
		return span{}, fmt.Errorf("%s with %d callers: %w\n%s", s.Name, callers, r.FirstErr, s.Tail())
	}
	if len(r.Latencies) == 0 {
		return span{}, fmt.Errorf("%s with %d callers: no call was answered", s.Name, callers)
	}
	return used(r), nil
}

// shifted numbers the calls of the measured run behind those of the warm-up.
func shifted(call load.Call) load.Call {
	return func(ctx context.Context, caller, n int) error { return call(ctx, caller, n+1<<30) }
}

// meter reads all clocks; the function it gives reads them again and says what
// the run between has used.
func (b *bench) meter(s *server) func(load.Result) span {
	read := func() [6]float64 {
		return [6]float64{proc.CPU(s.PID), proc.CPU(b.redis.PID), proc.CPU(os.Getpid()), proc.CPU(b.helper), proc.FamilyCPU(b.database), proc.Busy()}
	}
	before := read()
	return func(r load.Result) span {
		now := read()
		for i := range now {
			now[i] -= before[i]
		}
		return span{r, now}
	}
}
