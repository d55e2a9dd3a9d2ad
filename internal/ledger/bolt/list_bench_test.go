package bolt

import (
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// BenchmarkList lists books of so many payments (-preloaded, 20,000 unless
// given): the newest page, a page of the oldest second, a search that finds
// nothing by index row and by payment, and all of them, page by page (R43).
func BenchmarkList(b *testing.B) {
	n := *preloaded
	if n == 0 {
		n = 20_000
	}
	dir := b.TempDir()
	author := ledgertest.NewAuthor(1)
	preload(b, dir, author, n)
	l := open(b, dir, nil)
	oldest := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		filter ledger.Filter
		pages  int // at most; 0: all
		limit  int
	}{
		{"newest", ledger.Filter{}, 1, 50},
		{"oldest second", ledger.Filter{CreatedBefore: oldest.Add(time.Second)}, 1, 50},
		{"nothing by row", ledger.Filter{States: []payment.State{payment.Settled}}, 0, 50},
		{"lost orders that were told of, by row", ledger.Filter{Confirmed: ledger.IsNot, Told: ledger.Is}, 0, 50},
		{"nothing in an hour, by payment", ledger.Filter{Shipped: ledger.Is, CreatedBefore: oldest.Add(10 * time.Second)}, 0, 50},
		{"all", ledger.Filter{}, 0, 200},
	} {
		b.Run(c.name, func(b *testing.B) {
			found, pages := 0, 0
			for b.Loop() {
				q := ledger.Query{Tenant: shop.Tenant{Shop: "demo", Environment: shop.Test}, Filter: c.filter, Limit: c.limit}
				found, pages = 0, 0
				for {
					page, err := l.List(b.Context(), q)
					if err != nil {
						b.Fatal(err)
					}
					found += len(page.Payments)
					if pages++; !page.More || pages == c.pages {
						break
					}
					q.Before = page.Next
				}
			}
			b.ReportMetric(float64(found), "found")
			b.ReportMetric(float64(pages), "pages")
		})
	}
}
