package desk

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

func (r *rig) orphans(q Query) []Orphan {
	r.t.Helper()
	if q.Limit == 0 {
		q.Limit = 50
	}
	var all []Orphan
	for {
		page, err := r.Orphans(r.t.Context(), asShop, q)
		if err != nil {
			r.t.Fatal(err)
		}
		all = append(all, page.Orphans...)
		if !page.More {
			return all
		}
		q.Before = page.Next
	}
}

// R39: every order that was begun and that the shop has not confirmed in time is
// found, whether or not it was completed, with what became of it and what to do,
// in both languages; what the shop has, and what is too young, is not.
func TestOrphans(t *testing.T) {
	r := newRig(t)
	r.shops.Shops["first"].Settings.ThreeDSecure = shop.ThreeDSecureOff
	want := map[payment.ID]Orphan{}
	expect := func(p *payment.Payment, v Verdict, do Proposal) { want[p.ID] = Orphan{Verdict: v, Proposal: do} }
	expect(r.pay("1", ""), NeverSent, DoNothing)
	expect(r.pay("2", token), Authorized, RegisterOrCancel)
	expect(r.command(r.pay("3", token).ID, payment.Capture{}), Captured, RegisterOrRefund)
	expect(r.command(r.pay("4", token).ID, payment.Cancel{}), Ended, DoNothing)
	r.bank.will("no")
	expect(r.pay("5", token), Declined, DoNothing)
	r.bank.will("challenge")
	expect(r.pay("6", token), Unknown, Wait)
	r.bank.will("lost")
	expect(r.pay("7", token), Unknown, Wait)
	r.bank.will("")

	open := false
	known := r.pay("8", token)
	if _, err := r.processor.UpdateOrder(t.Context(), asShop, known.ID, payment.UpdateOrder{Canceled: &open}); err != nil {
		t.Fatal(err)
	}
	r.command(r.pay("9", token).ID, payment.Ship{Carrier: "other"})
	r.payFor(second, "10", token)
	if got := r.orphans(Query{}); len(got) != 0 {
		t.Fatalf("the shop has time yet: %+v", got)
	}
	r.later(31 * time.Minute)
	young := r.pay("11", token)
	r.later(30 * time.Minute) // the challenge is over, too
	got := r.orphans(Query{Limit: 2})
	expect(young, Authorized, RegisterOrCancel)
	if len(got) != len(want) || !slices.IsSortedFunc(got, func(a, b Orphan) int { return strings.Compare(string(b.Payment.ID), string(a.Payment.ID)) }) {
		t.Fatalf("%d of %d: %+v", len(got), len(want), got)
	}
	for _, o := range got {
		w := want[o.Payment.ID]
		if o.Verdict != w.Verdict || o.Proposal != w.Proposal || !strings.HasSuffix(o.Japanese, "。") || !strings.HasSuffix(o.English, ".") || !o.RuleTime.IsZero() {
			t.Errorf("%s: %+v, want %+v", o.Payment.OrderNumber, o, w)
		}
	}
	for _, v := range Verdicts() {
		for _, o := range r.orphans(Query{Verdict: v}) {
			if o.Verdict != v {
				t.Errorf("asked for %s: %+v", v, o)
			}
			delete(want, o.Payment.ID)
		}
	}
	if len(want) != 0 {
		t.Errorf("no verdict gives %v", want)
	}
}

// R40: the manual's way: the number at the provider leads to the order, whatever
// its age, by any attempt; another shop's does not.
func TestOrphanByAcceptanceNumber(t *testing.T) {
	r := newRig(t)
	r.bank.will("no")
	p := r.pay("1", token)
	r.bank.will("")
	p = r.command(p.ID, payment.Confirm{Means: payment.Means{Token: "SIMAPPROVED00000"}})
	other := r.payFor(second, "1", token)
	for _, number := range []string{p.Attempts[0].Acceptance, p.Attempts[1].Acceptance} {
		if got := r.orphans(Query{Acceptance: number}); len(got) != 1 || got[0].Payment.ID != p.ID || got[0].Verdict != Authorized {
			t.Errorf("%s, at once: %+v", number, got)
		}
	}
	for _, number := range []string{other.Acceptance(), "1234567890"} {
		if got := r.orphans(Query{Acceptance: number}); len(got) != 0 {
			t.Errorf("%s: %+v", number, got)
		}
	}
	r.later(100 * 24 * time.Hour)
	if got := r.orphans(Query{}); len(got) != 0 {
		t.Errorf("after 100 days: %+v", got)
	}
	if got := r.orphans(Query{Days: 101}); len(got) != 1 {
		t.Errorf("of 101 days: %+v", got)
	}
	if got := r.orphans(Query{Acceptance: p.Acceptance()}); len(got) != 1 {
		t.Errorf("by its number: %+v", got)
	}
}

// R40: an order is registered once, whoever asks and however many at once; it
// bears the date that was chosen, and is found no more.
func TestRegisterOnce(t *testing.T) {
	r := newRig(t)
	p := r.pay("1", token)
	r.later(26 * time.Hour)
	var mu sync.Mutex
	fresh := 0
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			c := processor.Caller{Tenant: first, Actor: fmt.Sprint("operator", i)}
			_, already, err := r.Register(t.Context(), c, p.ID, payment.RegisterOrder{From: payment.FromLog})
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if !already {
				fresh++
			}
		})
	}
	wg.Wait()
	if got := r.load(p.ID); fresh != 1 || got.Version != p.Version+1 || !got.OrderDate.Equal(p.Created) {
		t.Errorf("%d were first: %+v", fresh, got)
	}
	if got := r.orphans(Query{}); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	c := processor.Caller{Tenant: second, Actor: "key"}
	if _, _, err := r.Register(t.Context(), c, p.ID, payment.RegisterOrder{}); err == nil {
		t.Error("another shop registers it")
	}
}
