package main

import (
	"context"
	"fmt"
	"time"

	"kessai.dev/kessai/tools/bench/load"
)

// The own time that is asked for: what kessai adds to a payment at a steady
// 500 a second.
const (
	ownRate  = 500
	ownLimit = 10 * time.Millisecond
)

// ownTime measures it. The acquirer takes no time, so all of the latency is
// kessai's own. The floor is measured beside it: what it needs at the same
// rate, nobody can save.
func ownTime(ctx context.Context, b *bench) error {
	base, err := b.startFloor(0)
	if err != nil {
		return err
	}
	defer base.stop()
	test, err := b.freshKessai(instant(0))
	if err != nil {
		return err
	}
	defer test.stop()
	fmt.Printf("\n## Own time: %d payments a second, open loop, acquirer 0 ms, native gRPC\n\n", ownRate)
	fmt.Printf("Latency counts from when a call was due, not from when it left.\n\n")
	fmt.Printf("| run | server | sent/s | p50 ms | p99 ms | p99.9 ms | max ms | other_cores |\n|---:|---|---:|---:|---:|---:|---:|---:|\n")
	var all comparison
	for run := range max(b.reps, 3) {
		calm(ctx, base, test)
		var p pair
		if p.base, err = b.steady(ctx, run, base); err != nil {
			return err
		}
		calm(ctx, base, test)
		if p.test, err = b.steady(ctx, run, test); err != nil {
			return err
		}
		all.pairs = append(all.pairs, p)
	}
	floor := all.typical(func(p pair) float64 { return ms(p.base.p99) })
	own := all.typical(func(p pair) float64 { return ms(p.test.p99) })
	limit, doubt := ms(ownLimit), all.doubt()
	if floor > limit {
		doubt = "the floor itself misses it"
	}
	fmt.Printf("\np99, median of the runs: floor %.1f ms, kessai %.1f ms, goal ≤ %.0f ms: %s\n", floor, own, limit,
		b.judge("own time p99 at 500 payments/s ≤ 10 ms", own <= limit, doubt))
	return nil
}

// steady is one open-loop run, after a short one to warm up.
func (b *bench) steady(ctx context.Context, run int, s *server) (point, error) {
	const atOnce = 2000
	if r := load.Open(ctx, ownRate, b.length/2, atOnce, s.conn.Create()); r.FirstErr != nil {
		return point{}, fmt.Errorf("%w\n%s", r.FirstErr, s.Tail())
	}
	used := b.meter(s)
	r := load.Open(ctx, ownRate, max(b.length, 2*time.Second), atOnce, s.conn.Create())
	if r.FirstErr != nil {
		return point{}, fmt.Errorf("%w\n%s", r.FirstErr, s.Tail())
	}
	p := used(r)
	fmt.Printf("| %d | %s | %.0f | %.1f | %.1f | %.1f | %.1f | %.2f |\n", run+1, s.Name, p.rps, ms(p.p50), ms(p.p99), ms(r.Quantile(0.999)), ms(p.max), p.others)
	return p, nil
}
