package registry

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

const canary = "7654321987"

var (
	test       = Who{Tenant: shop.Tenant{Shop: "a", Environment: shop.Test}, Actor: "key:00000001"}
	production = Who{Tenant: shop.Tenant{Shop: "a", Environment: shop.Production}, Actor: "key:00000002"}
	other      = Who{Tenant: shop.Tenant{Shop: "b", Environment: shop.Test}, Actor: "key:00000003"}
)

// rig is a registry on books of its own.
type rig struct {
	*testing.T
	*Registry
	dir    string
	books  *bolt.Ledger
	live   *shop.Live
	now    time.Time
	log    *bytes.Buffer
	random io.Reader
}

// fileDirectory is what a config file with two shops says. Each has a contract
// of its own; a has both environments.
func fileDirectory(edit func(*shop.Directory)) *shop.Directory {
	contract := func(id, trader string) shop.Contract {
		return shop.Contract{ID: id, TraderCode: trader, AccessKey: canary, HoldDays: 60, Flags: shop.Flags{TestAllowed: true, Vault: true, ThreeDSecure: true}}
	}
	one := func(id shop.ID, contracts map[shop.Environment]shop.Contract) *shop.Shop {
		return &shop.Shop{ID: id, Name: "Shop " + string(id), Contracts: contracts, Settings: shop.Settings{
			FeeRate: shop.DefaultFeeRate, Deliveries: []shipping.Method{{ID: "takkyubin", Name: "宅急便", Carrier: shipping.CarrierYamato}},
			Methods: []shop.PaymentMethod{{ID: "card", Name: "カード", Kind: shop.KindCard}, {ID: "bank", Name: "銀行振込", Kind: shop.KindOther}},
		}}
	}
	d := &shop.Directory{Keys: map[[32]byte]*shop.Key{}, Shops: map[shop.ID]*shop.Shop{
		"a": one("a", map[shop.Environment]shop.Contract{shop.Test: contract("a-test", "888889999"), shop.Production: contract("a-live", "123456789")}),
		"b": one("b", map[shop.Environment]shop.Contract{shop.Test: contract("b-test", "888880000")}),
	}}
	hash := shop.HashKey("sk_test_file")
	d.Keys[hash] = &shop.Key{Hash: hash, Tenant: test.Tenant, Scopes: []shop.Scope{shop.Operator}}
	if edit != nil {
		edit(d)
	}
	return d
}

func newRig(t *testing.T, edit func(*shop.Directory)) *rig {
	t.Helper()
	r := &rig{T: t, dir: t.TempDir(), now: time.Date(2026, 11, 23, 12, 0, 0, 0, shop.Tokyo), log: &bytes.Buffer{}, random: rand.NewChaCha8([32]byte{1})}
	r.start(edit)
	t.Cleanup(r.stop)
	return r
}

func (r *rig) stop() {
	if err := r.books.Close(); err != nil {
		r.Error(err)
	}
}

// start opens books and registry with a config file.
func (r *rig) start(edit func(*shop.Directory)) {
	r.Helper()
	if err := r.tryStart(edit); err != nil {
		r.Fatal(err)
	}
}

func (r *rig) tryStart(edit func(*shop.Directory)) (err error) {
	r.Helper()
	if r.books, err = bolt.Open(bolt.Options{Dir: filepath.Join(r.dir, "ledger")}); err != nil {
		r.Fatal(err)
	}
	keys, err := OpenKeys(context.Background(), filepath.Join(r.dir, "shops.keys"), r.books)
	if err != nil {
		return err
	}
	r.live = shop.NewLive(fileDirectory(edit))
	r.Registry, err = Open(context.Background(), Options{
		Books: r.books, Payments: r.books, Keys: keys, Live: r.live, Clock: func() time.Time { return r.now }, Random: r.random,
		Logger: slog.New(slog.NewTextHandler(r.log, nil)),
	})
	return err
}

// restart is a new process with another config file.
func (r *rig) restart(edit func(*shop.Directory)) {
	r.Helper()
	r.stop()
	r.log.Reset()
	r.start(edit)
}

func (r *rig) settings(w Who) Settings {
	r.Helper()
	s, err := r.Settings(w)
	if err != nil {
		r.Fatal(err)
	}
	return s
}

// set changes settings, which must succeed.
func (r *rig) set(w Who, change func(*Settings)) Settings {
	r.Helper()
	s, err := r.ChangeSettings(r.Context(), w, "", func(s *Settings) error { change(s); return nil })
	if err != nil {
		r.Fatal(err)
	}
	return s
}

// trail gives the whole trail, oldest first.
func (r *rig) trail(w Who) []Change {
	r.Helper()
	list, err := r.Changes(r.Context(), w, 0, 1000)
	if err != nil {
		r.Fatal(err)
	}
	slices.Reverse(list)
	for i := range list {
		if list[i].Sequence != i+1 {
			r.Fatalf("entry %d is number %d", i+1, list[i].Sequence)
		}
	}
	return list
}

func (r *rig) last(w Who) Change {
	list := r.trail(w)
	return list[len(list)-1]
}

// fields gives the fields that a *payment.InvalidError names.
func fields(err error) string {
	invalid, ok := errors.AsType[*payment.InvalidError](err)
	if !ok {
		return ""
	}
	var list []string
	for _, v := range invalid.Violations {
		list = append(list, v.Field)
	}
	return strings.Join(list, " ")
}

func refused(err error) bool {
	_, ok := errors.AsType[*payment.Refusal](err)
	return ok
}

// together runs work at once, as many times.
func together(n int, work func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { work(i) })
	}
	all.Wait()
}

var _ ledger.Shops = (*bolt.Ledger)(nil)
