package report

import (
	"context"
	"sort"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

var (
	mainShop    = shop.Tenant{Shop: "first", Environment: shop.Test}
	otherShop   = shop.Tenant{Shop: "second", Environment: shop.Test}
	shelfBegins = time.Date(2026, 11, 1, 9, 0, 0, 0, shop.Tokyo)
)

// shelf is books in memory, with a clock that goes when the test says so. Each
// payment lives by what the test says happened to it.
type shelf struct {
	*Settlements
	tb    testing.TB
	now   time.Time
	shops *shop.Directory

	payments map[payment.ID]*payment.Payment
	events   map[payment.ID][]payment.Event
	journal  []ledger.JournalEntry
	foreign  map[string]payment.ID
	trail    []ledger.AuditEntry
	asked    int // histories read
}

func newShelf(tb testing.TB) *shelf {
	tb.Helper()
	s := &shelf{
		tb: tb, now: shelfBegins, payments: map[payment.ID]*payment.Payment{}, events: map[payment.ID][]payment.Event{}, foreign: map[string]payment.ID{},
		shops: &shop.Directory{Shops: map[shop.ID]*shop.Shop{}},
	}
	for _, id := range []shop.ID{"first", "second"} {
		s.shops.Shops[id] = &shop.Shop{ID: id, Contracts: map[shop.Environment]shop.Contract{shop.Test: {ID: "c"}}, Settings: shop.Settings{FeeRate: shop.DefaultFeeRate}}
	}
	s.Settlements = NewSettlements(SettlementOptions{Books: s, Directory: s.shops, Clock: func() time.Time { return s.now }})
	return s
}

// to moves the clock to a moment of November 2026.
func (s *shelf) to(day, hour int) { s.now = time.Date(2026, 11, day, hour, 0, 0, 0, shop.Tokyo) }

// add lets events happen to a payment; no id: a new one.
func (s *shelf) add(t shop.Tenant, id payment.ID, events ...payment.Event) payment.ID {
	s.tb.Helper()
	p := s.payments[id]
	if p == nil {
		id = payment.NewID(s.now, uint64(len(s.payments)))
	}
	for i := range events {
		e := &events[i]
		if e.Kind == payment.KindCreated {
			e.ID = id
		}
		e.Sequence, e.Time = len(s.events[id])+1, s.now
		next, err := payment.Apply(p, e)
		if err != nil {
			s.tb.Fatal(err)
		}
		p = next
		s.events[id] = append(s.events[id], *e)
		s.journal = append(s.journal, ledger.JournalEntry{Number: uint64(len(s.journal) + 1), Tenant: t, Payment: id, Foreign: p.Foreign, Event: *e})
	}
	s.payments[id] = p
	return id
}

// charge is a payment of the first shop that is charged.
func (s *shelf) charge(order string, y money.Yen) payment.ID { return s.chargeFor(mainShop, order, y) }

func (s *shelf) chargeFor(t shop.Tenant, order string, y money.Yen) payment.ID {
	s.tb.Helper()
	return s.add(t, "", payment.Event{Kind: payment.KindCreated, Opening: &payment.Opening{Tenant: t, OrderNumber: order, Requested: y}},
		payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 1, Amount: y},
		payment.Event{Kind: payment.KindAuthorized, Attempt: 1, Amount: y},
		payment.Event{Kind: payment.KindCaptured, Attempt: 1, Amount: y})
}

// settled is one that is settled, too.
func (s *shelf) settled(order string, y money.Yen) payment.ID {
	s.tb.Helper()
	return s.settle(s.charge(order, y))
}

func (s *shelf) settle(id payment.ID) payment.ID {
	return s.add(s.payments[id].Tenant, id, payment.Event{Kind: payment.KindSettled, Attempt: s.payments[id].Winner, Amount: s.payments[id].Amount})
}

func (s *shelf) adjust(id payment.ID, y money.Yen) {
	s.add(s.payments[id].Tenant, id, payment.Event{Kind: payment.KindAdjusted, Attempt: s.payments[id].Winner, Amount: y})
}

