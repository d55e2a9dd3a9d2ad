package main

import (
	"context"
	"fmt"

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
			measured, err := b.measure(ctx, s, callers, w.create)
			if err != nil {
				return err
			}
			p := measured.point()
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
