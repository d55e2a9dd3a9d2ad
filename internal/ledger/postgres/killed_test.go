package postgres

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
	"kessai.dev/kessai/internal/payment"
)

// P06, P18, P96: the server is killed under writers of two processes, and starts again:
// everything that was acknowledged is there, nothing twice, and nobody hears of it.
func TestServerKilled(t *testing.T) {
	s := pgtest.Start(t)
	harmed(t, s.Database(t), func(enough func()) {
		for range 3 {
			enough()
			s.Kill()
			s.Restart()
		}
	})
}

// P96 P18: the primary is killed while two processes write, and its standby promoted: both
// find it by the same address, nothing acknowledged is lost and nobody hears of it.
func TestStandbyPromoted(t *testing.T) {
	primary := pgtest.Start(t)
	primary.Database(t)
	standby := pgtest.StartStandby(t, primary)
	dsn := fmt.Sprintf("postgres://postgres@127.0.0.1:%d,127.0.0.1:%d/test1?sslmode=disable", primary.Port(), standby.Port())
	harmed(t, dsn, func(enough func()) {
		enough()
		primary.Kill()
		standby.Promote()
		enough()
	})
}

// harmed has two processes write while the database is harmed, and then holds the books
// against what was acknowledged. The harm calls enough to let a hundred payments be written.
func harmed(t *testing.T, dsn string, harm func(enough func())) {
	t.Helper()
	dir := t.TempDir()
	books := []*Ledger{open(t, dsn, dir, nil), open(t, dsn, dir, nil)}
	var (
		group   sync.WaitGroup
		stop    atomic.Bool
		mu      sync.Mutex
		written = map[payment.ID]int{}
		enough  = make(chan struct{}, 1000)
	)
	for worker := range 16 {
		group.Go(func() {
			author := ledgertest.NewAuthor(uint64(worker + 1))
			for i := 0; !stop.Load(); i++ {
				key := fmt.Sprint(worker, "-", i)
				e := author.Open(key, key, nil)
				err := books[worker%2].Append(context.Background(), e)
				if err == nil {
					e = author.Next(e.After, ledgertest.Authorized(e.After))
					err = books[(worker+i)%2].Append(context.Background(), e) // also by the other one
				}
				if err != nil {
					t.Errorf("append: %v", err)
					return
				}
				mu.Lock()
				written[e.Payment] = e.After.Version
				mu.Unlock()
				select {
				case enough <- struct{}{}:
				default:
				}
			}
		})
	}
	harm(func() {
		for range 100 {
			<-enough
		}
	})
	stop.Store(true)
	group.Wait()
	t.Logf("%d payments", len(written))
	for id, version := range written {
		if p, err := books[0].Load(t.Context(), id); err != nil || p.Version != version {
			t.Fatalf("%s was acknowledged at version %d: %+v, %v", id, version, p, err)
		}
	}
	proven(t, books[1])
}
