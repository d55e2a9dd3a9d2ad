package api_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// fakeEvents gives one event of the caller's shop and ends every watch with an
// error once nothing is left: for tests of everything but events.
type fakeEvents struct{}

var errNoMore = errors.New("no more events in this test")

func (fakeEvents) List(_ context.Context, q event.Query) (event.Page, error) {
	e := event.Event{Type: "payment.captured", Tenant: *q.Tenant, Payment: payment.NewID(noon, 7), Sequence: 4, Time: noon}
	if q.After >= 9 || len(q.Types) > 0 && !slices.Contains(q.Types, e.Type) {
		return event.Page{Next: 9}, nil
	}
	return event.Page{Events: []event.Numbered{{Number: 9, Event: e}}, Next: 9}, nil
}

func (fakeEvents) Wait(context.Context, uint64) error   { return errNoMore }
func (fakeEvents) Last(context.Context) (uint64, error) { return 8, nil } // so that a watcher gets it

// stage is a door that tells the events of real books, and somebody who writes
// them.
type stage struct {
	*house
	t      testing.TB
	books  *bolt.Ledger
	author *ledgertest.Author
}

func openStage(t testing.TB, change ...func(*api.Options)) *stage {
	t.Helper()
	books, err := bolt.Open(bolt.Options{Dir: filepath.Join(t.TempDir(), "ledger")})
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, books: books, author: ledgertest.NewAuthor(1)}
	s.author.Tenant = firstShop
	s.house = open(t, append(change, func(o *api.Options) { o.Events = event.NewFeed(books) })...)
	t.Cleanup(func() {
		s.house.api.Stop()
		_ = books.Close()
	})
	return s
}

// write appends an entry.
func (s *stage) write(e ledger.Entry) *payment.Payment {
	s.t.Helper()
	if err := s.books.Append(context.Background(), e); err != nil {
		s.t.Fatal(err)
	}
	return e.After
}

// paid writes a payment that is authorized: events 1 and 3 of it are told.
func (s *stage) paid(order string, tenant shop.Tenant) *payment.Payment {
	s.t.Helper()
	s.author.Tenant = tenant
	p := s.write(s.author.Open(order, order, nil))
	return s.write(s.author.Next(p, ledgertest.Authorized(p)))
}
