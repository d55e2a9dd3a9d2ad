package postgres

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
	"kessai.dev/kessai/internal/shop"
)

// posts are the deliveries of one or two processes, each call another one's than the call
// before.
type posts struct {
	of    []*Deliveries
	calls atomic.Uint64
}

func openPosts(t testing.TB, dsn, dir string, n int) *posts {
	t.Helper()
	p := &posts{}
	for range n {
		p.of = append(p.of, open(t, dsn, dir, nil).OpenDeliveries())
	}
	return p
}

func (p *posts) next() *Deliveries { return p.of[p.calls.Add(1)%uint64(len(p.of))] }

func (p *posts) Course(ctx context.Context, e ledger.EndpointKey) (ledger.Course, bool, error) {
	return p.next().Course(ctx, e)
}

func (p *posts) Settle(ctx context.Context, c ledger.DeliveryChange) error {
	return p.next().Settle(ctx, c)
}

func (p *posts) Deliveries(ctx context.Context, q ledger.DeliveryQuery) ([]ledger.Delivery, error) {
	return p.next().Deliveries(ctx, q)
}

func (p *posts) Due(ctx context.Context, e ledger.EndpointKey, until time.Time, limit int) ([]ledger.Delivery, error) {
	return p.next().Due(ctx, e, until, limit)
}

func (p *posts) Courses(ctx context.Context) (map[ledger.EndpointKey]ledger.Course, error) {
	return p.next().Courses(ctx)
}

func (p *posts) Forget(ctx context.Context, e ledger.EndpointKey) error {
	return p.next().Forget(ctx, e)
}

// Close closes the deliveries and their books.
func (p *posts) Close() (err error) {
	for _, d := range p.of {
		err = errors.Join(err, d.Close(), d.ledger.Close())
	}
	return err
}

// The suite of the deliveries.
func TestDeliveries(t *testing.T) {
	fewer(t, "30")
	dsn := library(t)
	ledgertest.RunDeliveries(t, func(t testing.TB, dir string) ledgertest.Deliveries { return openPosts(t, dsn, dir, 1) })
}

// P06: two processes settle for the same endpoints: nothing is lost, and what is kept is
// what is counted.
func TestDeliveriesPair(t *testing.T) {
	fewer(t, "15")
	dsn := library(t)
	ledgertest.RunDeliveries(t, func(t testing.TB, dir string) ledgertest.Deliveries { return openPosts(t, dsn, dir, 2) })
}

// What waits for an endpoint costs as much to settle however much waits for others.
func BenchmarkSettle(b *testing.B) {
	d := open(b, pgtest.Start(b).Database(b), b.TempDir(), nil).OpenDeliveries()
	defer d.Close() //nolint:errcheck // nothing is lost
	e := ledger.EndpointKey{Tenant: shop.Tenant{Shop: "s", Environment: shop.Test}, ID: "e"}
	for n := uint64(1); b.Loop(); n++ {
		c := ledger.DeliveryChange{Endpoint: e, Course: &ledger.Course{Cursor: n}, Put: []ledger.Delivery{ledgertest.Delivery(n, ledger.DeliveryWaiting, 0)}}
		if n > 1 {
			c.Done = []uint64{n - 1}
		}
		if err := d.Settle(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
}
