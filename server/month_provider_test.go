package main

import (
	"fmt"
	"strings"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// The provider's numbers (statusInfo).
const (
	tradeHeld     = 4
	tradeHalf     = 17
	tradeCaptured = 30
	tradeSettled  = 31
	tradeCanceled = 40
)

// trade is what the provider's own books say of an acceptance number.
type trade struct {
	OrderNo   string    `json:"orderNo"`
	Status    int       `json:"status"`
	Amount    int       `json:"amount"`
	CreatedAt time.Time `json:"createdAt"`
	Slips     []string  `json:"slips"`
}

func (m *month) trades() map[string]trade {
	var page struct{ Transactions []trade }
	m.provider("transactions", map[string]any{"limit": 1_000_000}, &page)
	all := map[string]trade{}
	for _, t := range page.Transactions {
		all[t.OrderNo] = t
	}
	return all
}

// settle is the provider's batch: what was captured for a while is settled.
func (m *month) settle(after time.Duration) {
	var due []trade
	for _, t := range m.trades() {
		if t.Status == tradeCaptured && m.clock().Sub(t.CreatedAt) > after {
			due = append(due, t)
		}
	}
	each(due, func(t trade) { m.provider("settle", map[string]any{"orderNo": t.OrderNo}, nil) })
	m.counts["settled by the provider"] += len(due)
}

// putRight is what the provider's staff do when they are called: what is half done
// there becomes whole.
func (m *month) putRight() {
	for number, t := range m.trades() {
		if t.Status != tradeHalf {
			continue
		}
		to := tradeHeld
		if len(t.Slips) > 0 {
			to = tradeCaptured
		}
		if id, _, err := payment.ParseAcceptance(number); err == nil {
			m.console[id.Name()] = "put right"
		}
		m.provider("status", map[string]any{"orderNo": number, "status": to}, nil)
		m.count("half done, and put right by the provider")
	}
}

// meddle is what somebody does at the provider's console now and then, without
// kessai's knowing: cancels, captures, gives money back.
func (m *month) meddle() {
	all := m.trades()
	for n, o := range m.orders {
		if !o.created {
			continue
		}
		p := m.payment(o.payment)
		t, known := all[p.Acceptance()]
		r := random(m.seed+7, n*1000+m.clock().YearDay())
		switch {
		case !known || p.Question() != nil:
		case t.Status == tradeHalf:
		case m.console[o.payment] != "" || r.IntN(400) != 0:
		case t.Status == tradeHeld:
			m.meddled(o, draw(r, []lot[int]{{2, tradeCanceled}, {1, tradeCaptured}}), "moved")
		case t.Status == tradeCaptured, t.Status == tradeSettled:
			m.meddled(o, tradeCanceled, "given back")
		}
	}
}

func (m *month) meddled(o *order, status int, what string) {
	m.provider("status", map[string]any{"orderNo": m.payment(o.payment).Acceptance(), "status": status}, nil)
	m.console[o.payment] = fmt.Sprintf("%s to %d", what, status)
	m.count("at the console:", what)
}

// payment is what the books say, without asking anybody.
func (m *month) payment(name string) *payment.Payment {
	m.Helper()
	id, ok := payment.ParseName(name)
	if !ok {
		m.Fatalf("%q is no payment", name)
	}
	p, err := m.server.books.Load(m.Context(), id)
	if err != nil {
		m.Fatal(err)
	}
	return p
}

// books lists every payment.
func (m *month) books(f ledger.Filter) []*payment.Payment {
	m.Helper()
	f.Registrations = true
	var all []*payment.Payment
	for q := (ledger.Query{Tenant: monthShop, Filter: f, Limit: 1000}); ; {
		page, err := m.server.processor.List(m.Context(), processor.Caller{Tenant: monthShop}, q)
		if err != nil {
			m.Fatal(err)
		}
		all = append(all, page.Payments...)
		if !page.More {
			return all
		}
		q.Before = page.Next
	}
}

// audit holds the books against the provider's, payment by payment and yen by
// yen.
func (m *month) audit() {
	all, seen := m.trades(), map[string]bool{}
	var held, charged [2]int // books, provider
	for _, p := range m.books(ledger.Filter{}) {
		if err := p.Check(); err != nil {
			m.Error(err)
		}
		if p.Question() != nil || p.Attention != "" {
			m.Errorf("%s: %s, open %v, attention %s: not settled at the end of the month\n%s", p.ID, p.State, p.Question(), p.Attention, m.history(p))
		}
		for i := range p.Attempts {
			a := &p.Attempts[i]
			t := all[a.Acceptance]
			seen[a.Acceptance] = true
			if want := standing(p, i+1); want != firm(t.Status) || p.Winner == i+1 && want != 0 && want != tradeCanceled && int(p.Amount) != t.Amount {
				m.Errorf("%s attempt %d: the books say %s of %d yen, the provider %d of %d yen; console: %s", p.ID, i+1, p.State, p.Amount, t.Status, t.Amount, m.console[p.ID.Name()])
			}
		}
		switch p.State {
		case payment.Authorized:
			held[0] += int(p.Amount)
		case payment.Captured, payment.Settled:
			charged[0] += int(p.Captured - p.Refunded)
		}
	}
	for number, t := range all {
		switch firm(t.Status) {
		case tradeHeld:
			held[1] += t.Amount
		case tradeCaptured, tradeSettled:
			charged[1] += t.Amount
		}
		if !seen[number] && firm(t.Status) != 0 {
			m.Errorf("the provider has %s (%d, %d yen), and the books have not", number, t.Status, t.Amount)
		}
	}
	m.Logf("held ¥%d and charged ¥%d in the books, ¥%d and ¥%d at the provider", held[0], charged[0], held[1], charged[1])
	if held[0] != held[1] || charged[0] != charged[1] {
		m.Error("the books and the provider differ")
	}
}

// history tells a payment's life, and what the provider was asked of it.
func (m *month) history(p *payment.Payment) string {
	var out strings.Builder
	events, err := m.server.books.History(m.Context(), p.ID)
	if err != nil {
		return err.Error()
	}
	for i := range events {
		e := &events[i]
		fmt.Fprintf(&out, "  %s %s %s %d yen %s %s %s by %s\n", e.Time.In(shop.Tokyo).Format("02 15:04:05"), e.Kind, e.Operation, e.Amount, e.Reason, e.Code, e.Slip, e.Actor)
	}
	var log struct {
		Calls []struct {
			At                       time.Time
			Function, Result, Answer string
		}
	}
	m.provider("calls", map[string]any{"orderNo": p.Acceptance()}, &log)
	fmt.Fprintf(&out, "  the provider: %+v\n", log.Calls)
	return out.String()
}

// standing is the provider's number for an attempt as the books have it; 0: it
// holds nothing.
func standing(p *payment.Payment, attempt int) int {
	a := &p.Attempts[attempt-1]
	if p.Winner != attempt {
		if a.State == payment.Canceled {
			return tradeCanceled
		}
		return 0
	}
	switch p.State {
	case payment.Authorized:
		return tradeHeld
	case payment.Captured:
		return tradeCaptured
	case payment.Settled:
		return tradeSettled
	case payment.Canceled:
		return tradeCanceled
	}
	return 0
}

// firm leaves the numbers that hold money or held it.
func firm(status int) int {
	switch status {
	case tradeHeld, tradeCaptured, tradeSettled, tradeCanceled:
		return status
	}
	return 0
}
