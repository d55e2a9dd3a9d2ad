package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"kessai.dev/kessai/tools/bench/load"
)

// The own time that is asked for: what kessai adds to a payment at a steady
// 500 a second.
const (
	ownRate  = 500
	ownLimit = 10 * time.Millisecond
)

// memoryFiles is where files are that no disk has to sync.
const memoryFiles = "/dev/shm"

// ownTime measures it: once with the books on this disk, once with them in
// memory, all else the same. The acquirer takes no time, so that all of the
// latency is kessai's, or the disk's: every payment waits for two syncs, one
// after the other, and how long the disk takes for them is no work of ours. The
// floor is measured beside it: what it needs at the same rate, nobody can save.
func ownTime(ctx context.Context, b *bench) error {
	fmt.Printf("\n## Own time: %d payments a second, open loop, acquirer 0 ms, native gRPC\n\n", ownRate)
	fmt.Printf("Latency counts from when a call was due, not from when it left; how late the machine let the generator leave is in it, and told beside it. Every payment waits for two syncs of the books.\n\n")
	fmt.Printf("| books | run | server | sent/s | p50 ms | p99 ms | p99.9 ms | max ms | left late, p99 ms | other_cores |\n|---|---:|---|---:|---:|---:|---:|---:|---:|---:|\n")
	disk, err := b.ownRuns(ctx, "on disk")
	if err != nil {
		return err
	}
	back, err := b.move(memoryFiles)
	if err != nil {
		return err
	}
	defer back()
	memory, err := b.ownRuns(ctx, "in memory")
	if err != nil {
		return err
	}
	fmt.Printf("\n| p99, median of the runs | floor ms | kessai ms | goal | verdict |\n|---|---:|---:|---:|---|\n")
	for _, r := range []struct {
		books string
		all   comparison
	}{{"on disk, syncs included", disk}, {"in memory: own time without the syncs", memory}} {
		floor := r.all.typical(func(p pair) float64 { return ms(p.base.p99) })
		own := r.all.typical(func(p pair) float64 { return ms(p.test.p99) })
		limit, doubt := ms(ownLimit), r.all.doubt()
		if floor > limit {
			doubt = "the floor itself misses it"
		}
		fmt.Printf("| books %s | %.1f | %.1f | ≤ %.0f | %s |\n", r.books, floor, own, limit,
			b.judge(fmt.Sprintf("own time p99 at %d payments/s ≤ %.0f ms, books %s", ownRate, limit, r.books), own <= limit, doubt))
	}
	return nil
}

// move has new folders made in another place until the function it gives is
// called, which takes them away.
func (b *bench) move(to string) (func(), error) {
	dir, err := os.MkdirTemp(to, "kessai-bench-")
	if err != nil {
		return nil, err
	}
	before := b.dir
	b.dir = dir
	return func() {
		b.dir = before
		_ = os.RemoveAll(dir)
	}, nil
}

// ownRuns measures both servers in turn on books of their own.
func (b *bench) ownRuns(ctx context.Context, books string) (comparison, error) {
	var all comparison
	base, err := b.startFloor(0)
	if err != nil {
		return all, err
	}
	defer base.stop()
	test, err := b.freshKessai(instant(0))
	if err != nil {
		return all, err
	}
	defer test.stop()
	for run := range max(b.reps, 3) {
		var p pair
		for try := 0; try <= again; try++ {
			for _, half := range []struct {
				s  *server
				to *point
			}{{base, &p.base}, {test, &p.test}} {
				calm(ctx, base, test)
				if *half.to, err = b.steady(ctx, books, run, half.s); err != nil {
					return all, err
				}
			}
			if p.agrees() && !p.noisy() {
				break
			}
		}
		all.pairs = append(all.pairs, p)
	}
	return all, nil
}

// steady is one open-loop run, after a short one to warm up.
func (b *bench) steady(ctx context.Context, books string, run int, s *server) (point, error) {
	const atOnce = 2000
	if r := load.Open(ctx, ownRate, b.length/2, atOnce, s.conn.Create()); r.FirstErr != nil {
		return point{}, fmt.Errorf("%w\n%s", r.FirstErr, s.Tail())
	}
	used := b.meter(s)
	r := load.Open(ctx, ownRate, max(b.length, 2*time.Second), atOnce, s.conn.Create())
	if r.FirstErr != nil {
		return point{}, fmt.Errorf("%w\n%s", r.FirstErr, s.Tail())
	}
	p := used(r).point()
	fmt.Printf("| %s | %d | %s | %.0f | %.1f | %.1f | %.1f | %.1f | %.1f | %.2f |\n", books, run+1, s.Name, p.rps, ms(p.p50), ms(p.p99), ms(r.Quantile(0.999)), ms(p.max), ms(r.LateQuantile(0.99)), p.others)
	return p, nil
}
