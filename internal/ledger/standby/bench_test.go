package standby

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/ledger/ledgertest"
)

// BenchmarkCatchUp is how fast a whole book is shipped to an empty folder, and followed from there by an
// empty standby, with every commit synced.
func BenchmarkCatchUp(b *testing.B) {
	const payments = 20_000
	p := &primary{dir: b.TempDir(), author: ledgertest.NewAuthor(1), clock: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	books, err := bolt.Open(bolt.Options{Dir: p.dir, NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	defer books.Close() //nolint:errcheck // only read
	for i := range payments {
		name := fmt.Sprint(i)
		if err := books.Append(b.Context(), p.author.Open(name, name, []byte("buyer"))); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		ship := b.TempDir()
		s := NewShipper(Options{Dir: ship, Books: books.Shipped(), Clock: func() time.Time { return p.clock }, Logger: slog.New(slog.DiscardHandler)})
		v, err := s.embark()
		if err == nil {
			err = v.turn(b.Context(), true)
		}
		if err != nil {
			b.Fatal(err)
		}
		shipped := b.Elapsed()
		second := following(b, p.dir, b.TempDir())
		f, err := NewFollow(ship, second.ShipKey(), second, second.Identity().Public, time.Time{})
		if err != nil {
			b.Fatal(err)
		}
		if err := f.Catch(b.Context()); err != nil {
			b.Fatal(err)
		}
		if at, _ := f.At(); at != 2*payments {
			b.Fatal(at)
		}
		b.ReportMetric(2*payments/shipped.Seconds(), "shipped/s")
		b.ReportMetric(2*payments/(b.Elapsed()-shipped).Seconds(), "followed/s")
	}
}
