package api_test

import (
	"context"
	"slices"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// failureFake is what a real log of failures needs of the fake: its events as a
// journal, by their times.
type failureFake struct{ *fake }

func (f failureFake) journal() (list []ledger.JournalEntry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for id, events := range f.events {
		for i := range events {
			list = append(list, ledger.JournalEntry{Tenant: f.payments[id].Tenant, Payment: id, Event: events[i]})
		}
	}
	slices.SortFunc(list, func(a, b ledger.JournalEntry) int {
		if c := a.Event.Time.Compare(b.Event.Time); c != 0 || a.Payment == b.Payment {
			return c + a.Event.Sequence - b.Event.Sequence
		}
		if a.Payment < b.Payment {
			return -1
		}
		return 1
	})
	for i := range list {
		list[i].Number = uint64(i + 1)
	}
	return list
}

func (f failureFake) Read(_ context.Context, q ledger.JournalQuery) (page ledger.JournalPage, err error) {
	if f.fail != nil {
		return page, f.fail
	}
	list := f.journal()
	page.Looked = q.Until + 1
	for _, e := range slices.Backward(list) {
		if q.Until > 0 && e.Number > q.Until || e.Number <= q.After {
			continue
		}
		if len(page.Entries) == q.Limit {
			page.More = true
			break
		}
		page.Looked = e.Number
		if *q.Tenant == e.Tenant && slices.Contains(q.Kinds, e.Event.Kind) {
			page.Entries = append(page.Entries, e)
		}
	}
	return page, nil
}

func (f failureFake) Last(context.Context) (uint64, error) { return uint64(len(f.journal())), f.fail }

func (f failureFake) Before(_ context.Context, t time.Time) (n uint64, err error) {
	for _, e := range f.journal() {
		if e.Event.Time.Before(t) {
			n = e.Number
		}
	}
	return n, nil
}

func (f failureFake) Wait(ctx context.Context, _ uint64) error { return ctx.Err() }

func (f failureFake) Load(_ context.Context, id payment.ID) (*payment.Payment, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p, ok := f.payments[id]; ok {
		return p, nil
	}
	return nil, ledger.ErrNotFound
}

func (f failureFake) History(_ context.Context, id payment.ID) ([]payment.Event, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if events, ok := f.events[id]; ok {
		return slices.Clone(events), nil
	}
	return nil, ledger.ErrNotFound
}

func (f failureFake) Find(_ context.Context, key ledger.Key) (h ledger.Holder, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for id, p := range f.payments {
		if p.Tenant == key.Tenant && p.OrderNumber == key.Value {
			h.Payments = append(h.Payments, id)
		}
	}
	if len(h.Payments) == 0 {
		return h, ledger.ErrNotFound
	}
	return h, nil
}
