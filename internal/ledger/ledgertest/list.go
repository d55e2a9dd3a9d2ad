package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// all reads every page of a query.
func (d *desk) all(q ledger.Query) []payment.ID {
	d.Helper()
	var ids []payment.ID
	for pages := 0; ; pages++ {
		page, err := d.List(context.Background(), q)
		if err != nil {
			d.Fatalf("list: %v", err)
		}
		if len(page.Payments) > q.Limit || pages > 10_000 {
			d.Fatalf("page %d has %d payments", pages, len(page.Payments))
		}
		for _, p := range page.Payments {
			if q.Before != "" && p.ID >= q.Before {
				d.Fatalf("%s comes again", p.ID)
			}
			ids = append(ids, p.ID)
		}
		if !page.More {
			return ids
		}
		if page.Next == "" || q.Before != "" && page.Next >= q.Before {
			d.Fatalf("next page begins at %q after %q", page.Next, q.Before)
		}
		q.Before = page.Next
	}
}

// testList: newest first, every filter and all of them at once (R43).
func testList(d *desk) {
	var payments []*payment.Payment
	for i := range 60 {
		d.author.Tenant.Shop = shop.ID(fmt.Sprint("shop", i%2))
		p := d.append(d.author.OpenFor([]string{"", "takkyubin", "other"}[i%3], fmt.Sprint("o", i/2), fmt.Sprint("r", i)))
		switch i % 5 {
		case 0:
			p = d.append(d.author.Next(p, Authorized(p)))
			if i%10 == 0 {
				p = d.append(d.author.Next(p, payment.Event{Kind: payment.KindUnconfirmed}))
			}
		case 1:
			p = d.append(d.author.Next(p, Declined(p)))
		case 2:
			p = d.append(d.author.Next(p, Authorized(p)))
			p = d.append(d.author.Next(p, payment.Event{Kind: payment.KindAttention, Attempt: 1, Reason: payment.ProviderDiffers}))
		case 3:
			canceled := true
			p = d.append(d.author.Next(p, Authorized(p)))
			p = d.append(d.author.Next(p, payment.Event{Kind: payment.KindUnconfirmed}))
			p = d.append(d.author.Next(p, payment.Event{Kind: payment.KindOrderUpdated, Order: &payment.OrderChange{Canceled: &canceled}}))
		case 4:
			p = d.append(d.author.Next(p, Authorized(p)))
			amount := money.Yen(100 * (i + 1))
			p = d.append(d.author.Next(p, Asked(p, payment.OpAdjust, amount)))
			p = d.append(d.author.Next(p, Fact(p, payment.KindAdjusted, amount)))
			p = d.append(d.author.Next(p, payment.Event{Kind: payment.KindShipped, Carrier: "other"}))
		}
		payments = append(payments, p)
		if i%4 == 0 { // one that no list shows unasked
			payments = append(payments, d.append(d.author.Register(fmt.Sprint("card", i), nil)))
		}
	}
	middle := payments[30].Created
	filters := []ledger.Filter{
		{},
		{States: []payment.State{payment.Authorized}},
		{States: []payment.State{payment.Authorized, payment.Declined}},
		{States: []payment.State{payment.Settled}},
		{OrderNumber: "o7"},
		{OrderNumber: "nothing"},
		{Customer: "c-o8"},
		{Acceptance: payments[10].Acceptance()},
		{Acceptance: payments[12].Acceptance()}, // of the other shop
		{Acceptance: "1234567890"},
		{CreatedAfter: middle},
		{CreatedBefore: middle},
		{CreatedAfter: payments[10].Created, CreatedBefore: middle, Attention: true},
		{Attention: true},
		{CreatedAfter: payments[20].Created, CreatedBefore: payments[21].Created},
		{CreatedAfter: payments[20].Created.Add(-1), CreatedBefore: payments[20].Created.Add(1)},
		{CreatedAfter: middle.Add(ledger.IDSlack)},
		{CreatedBefore: payments[0].Created.Add(-ledger.IDSlack)},
		{CreatedAfter: time.Unix(-1, 0), CreatedBefore: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Delivery: "takkyubin"},
		{Delivery: "nothing"},
		{Shipped: ledger.Is},
		{Shipped: ledger.IsNot},
		{Canceled: ledger.Is},
		{Canceled: ledger.IsNot, Shipped: ledger.IsNot},
		{Confirmed: ledger.Is},
		{Confirmed: ledger.IsNot},
		{Confirmed: ledger.IsNot, Told: ledger.IsNot, States: []payment.State{payment.Authorized}},
		{Told: ledger.Is},
		{Told: ledger.Is, Confirmed: ledger.Is},
		{AmountFrom: 5000},
		{AmountTo: 5000},
		{AmountFrom: 1500, AmountTo: 3000},
		{AmountFrom: 2500, AmountTo: 2500},
		{States: []payment.State{payment.Authorized}, Delivery: "other", Shipped: ledger.Is, Canceled: ledger.IsNot, AmountFrom: 1000, AmountTo: 4000, CreatedAfter: payments[3].Created},
		{Unanswered: true},
		{Unanswered: true, OrderNumber: "o4"},
		{States: []payment.State{payment.Pending}, OrderNumber: "o5", Customer: "c-o5"},
		{Registrations: true},
		{Registrations: true, Unanswered: true},
		{Registrations: true, States: []payment.State{payment.Authorized}},
		{Registrations: true, Customer: "c-card4"},
		{Customer: "c-card4"}, // its payment is a registration
		{Acceptance: payments[1].Acceptance()},
		{Acceptance: payments[1].Acceptance(), Registrations: true},
	}
	d.author.Tenant.Shop = "shop0"
	for range 2 {
		for i := range filters {
			want := d.expected(payments, &filters[i])
			for _, limit := range []int{1, 7, 1000} {
				q := ledger.Query{Tenant: d.author.Tenant, Filter: filters[i], Limit: limit}
				if have := d.all(q); !slices.Equal(have, want) {
					d.Errorf("filter %d, limit %d: %v, want %v", i, limit, have, want)
				}
			}
		}
		d.reopen()
	}
	d.listsRegistrations(payments)
	for _, limit := range []int{0, -1, 1001} {
		if _, err := d.List(d.Context(), ledger.Query{Tenant: d.author.Tenant, Limit: limit}); err == nil {
			d.Errorf("a page of %d payments", limit)
		}
	}
}