func (s *shelf) cancel(id payment.ID) {
	s.add(s.payments[id].Tenant, id, payment.Event{Kind: payment.KindCanceled, Attempt: s.payments[id].Winner})
}

// move brings a payment of another system along, as the provider shows it.
func (s *shelf) move(acceptance string, standing payment.Standing, y money.Yen) payment.ID {
	id := s.add(mainShop, "", payment.Event{Kind: payment.KindCreated, Opening: &payment.Opening{Tenant: mainShop, OrderNumber: "old " + acceptance, Requested: y, Foreign: acceptance}},
		payment.Event{Kind: payment.KindImported, Attempt: 1, Amount: y, Found: &payment.Found{Standing: standing, Amount: y}})
	s.foreign[acceptance] = id
	return id
}

// rate changes the fee rate, as the registry does.
func (s *shelf) rate(before, after string, now int) {
	s.shops.Shops["first"].Settings.FeeRate = now
	s.trail = append(s.trail, ledger.AuditEntry{
		Tenant: mainShop, Sequence: len(s.trail) + 1, Time: s.now, Resource: "settings", Fields: []ledger.AuditField{{Field: "shopName", After: "x"}, {Field: "feeRate", Before: before, After: after}},
	})
}

func (s *shelf) number(id payment.ID) string { return s.payments[id].Acceptance() }

func (s *shelf) History(_ context.Context, id payment.ID) ([]payment.Event, error) {
	s.asked++
	return s.events[id], nil
}

func (s *shelf) Find(_ context.Context, k ledger.Key) (ledger.Holder, error) {
	if id, ok := s.foreign[k.Value]; ok && k.Kind == ledger.KeyForeign && s.payments[id].Tenant == k.Tenant {
		return ledger.Holder{Payments: []payment.ID{id}}, nil
	}
	return ledger.Holder{}, ledger.ErrNotFound
}

// List gives at most two, so that there are pages.
func (s *shelf) List(_ context.Context, q ledger.Query) (page ledger.Page, err error) {
	var ids []payment.ID
	for id := range s.payments {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, j int) bool { return ids[i] > ids[j] })
	for _, id := range ids {
		if p := s.payments[id]; (q.Before == "" || id < q.Before) && p.Tenant == q.Tenant && q.Filter.Match(p) {
			if len(page.Payments) == 2 {
				page.More = true
				return page, nil
			}
			page.Payments, page.Next = append(page.Payments, p), id
		}
	}
	return page, nil
}

func (s *shelf) Trail(_ context.Context, t shop.Tenant, before, limit int) (page []ledger.AuditEntry, err error) {
	for i := len(s.trail) - 1; i >= 0 && len(page) < limit; i-- {
		if e := s.trail[i]; e.Tenant == t && (before == 0 || e.Sequence < before) {
			page = append(page, e)
		}
	}
	return page, nil
}

// Read gives at most three events, so that there are pages.
func (s *shelf) Read(_ context.Context, q ledger.JournalQuery) (page ledger.JournalPage, err error) {
	page.Looked = q.After
	for _, e := range s.journal[q.After:] {
		if q.Until > 0 && e.Number > q.Until {
			return page, nil
		}
		if len(page.Entries) == 3 {
			page.More = true
			return page, nil
		}
		page.Looked = e.Number
		for _, k := range q.Kinds {
			if k == e.Event.Kind && e.Tenant == *q.Tenant {
				page.Entries = append(page.Entries, e)
			}
		}
	}
	return page, nil
}

func (s *shelf) Last(context.Context) (uint64, error) { return uint64(len(s.journal)), nil }

func (s *shelf) Before(_ context.Context, t time.Time) (uint64, error) {
	n := sort.Search(len(s.journal), func(i int) bool { return !s.journal[i].Event.Time.Before(t) })
	return uint64(n), nil
}

func (s *shelf) Wait(ctx context.Context, _ uint64) error { <-ctx.Done(); return ctx.Err() }

func november(from, to int) Span {
	return Span{time.Date(2026, 11, from, 0, 0, 0, 0, shop.Tokyo), time.Date(2026, 11, to, 0, 0, 0, 0, shop.Tokyo)}
}
