package main

import (
	"context"
	"fmt"
	"time"

	"kessai.dev/kessai/tools/bench/load"
)

// doors compares the ways of calling, at one point each. The clients differ
// too: the server's CPU is what to look at.
func doors(ctx context.Context, b *bench) error {
	const callers = 64
	s, err := b.freshKessai(instant(0))
	if err != nil {
		return err
	}
	defer s.stop()
	shared, hang, err := load.Connect(s.http, 4)
	if err != nil {
		return err
	}
	defer hang()
	type way struct {
		name   string
		create load.Call
	}
	ways := []way{{"gRPC, native listener", s.conn.Create()}, {"gRPC, shared listener (h2c)", shared.Create()}}
	for _, d := range load.Doors() {
		ways = append(ways, way{d.Name, d.Create(s.http, callers)})
	}
	points := make([]comparison, len(ways))
	for range b.reps {
		for i, w := range ways {
			calm(ctx, s)
			p, err := b.measure(ctx, s, callers, w.create)
			if err != nil {
				return err
			}
			points[i].pairs = append(points[i].pairs, pair{p, p})
		}
	}
	fmt.Printf("\n## Doors: the same call, %d callers, acquirer 0 ms\n\n", callers)
	fmt.Printf("| door | requests/s | p50 ms | p99 ms | server CPU µs/request | by native gRPC | load | other_cores |\n|---|---:|---:|---:|---:|---:|---:|---:|\n")
	native := points[0].typical(func(p pair) float64 { return p.base.server })
	for i, w := range ways {
		of := func(get func(point) float64) float64 {
			return points[i].typical(func(p pair) float64 { return get(p.base) })
		}
		fmt.Printf("| %s | %.0f | %.1f | %.1f | %.0f | %.2f | %.0f | %.2f |\n", w.name, of(rps), of(func(p point) float64 { return ms(p.p50) }),
			of(func(p point) float64 { return ms(p.p99) }), of(cpu), of(cpu)/native, of(func(p point) float64 { return p.load }), of(func(p point) float64 { return p.others }))
	}
	return nil
}

// freshKessai starts the product on empty books.
func (b *bench) freshKessai(provider string) (*server, error) {
	dir, err := b.folder("data")
	if err != nil {
		return nil, err
	}
	return b.startKessai(dir, provider)
}

// ownTime is what kessai adds to a payment at a steady 500 a second. The
// acquirer takes no time, so all of the latency is kessai's own.
func ownTime(ctx context.Context, b *bench) error {
	const rate, atOnce, limit = 500, 2000, 10 * time.Millisecond
	s, err := b.freshKessai(instant(0))
	if err != nil {
		return err
	}
	defer s.stop()
	fmt.Printf("\n## Own time: %d payments a second, open loop, acquirer 0 ms, native gRPC\n\n", rate)
	fmt.Printf("Latency counts from when a call was due, not from when it left.\n\n")
	fmt.Printf("| run | sent/s | p50 ms | p99 ms | p99.9 ms | max ms | other_cores |\n|---:|---:|---:|---:|---:|---:|---:|\n")
	var best, worst time.Duration
	loud := 0
	length := max(2*b.length, 4*time.Second)
	for run := range max(b.reps, 3) {
		if warm := load.Open(ctx, rate, b.length/2, atOnce, s.conn.Create()); warm.FirstErr != nil {
			return fmt.Errorf("%w\n%s", warm.FirstErr, s.Tail())
		}
		used := b.meter(s)
		r := load.Open(ctx, rate, length, atOnce, s.conn.Create())
		if r.FirstErr != nil {
			return fmt.Errorf("%w\n%s", r.FirstErr, s.Tail())
		}
		p := used(r)
		fmt.Printf("| %d | %.0f | %.1f | %.1f | %.1f | %.1f | %.2f |\n", run+1, p.rps, ms(p.p50), ms(p.p99), ms(r.Quantile(0.999)), ms(p.max), p.others)
		if p.others > quiet {
			loud++
		}
		if run == 0 || p.p99 < best {
			best = p.p99
		}
		worst = max(worst, p.p99)
	}
	doubt := ""
	if loud > 0 {
		doubt = "other_cores above 0.35"
	} else if best <= limit && worst > limit {
		doubt = "runs disagree"
	}
	fmt.Printf("\np99 of the worst run %.1f ms, goal ≤ 10 ms: %s\n", ms(worst), b.judge("own time p99 at 500 payments/s ≤ 10 ms", worst <= limit, doubt))
	return nil
}