// listsRegistrations: nobody sees a one-yen registration among the payments who
// did not ask for it (R43).
func (d *desk) listsRegistrations(payments []*payment.Payment) {
	d.Helper()
	byID := map[payment.ID]*payment.Payment{}
	for _, p := range payments {
		byID[p.ID] = p
	}
	for _, asked := range []bool{false, true} {
		n := 0
		for _, id := range d.all(ledger.Query{Tenant: d.author.Tenant, Filter: ledger.Filter{Registrations: asked}, Limit: 7}) {
			if byID[id].Registration {
				n++
			}
		}
		if asked != (n > 0) {
			d.Errorf("asked for registrations: %v, %d were listed", asked, n)
		}
	}
}

func (d *desk) expected(payments []*payment.Payment, f *ledger.Filter) []payment.ID {
	var want []payment.ID
	for _, p := range slices.Backward(payments) {
		if p.Tenant == d.author.Tenant && f.Match(p) {
			want = append(want, p.ID)
		}
	}
	return want
}

// testListUnderWrites: what was acknowledged before a list began is in it,
// whatever moves meanwhile from memory to the files.
func testListUnderWrites(d *desk) {
	var written atomic.Pointer[[]payment.ID] // acknowledged, oldest first
	written.Store(&[]payment.ID{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 400 {
			e := d.author.Open(fmt.Sprint("o", i), fmt.Sprint("r", i), nil)
			err := d.Append(context.Background(), e)
			if err == nil && i%2 == 0 {
				err = d.Append(context.Background(), d.author.Next(e.After, Authorized(e.After)))
			}
			if err != nil {
				d.Errorf("append: %v", err)
				return
			}
			ids := append(slices.Clone(*written.Load()), e.Payment)
			written.Store(&ids)
		}
	}()
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		want := *written.Load()
		have := d.all(ledger.Query{Tenant: d.author.Tenant, Limit: 50})
		if !slices.IsSortedFunc(have, func(a, b payment.ID) int { return -compare(a, b) }) {
			d.Fatal("not newest first")
		}
		for _, id := range want {
			if !slices.Contains(have, id) {
				d.Fatalf("%s was acknowledged and is not listed", id)
			}
		}
		if n := len(want); n > 0 { // and so is every other way to it
			if _, err := d.Load(d.Context(), want[n-1]); err != nil {
				d.Fatalf("load: %v", err)
			}
			if _, err := d.Find(d.Context(), d.author.OrderKey(fmt.Sprint("o", n-1))); errors.Is(err, ledger.ErrNotFound) {
				d.Fatalf("order o%d was acknowledged and is not found", n-1)
			}
		}
	}
}

func compare(a, b payment.ID) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
