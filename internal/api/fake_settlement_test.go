package api_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/report"
	"kessai.dev/kessai/internal/shop"
)

// statement is what the provider sent of the payments of settledBooks: one that
// matches, one of other yen, and one of nobody's; the payment given back is not in it.
const statement = "精算日,受付番号,精算金額\r\n2026/11/20,WC0001,\"5,080\"\r\n2026/11/20,WC0002,990\r\n2026/11/20,WC0009,1\r\n"

// settledBooks are books with three payments that another system authorized: settled
// on 20 November for 5,080, 999 and 300 yen, the last one given back on the day after.
type settledBooks struct {
	tenant  shop.Tenant
	ids     []payment.ID
	events  map[payment.ID][]payment.Event
	journal []ledger.JournalEntry
}

func newSettlements(t testing.TB, h *house, o *api.Options) *report.Settlements {
	t.Helper()
	b := &settledBooks{tenant: shop.Tenant{Shop: "first", Environment: shop.Test}, events: map[payment.ID][]payment.Event{}}
	day := time.Date(2026, 11, 20, 9, 0, 0, 0, shop.Tokyo)
	for i, y := range []struct {
		acceptance string
		kinds      []payment.Kind
	}{{"WC0001", []payment.Kind{payment.KindSettled}}, {"WC0002", []payment.Kind{payment.KindSettled}}, {"WC0003", []payment.Kind{payment.KindSettled, payment.KindCanceled}}} {
		amount := []payment.Found{{Amount: 5080}, {Amount: 999}, {Amount: 300}}[i]
		amount.Standing = payment.StandingCaptured
		id := payment.NewID(day, uint64(i)) //nolint:gosec // a small number
		b.ids = append(b.ids, id)
		b.add(id, day, payment.Event{Kind: payment.KindCreated, ID: id, Opening: &payment.Opening{Tenant: b.tenant, OrderNumber: "S-" + y.acceptance, Requested: amount.Amount, Foreign: y.acceptance}})
		b.add(id, day, payment.Event{Kind: payment.KindImported, Attempt: 1, Amount: amount.Amount, Found: &amount})
		for n, k := range y.kinds {
			b.add(id, day.AddDate(0, 0, n), payment.Event{Kind: k, Attempt: 1, Amount: amount.Amount})
		}
	}
	slices.SortStableFunc(b.journal, func(x, y ledger.JournalEntry) int { return x.Event.Time.Compare(y.Event.Time) })
	for i := range b.journal {
		b.journal[i].Number = uint64(i + 1) //nolint:gosec // a small number
	}
	return report.NewSettlements(report.SettlementOptions{Books: b, Directory: o.Directory, Clock: h.clock})
}

func (b *settledBooks) add(id payment.ID, at time.Time, e payment.Event) {
	e.Sequence, e.Time = len(b.events[id])+1, at
	b.events[id] = append(b.events[id], e)
	b.journal = append(b.journal, ledger.JournalEntry{Tenant: b.tenant, Payment: id, Event: e})
}

func (b *settledBooks) Load(_ context.Context, id payment.ID) (*payment.Payment, error) {
	if len(b.events[id]) == 0 {
		return nil, ledger.ErrNotFound
	}
	return payment.Replay(nil, b.events[id])
}

func (b *settledBooks) History(_ context.Context, id payment.ID) ([]payment.Event, error) {
	return b.events[id], nil
}

func (b *settledBooks) Find(ctx context.Context, k ledger.Key) (ledger.Holder, error) {
	for _, id := range b.ids {
		if p, err := b.Load(ctx, id); err == nil && k.Kind == ledger.KeyForeign && k.Value == p.Foreign && k.Tenant == b.tenant {
			return ledger.Holder{Payments: []payment.ID{id}}, nil
		}
	}
	return ledger.Holder{}, ledger.ErrNotFound
}

func (b *settledBooks) List(context.Context, ledger.Query) (ledger.Page, error) {
	return ledger.Page{}, nil
}

func (b *settledBooks) Trail(context.Context, shop.Tenant, int, int) ([]ledger.AuditEntry, error) {
	return nil, nil
}

func (b *settledBooks) Read(_ context.Context, q ledger.JournalQuery) (page ledger.JournalPage, err error) {
	for _, e := range b.journal[q.After:q.Until] {
		if e.Tenant == *q.Tenant && slices.Contains(q.Kinds, e.Event.Kind) {
			page.Entries = append(page.Entries, e)
		}
	}
	return page, nil
}

func (b *settledBooks) Last(context.Context) (uint64, error) { return uint64(len(b.journal)), nil }

func (b *settledBooks) Before(_ context.Context, t time.Time) (n uint64, err error) {
	for _, e := range b.journal {
		if e.Event.Time.Before(t) {
			n = e.Number
		}
	}
	return n, nil
}

func (b *settledBooks) Wait(ctx context.Context, _ uint64) error { <-ctx.Done(); return ctx.Err() }
