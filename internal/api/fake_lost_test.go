package api_test

import (
	"context"
	"path/filepath"
	"testing"

	"kessai.dev/kessai/internal/api"
	lostdesk "kessai.dev/kessai/internal/desk"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// lostFake is what a real lost-order desk needs of the fake.
type lostFake struct{ *fake }

func newLostDesk(t testing.TB, h *house, o *api.Options) *lostdesk.Desk {
	t.Helper()
	books := lostFake{h.fake}
	notebook, _, err := lostdesk.OpenNotebook(context.Background(), filepath.Join(t.TempDir(), "desk.json"), books, h.clock(), lostdesk.Shared{})
	if err != nil {
		t.Fatal(err)
	}
	return lostdesk.New(lostdesk.Options{Payments: books, Books: books, Notebook: notebook, Directory: o.Directory, Clock: h.clock})
}

// Note decides and writes, as the processor does.
func (f lostFake) Note(_ context.Context, c processor.Caller, id payment.ID, decide func(*payment.Payment, payment.Rules) ([]payment.Event, error)) (*payment.Payment, []payment.Event, error) {
	if err := f.enter(c); err != nil {
		return nil, nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	p, err := f.own(c, id)
	if err != nil {
		return nil, nil, err
	}
	rules, _ := f.rules(c)
	events, err := decide(p, rules)
	if err != nil || len(events) == 0 {
		return p, nil, err
	}
	p, err = f.apply(id, p, events)
	return p, events, err
}

func (f lostFake) Unsettled(context.Context, func(payment.ID) bool) error { return nil }

func (f lostFake) Load(_ context.Context, id payment.ID) (*payment.Payment, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p, ok := f.payments[id]
	if !ok {
		return nil, ledger.ErrNotFound
	}
	return p, nil
}

func (f lostFake) History(_ context.Context, id payment.ID) ([]payment.Event, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.events[id], nil
}

func (f lostFake) Erase(_ context.Context, id payment.ID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.orders[id] = nil
	return nil
}
