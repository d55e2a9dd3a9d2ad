package postgres

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
)

// BenchmarkAppend is a payment of two entries with personal data, by so many callers at
// once (twice as many on two cores), on a server that syncs. Entries in a group say how well
// groups fill.
func BenchmarkAppend(b *testing.B) {
	for _, callers := range []int{1, 64, 256} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) {
			s := pgtest.Start(b)
			l := open(b, s.Database(b), b.TempDir(), nil)
			var worker, failed atomic.Int64
			b.SetParallelism(callers)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				seed := worker.Add(1)
				author := ledgertest.NewAuthor(uint64(seed))
				for i := 0; pb.Next(); i++ {
					key := fmt.Sprint(seed, "-", i)
					e := author.Open(key, key, []byte("YAMADA Hanako, 1-1 Ginza, Chuo-ku"))
					err := l.Append(context.Background(), e)
					if err == nil {
						err = l.Append(context.Background(), author.Next(e.After, ledgertest.Authorized(e.After)))
					}
					if err != nil {
						failed.Add(1)
					}
				}
			})
			b.StopTimer()
			if failed.Load() > 0 {
				b.Fatalf("%d failed", failed.Load())
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "payments/s")
			b.ReportMetric(2*float64(b.N)/float64(l.groups), "entries/group")
		})
	}
}
