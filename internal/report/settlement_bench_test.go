package report

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// benchPayments lived for benchDays days, each day as many.
const (
	benchPayments = 200_000
	benchDays     = 60
)

// fillBooks writes a million events: every payment is charged, two of three are settled two days
// later, and every tenth of all is given back the day after that.
func fillBooks(b *testing.B, l *bolt.Ledger, clock *atomic.Int64) {
	b.Helper()
	type living struct {
		p *payment.Payment
		n int
	}
	days := make([][]*living, benchDays+3)
	each := func(list []*living, events func(*living) []payment.Event) {
		var next atomic.Int64
		var writers sync.WaitGroup
		for range 64 {
			writers.Go(func() {
				for i := next.Add(1) - 1; i < int64(len(list)); i = next.Add(1) - 1 {
					x := list[i]
					e := ledger.Entry{Events: events(x)}
					if x.p != nil {
						e.Version = x.p.Version
					}
					for k := range e.Events {
						e.Events[k].Sequence, e.Events[k].Time = e.Version+k+1, time.Unix(0, clock.Load())
					}
					after, err := payment.Replay(x.p, e.Events)
					if err != nil {
						b.Error(err)
						return
					}
					x.p, e.After, e.Payment = after, after, after.ID
					if err := l.Append(b.Context(), e); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		writers.Wait()
	}
	n := 0
	for day := range days {
		clock.Store(begins().AddDate(0, 0, day).UnixNano())
		if day < benchDays {
			for range benchPayments / benchDays {
				n++
				days[day] = append(days[day], &living{n: n})
			}
			each(days[day], func(x *living) []payment.Event {
				y := money.Yen(1000 + x.n%9000)
				id := payment.NewID(time.Unix(0, clock.Load()), uint64(x.n)) //nolint:gosec // a count
				return []payment.Event{
					{Kind: payment.KindCreated, ID: id, Opening: &payment.Opening{Tenant: mainShop, OrderNumber: fmt.Sprint(x.n), Requested: y}},
					{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 1, Amount: y},
					{Kind: payment.KindAuthorized, Attempt: 1, Amount: y, Until: dayOf(time.Unix(0, clock.Load())).AddDate(0, 0, 31).Add(-time.Second)},
					{Kind: payment.KindCaptured, Attempt: 1, Amount: y},
				}
			})
		}
		for back, step := range map[int]payment.Event{2: {Kind: payment.KindSettled, Attempt: 1}, 3: {Kind: payment.KindCanceled, Attempt: 1}} {
			if day < back {
				continue
			}
			var due []*living
			for _, x := range days[day-back] {
				if back == 2 && x.n%3 > 0 || back == 3 && x.n%10 == 0 {
					due = append(due, x)
				}
			}
			each(due, func(*living) []payment.Event { return []payment.Event{step} })
		}
	}
}

func begins() time.Time { return shelfBegins }

// filledBooks are books that fillBooks has filled, and their clock.
func filledBooks(b *testing.B) (*bolt.Ledger, func() time.Time) {
	b.Helper()
	var clock atomic.Int64
	clock.Store(begins().UnixNano())
	now := func() time.Time { return time.Unix(0, clock.Load()) }
	l, err := bolt.Open(bolt.Options{Dir: b.TempDir(), Clock: now, NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = l.Close() })
	fillBooks(b, l, &clock)
	last, err := l.Last(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d events", last)
	return l, now
}

// BenchmarkSettlement measures reports over books of a million events: a day, a month, a
// month's file, the forecast, and a month's statement with as many rows as it may
// have. P97
func BenchmarkSettlement(b *testing.B) {
	l, now := filledBooks(b)
	shops := &shop.Directory{Shops: map[shop.ID]*shop.Shop{"first": {ID: "first", Contracts: map[shop.Environment]shop.Contract{shop.Test: {ID: "c"}}, Settings: shop.Settings{FeeRate: shop.DefaultFeeRate}}}}
	s := NewSettlements(SettlementOptions{Books: l, Directory: shops, Clock: now})
	for name, span := range map[string]Span{"day": november(20, 20), "month": november(1, 30)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				got, err := s.Settlement(b.Context(), mainShop, span)
				if err != nil || got.Total.Count == 0 {
					b.Fatal(got, err)
				}
				b.ReportMetric(float64(got.Total.Count), "payments")
			}
		})
	}
	var file bytes.Buffer
	b.Run("file", func(b *testing.B) {
		for b.Loop() {
			file.Reset()
			var before, most runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			peak, pieces := uint64(0), 0
			err := s.Export(b.Context(), mainShop, november(1, 30), func(piece []byte) error {
				if pieces++; pieces%100 == 0 {
					runtime.GC()
					runtime.ReadMemStats(&most)
					peak = max(peak, most.HeapAlloc)
				}
				file.Write(piece)
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(int64(peak)-int64(before.HeapAlloc)-int64(file.Len()))/1e6, "MB-live") //nolint:gosec // bytes in memory
			b.ReportMetric(float64(file.Len())/1e6, "MB-file")
		}
	})
	b.Run("forecast", func(b *testing.B) {
		for b.Loop() {
			if list, err := s.Forecast(b.Context(), mainShop); err != nil || len(list) == 0 {
				b.Fatal(err)
			}
		}
	})
	statement := shortened(b, file.Bytes())
	b.Run("statement", func(b *testing.B) {
		for b.Loop() {
			m, err := s.MatchStatement(b.Context(), mainShop, statement, "2026-11-01", "2026-11-30")
			if err != nil || len(m.Rows) > 0 {
				b.Fatalf("%v %+v", err, m.Rows[:min(len(m.Rows), 3)])
			}
			b.ReportMetric(float64(m.Matched), "rows")
		}
	})
}

// shortened is an export with the two columns that a statement must have.
func shortened(b *testing.B, file []byte) []byte {
	b.Helper()
	var out bytes.Buffer
	for line := range bytes.Lines(file) {
		cells := bytes.Split(line, []byte(","))
		out.Write(cells[4])
		out.WriteByte(',')
		out.Write(cells[6])
		out.WriteByte('\n')
	}
	return out.Bytes()
}
