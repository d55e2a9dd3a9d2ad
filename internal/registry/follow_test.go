package registry

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// beside opens the registry of another process on the same books.
func (r *rig) beside(books ledger.Shops) *rig {
	r.Helper()
	other := *r
	other.live = shop.NewLive(fileDirectory(nil))
	o := r.o
	o.Books, o.Live = books, other.live
	var err error
	if other.Registry, err = Open(r.Context(), o); err != nil {
		r.Fatal(err)
	}
	return &other
}

func (r *rig) wanted(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// P07, P90: what one process changes is what the other one serves by after its next look:
// settings, contracts, keys that begin or end, and endpoints.
func TestFollow(t *testing.T) {
	a := newRig(t, nil)
	b := a.beside(a.books)
	served := func() *shop.Directory { return b.live.Now() }

	a.set(test, func(s *Settings) { s.FeeRate = 400 })
	_, err := a.ChangeContract(t.Context(), test, "a-test", func(c *shop.Contract) error { c.AmountLimit = 5080; return nil })
	a.wanted(err)
	made, secret, err := a.CreateKey(t.Context(), test, Key{Title: "till", Scopes: []shop.Scope{shop.Operator}})
	a.wanted(err)
	_, err = a.ChangeEndpoints(t.Context(), test, func(list []shop.Endpoint) ([]shop.Endpoint, error) {
		return append(list, shop.Endpoint{URI: "https://shop.example/", Secret: "whsec_1", Created: a.now}), nil
	})
	a.wanted(err)
	if served().Keys[shop.HashKey(secret)] != nil || served().Own[test.Tenant].Settings.FeeRate == 400 {
		t.Fatal("it was told already: what follows proves nothing")
	}
	b.Poll(t.Context())
	if own := served().Own[test.Tenant]; own.Settings.FeeRate != 400 || own.Contracts[shop.Test].AmountLimit != 5080 {
		t.Errorf("%+v", own)
	}
	if k := served().Keys[shop.HashKey(secret)]; k == nil || !k.Expires.IsZero() {
		t.Errorf("the new key: %+v", k)
	}
	if list := b.AllEndpoints()[test.Tenant]; len(list) != 1 || list[0].Secret != "whsec_1" {
		t.Errorf("%+v", list)
	}
	before := served()
	if b.Poll(t.Context()); served() != before {
		t.Error("nothing changed, and everything was made anew")
	}

	_, err = a.ExpireKey(t.Context(), test, made.Mark(), time.Time{})
	a.wanted(err)
	b.Poll(t.Context())
	if k := served().Keys[shop.HashKey(secret)]; k == nil || k.Expires.After(a.now) || k.Expires.IsZero() {
		t.Errorf("a key that was ended at the other process: %+v", k)
	}
}

// P36: a change is one of what the books have, so nobody is refused because his process had
// not heard of the change before it; who read before that one, is.
func TestChangeBesideAnother(t *testing.T) {
	a := newRig(t, nil)
	b := a.beside(a.books)
	read := b.settings(test)
	a.set(test, func(s *Settings) { s.FeeRate = 400 })
	if _, err := b.ChangeSettings(t.Context(), test, read.Etag, func(s *Settings) error { s.Name = "x"; return nil }); !errors.Is(err, ledger.ErrStale) {
		t.Errorf("over what it had not read: %v", err)
	}
	entries := len(a.trail(test))
	after := b.set(test, func(s *Settings) { s.Name = "y" })
	if after.FeeRate != 400 || after.Name != "y" || len(a.trail(test)) != entries+1 {
		t.Errorf("%+v, %d entries", after, len(a.trail(test)))
	}
	together(8, func(i int) {
		r := []*rig{a, b}[i%2]
		for range 10 {
			for {
				_, err := r.ChangeSettings(t.Context(), test, "", func(s *Settings) error { s.FeeRate++; return nil })
				if err == nil {
					break
				}
				if !errors.Is(err, ledger.ErrStale) {
					t.Error(err)
					return
				}
			}
		}
	})
	a.Poll(t.Context())
	b.Poll(t.Context())
	if x, y := a.settings(test), b.settings(test); x.FeeRate != 480 || y.FeeRate != 480 {
		t.Errorf("80 changes: %d and %d", x.FeeRate, y.FeeRate)
	}
}

// flaky are books that cannot be read now and then.
type flaky struct {
	ledger.Shops
	mu  sync.Mutex
	err error
}

func (f *flaky) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

func (f *flaky) Revised(ctx context.Context, after uint64) ([]ledger.Document, uint64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return nil, 0, f.err
	}
	return f.Shops.Revised(ctx, after)
}

// P07: the books are looked at every second; one that cannot be read changes nothing and is
// told of once, and what was changed meanwhile is served by as soon as it can.
func TestFollowThroughAnOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newRig(t, nil)
		books := &flaky{Shops: a.books}
		b := a.beside(books)
		ctx, end := context.WithCancel(t.Context())
		defer end()
		go b.Registry.Run(ctx)
		rate := func() int { return b.live.Now().Own[test.Tenant].Settings.FeeRate }

		a.set(test, func(s *Settings) { s.FeeRate = 400 })
		time.Sleep(pollEvery)
		synctest.Wait()
		if rate() != 400 {
			t.Errorf("after a second: %d", rate())
		}
		for outage := 1; outage <= 2; outage++ {
			books.fail(errors.New("the database is away"))
			a.set(test, func(s *Settings) { s.FeeRate++ })
			time.Sleep(10 * pollEvery)
			synctest.Wait()
			if n := strings.Count(a.log.String(), "level=ERROR"); rate() != 399+outage || n != outage {
				t.Errorf("outage %d: %d, told %d times", outage, rate(), n)
			}
			books.fail(nil)
			time.Sleep(pollEvery)
			synctest.Wait()
			if rate() != 400+outage {
				t.Errorf("after outage %d: %d", outage, rate())
			}
		}
	})
}

// garbled are books with a document that cannot be read.
type garbled struct{ ledger.Shops }

func (g garbled) Revised(ctx context.Context, after uint64) ([]ledger.Document, uint64, error) {
	list, now, err := g.Shops.Revised(ctx, after)
	return append(list, ledger.Document{DocumentName: ledger.DocumentName{Kind: ledger.DocumentContract, ID: "x"}, Version: 1, Body: []byte(`{`)}), now, err
}

// P07: of changes of which one cannot be read none is taken in.
func TestFollowWholeOrNotAtAll(t *testing.T) {
	a := newRig(t, nil)
	b := a.beside(a.books)
	a.set(test, func(s *Settings) { s.FeeRate = 400 })
	b.o.Books = garbled{a.books}
	b.o.Logger = slog.New(slog.DiscardHandler)
	if err := b.Refresh(t.Context()); err == nil || b.settings(test).FeeRate == 400 {
		t.Errorf("%v, %d", err, b.settings(test).FeeRate)
	}
	b.o.Books = a.books
	if b.Poll(t.Context()); b.settings(test).FeeRate != 400 {
		t.Error("it was not asked for again")
	}
}
