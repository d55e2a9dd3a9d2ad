package registry

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// shops is how many BenchmarkShops has at most. A million take some minutes and 12 GB.
var shops = flag.Int("shops", 100_000, "how many shops BenchmarkShops has")

// manyShops is a config file with so many shops, each with a contract and a key of its own
// in one environment.
func manyShops(n int) *shop.Directory {
	d := &shop.Directory{Shops: make(map[shop.ID]*shop.Shop, n), Keys: make(map[[32]byte]*shop.Key, n)}
	for i := range n {
		id := shop.ID(fmt.Sprintf("shop-%07d", i))
		contract := shop.Contract{ID: string(id) + "-live", TraderCode: fmt.Sprintf("%09d", i), AccessKey: canary, HoldDays: 60, Flags: shop.Flags{Vault: true}}
		d.Shops[id] = &shop.Shop{ID: id, Name: "ショップ " + string(id), Contracts: map[shop.Environment]shop.Contract{shop.Production: contract}, Settings: shop.Settings{
			FeeRate: shop.DefaultFeeRate, Deliveries: []shipping.Method{{ID: "takkyubin", Name: "宅急便", Carrier: shipping.CarrierYamato}},
			Methods: []shop.PaymentMethod{{ID: "card", Name: "クレジットカード", Kind: shop.KindCard}, {ID: "bank", Name: "銀行振込", Kind: shop.KindOther}},
		}}
		hash := shop.HashKey("sk_live_" + string(id))
		d.Keys[hash] = &shop.Key{Hash: hash, Tenant: shop.Tenant{Shop: id, Environment: shop.Production}, Scopes: []shop.Scope{shop.Operator}}
	}
	return d
}

// shelf is books in memory: only the documents.
type shelf struct {
	ledger.Shops
	documents map[ledger.DocumentName]ledger.Document
}

func (s *shelf) EachDocument(_ context.Context, yield func(ledger.Document) bool) error {
	for _, d := range s.documents {
		if !yield(d) {
			break
		}
	}
	return nil
}

func (s *shelf) Revised(_ context.Context, after uint64) (list []ledger.Document, now uint64, err error) {
	if after == 0 {
		for _, d := range s.documents {
			list = append(list, d)
		}
	}
	return list, 1, nil
}

func (s *shelf) Revise(_ context.Context, r ledger.Revision) error {
	for _, d := range r.Documents {
		d.Version++
		s.documents[d.DocumentName] = d
	}
	return r.Check()
}

// heap is what lives, in bytes.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// BenchmarkShops is what shops cost a process: how long the start with so many of them takes
// that the books have already, what they hold in memory (the config file's directory
// included), and how long a change of one shop is, which copies the maps of all. ns/op is the lookup that every call makes.
func BenchmarkShops(b *testing.B) {
	for _, n := range []int{1_000, *shops} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			books := &shelf{documents: map[ledger.DocumentName]ledger.Document{}}
			keys, err := OpenKeys(context.Background(), filepath.Join(b.TempDir(), "shops.keys"), books)
			if err != nil {
				b.Fatal(err)
			}
			open := func(file *shop.Directory) (*Registry, *shop.Live, time.Duration) {
				live, began := shop.NewLive(file), time.Now()
				r, err := Open(context.Background(), Options{Books: books, Keys: keys, Live: live, Clock: time.Now, Logger: slog.New(slog.DiscardHandler)})
				if err != nil {
					b.Fatal(err)
				}
				return r, live, time.Since(began)
			}
			open(manyShops(n)) // the books learn of them
			before := heap()
			r, live, took := open(manyShops(n))
			per := (heap() - before) / float64(n)
			changed := books.documents[ledger.DocumentName{Kind: ledger.DocumentShop, ID: fmt.Sprintf("PRODUCTION/shop-%07d", n/2)}]
			changed.Version++
			news := r.empty()
			began := time.Now()
			if err := news.take(&changed); err != nil {
				b.Fatal(err)
			}
			r.takeIn(news)
			change := time.Since(began)
			hash := shop.HashKey(fmt.Sprintf("sk_live_shop-%07d", n/2))
			b.ResetTimer()
			for b.Loop() {
				d := live.Now()
				k := d.Keys[hash]
				if _, _, ok := d.Contract(k.Tenant); !ok {
					b.Fatal("no contract")
				}
			}
			b.ReportMetric(per, "B/shop")
			b.ReportMetric(float64(took.Milliseconds()), "ms-start")
			b.ReportMetric(float64(change.Microseconds())/1000, "ms-change")
			runtime.KeepAlive(r)
		})
	}
}
