package postgres

import (
	"context"
	"fmt"
	"runtime"
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
					if paid(l, author, fmt.Sprint(seed, "-", i)) != nil {
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

// BenchmarkAppendProcesses is the same with 256 callers shared by so many writers on one
// database, as several processes have them: each has a connection, a memory and groups of
// its own. The row of books makes them take turns.
func BenchmarkAppendProcesses(b *testing.B) {
	for _, processes := range []int{1, 2, 3} {
		b.Run(fmt.Sprint(processes), func(b *testing.B) {
			dsn, dir := pgtest.Start(b).Database(b), b.TempDir()
			writers := make([]*Ledger, processes)
			for i := range writers {
				writers[i] = open(b, dsn, dir, nil)
			}
			var worker, failed atomic.Int64
			b.SetParallelism(256 / runtime.GOMAXPROCS(0))
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				seed := worker.Add(1)
				l, author := writers[int(seed)%processes], ledgertest.NewAuthor(uint64(seed))
				for i := 0; pb.Next(); i++ {
					if paid(l, author, fmt.Sprint(seed, "-", i)) != nil {
						failed.Add(1)
					}
				}
			})
			b.StopTimer()
			if failed.Load() > 0 {
				b.Fatalf("%d failed", failed.Load())
			}
			groups := uint64(0)
			for _, l := range writers {
				groups += l.groups
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "payments/s")
			b.ReportMetric(2*float64(b.N)/float64(groups), "entries/group")
		})
	}
}

// paid writes a payment: a wish with personal data, and its fact.
func paid(l *Ledger, author *ledgertest.Author, key string) error {
	e := author.Open(key, key, []byte("YAMADA Hanako, 1-1 Ginza, Chuo-ku"))
	if err := l.Append(context.Background(), e); err != nil {
		return err
	}
	return l.Append(context.Background(), author.Next(e.After, ledgertest.Authorized(e.After)))
}
