package radar

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kessai.dev/kessai/internal/payment"
)

// BenchmarkHolds measures a page of fifty among a hundred thousand holds and as many
// charged payments: the first time after a start, again, after one more payment, and
// after a thousand.
func BenchmarkHolds(b *testing.B) {
	const holds = 100_000
	r := newRig(b)
	var next atomic.Int64
	fill := func(n int, charge bool) {
		var writers sync.WaitGroup
		for range 128 {
			writers.Go(func() {
				for i := next.Add(1); i <= int64(n); i = next.Add(1) {
					if p := r.hold(fmt.Sprint(i)); charge && i%2 == 0 {
						r.command(p.ID, payment.Capture{})
					}
				}
			})
		}
		writers.Wait()
	}
	for range 60 {
		fill(int(next.Load())+holds/30, true)
		r.later(24 * time.Hour)
	}
	page := func(b *testing.B) {
		b.Helper()
		got, err := r.Holds(b.Context(), asShop, Query{Limit: 50})
		if err != nil || len(got.Holds) != 50 {
			b.Fatalf("%d holds, %v", len(got.Holds), err)
		}
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			r.begin()
			page(b)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			page(b)
		}
	})
	for _, n := range []int{1, 1000} {
		b.Run(fmt.Sprintf("after%d", n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				fill(int(next.Load())+n, false)
				b.StartTimer()
				page(b)
			}
		})
	}
	b.Run("calendar", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Calendar(b.Context(), asShop); err != nil {
				b.Fatal(err)
			}
		}
	})
	if err := r.Warn(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Run("warn", func(b *testing.B) { // all were told of: what looking costs
		for b.Loop() {
			if err := r.Warn(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
