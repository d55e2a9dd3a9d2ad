package ledgertest

import (
	"errors"
	"fmt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// testLife: what was appended is there, from memory and from the files.
func testLife(d *desk) {
	opened := d.author.Open("1396", "a1", nil)
	p := d.append(opened)
	history := opened.Events
	for _, step := range []func(*payment.Payment) payment.Event{
		Authorized,
		func(p *payment.Payment) payment.Event { return Asked(p, payment.OpAdjust, 4000) },
		func(p *payment.Payment) payment.Event { return Fact(p, payment.KindAdjusted, 4000) },
		func(p *payment.Payment) payment.Event { return Asked(p, payment.OpCapture, 4000) },
		func(p *payment.Payment) payment.Event { return Fact(p, payment.KindCaptured, 4000) },
	} {
		e := d.author.Next(p, step(p))
		p = d.append(e)
		history = append(history, e.Events...)
		d.has(p)
	}
	for range 2 {
		d.has(p)
		events, err := d.History(d.Context(), p.ID)
		if err != nil {
			d.Fatal(err)
		}
		d.same("history", events, history)
		d.reopen()
	}
	unknown := payment.NewID(p.Created, 99)
	if _, err := d.Load(d.Context(), unknown); !errors.Is(err, ledger.ErrNotFound) {
		d.Errorf("load of an unknown payment: %v", err)
	}
	if _, err := d.History(d.Context(), unknown); !errors.Is(err, ledger.ErrNotFound) {
		d.Errorf("history of an unknown payment: %v", err)
	}
}

// testStale: only who knows the latest version may append (P30, P36).
func testStale(d *desk) {
	e := d.author.Open("1396", "a1", nil)
	p := d.append(e)
	d.refuses(ledger.Entry{Payment: e.Payment, Events: e.Events, After: e.After}, ledger.ErrStale) // once more
	yes, no := d.author.Next(p, Authorized(p)), d.author.Next(p, Declined(p))
	after := d.append(yes)
	d.refuses(no, ledger.ErrStale)
	d.refuses(yes, ledger.ErrStale)
	ahead := d.author.Next(d.author.Next(after, Asked(after, payment.OpCapture, 5080)).After, Fact(after, payment.KindCaptured, 5080))
	d.refuses(ahead, ledger.ErrStale) // its predecessor was never appended
	ghost := d.author.Open("77", "a2", nil)
	d.refuses(d.author.Next(ghost.After, Authorized(ghost.After)), ledger.ErrStale)
	d.reopen()
	d.refuses(no, ledger.ErrStale)
	d.has(after)
}

// testMalformed: nonsense is refused before it can harm.
func testMalformed(d *desk) {
	for name, spoil := range map[string]func(*ledger.Entry){
		"no events":         func(e *ledger.Entry) { e.Events = nil },
		"no id":             func(e *ledger.Entry) { e.Payment = "nobody" },
		"a gap":             func(e *ledger.Entry) { e.Events[1].Sequence = 3 },
		"no After":          func(e *ledger.Entry) { e.After = nil },
		"another After":     func(e *ledger.Entry) { e.After = d.author.Open("2", "b", nil).After },
		"one key twice":     func(e *ledger.Entry) { e.Claims = append(e.Claims, e.Claims[0]) },
		"over nobody":       func(e *ledger.Entry) { e.Claims[0].Over = &ledger.Ref{} },
		"negative version":  func(e *ledger.Entry) { e.Version = -1 },
		"a huge event":      func(e *ledger.Entry) { e.Events[0].Actor = string(make([]byte, ledger.MaxBody)) },
		"huge private data": func(e *ledger.Entry) { e.Events[0].Private = make([]byte, ledger.MaxPrivate) },
	} {
		e := d.author.Open("1396", "a1", nil)
		spoil(&e)
		if err := d.Append(d.Context(), e); err == nil {
			d.Errorf("%s: appended", name)
		}
	}
	d.append(d.author.Open("1396", "a1", nil))
}

// testClaims: one key, one payment, for ever (P07, P09).
func testClaims(d *desk) {
	first := d.append(d.author.Open("1396", "a1", nil))
	for range 2 {
		d.refusesClaim(d.author.Open("1396", "a2", nil), d.author.OrderKey("1396"), first.ID)
		d.refusesClaim(d.author.Open("1397", "a1", nil), d.author.RequestKey("a1"), first.ID)
		d.holds(d.author.OrderKey("1396"), ledger.Holder{Payments: []payment.ID{first.ID}, Sequence: 1})
		if _, err := d.Find(d.Context(), d.author.OrderKey("1397")); !errors.Is(err, ledger.ErrNotFound) {
			d.Errorf("a refused entry left a claim: %v", err)
		}
		d.reopen()
	}
	// A later entry claims, too; Sequence tells which event it began with.
	e := d.author.Next(first, Authorized(first), Asked(first, payment.OpCapture, 5080))
	e.Claims = []ledger.Claim{{Key: ledger.Key{Kind: ledger.KeyRequest, Tenant: d.author.Tenant, Value: "CapturePayment\x00c1"}}}
	d.append(e)
	d.holds(e.Claims[0].Key, ledger.Holder{Payments: []payment.ID{first.ID}, Sequence: 3})
}

// testClaimOver: a claim over a holder counts only while that holder is as it
// was found (P09, P10).
func testClaimOver(d *desk) {
	key := d.author.OrderKey("1396")
	over := func(request string, ref *ledger.Ref) ledger.Entry {
		e := d.author.OpenPending("1396", request)
		e.Claims[1].Over = ref
		return e
	}
	nobody := payment.NewID(d.author.now, 4711)
	err := d.Append(d.Context(), over("a0", &ledger.Ref{Payment: nobody, Version: 1}))
	var refused *ledger.ClaimedError
	if !errors.As(err, &refused) || refused.Error() == "" {
		d.Errorf("a claim over nobody: %v", err)
	}
	a := d.append(d.author.OpenPending("1396", "a1"))
	d.refusesClaim(over("a2", &ledger.Ref{Payment: a.ID, Version: 2}), key, a.ID)
	d.refusesClaim(over("a3", &ledger.Ref{Payment: nobody, Version: 1}), key, a.ID)
	ended := d.append(d.author.Next(a, Superseded()))
	d.refusesClaim(over("a4", &ledger.Ref{Payment: a.ID, Version: 1}), key, a.ID)
	b := d.append(over("a5", &ledger.Ref{Payment: a.ID, Version: ended.Version}))
	d.holds(key, ledger.Holder{Payments: []payment.ID{a.ID, b.ID}, Sequence: 1})
	d.refusesClaim(over("a6", &ledger.Ref{Payment: a.ID, Version: ended.Version}), key, b.ID)
	d.reopen()
	d.refusesClaim(over("a7", nil), key, b.ID)
	c := d.append(over("a8", &ledger.Ref{Payment: b.ID, Version: 1}))
	d.holds(key, ledger.Holder{Payments: []payment.ID{a.ID, b.ID, c.ID}, Sequence: 1})
	d.reopen()
	d.holds(key, ledger.Holder{Payments: []payment.ID{a.ID, b.ID, c.ID}, Sequence: 1})
}

// testClaimScope: keys of other shops, environments and kinds are others (P12).
func testClaimScope(d *desk) {
	for i, tenant := range []shop.Tenant{
		{Shop: "a", Environment: shop.Test},
		{Shop: "a", Environment: shop.Production},
		{Shop: "b", Environment: shop.Test},
		{Shop: "aT", Environment: "EST"},
	} {
		d.author.Tenant = tenant
		p := d.append(d.author.Open("1", "1", nil))
		d.holds(d.author.OrderKey("1"), ledger.Holder{Payments: []payment.ID{p.ID}, Sequence: 1})
		page, err := d.List(d.Context(), ledger.Query{Tenant: tenant, Limit: 10})
		if err != nil || len(page.Payments) != 1 || page.Payments[0].ID != p.ID {
			d.Errorf("tenant %d lists %v, %v", i, page, err)
		}
	}
}

// testUnsettled: exactly the payments that somebody must look after.
func testUnsettled(d *desk) {
	want := map[payment.ID]bool{}
	for i := range 40 {
		p := d.append(d.author.Open(fmt.Sprint("o", i), fmt.Sprint("r", i), nil))
		if i%3 == 0 {
			p = d.append(d.author.Next(p, Authorized(p)))
		}
		if !p.NextCare().IsZero() {
			want[p.ID] = true
		}
	}
	for range 3 {
		have := map[payment.ID]bool{}
		err := d.Unsettled(d.Context(), func(id payment.ID) bool {
			if have[id] {
				d.Errorf("%s came twice", id)
			}
			have[id] = true
			return true
		})
		if err != nil {
			d.Fatal(err)
		}
		d.same("unsettled", have, want)
		for id := range want { // one is settled, and is gone
			p, err := d.Load(d.Context(), id)
			if err != nil {
				d.Fatal(err)
			}
			d.append(d.author.Next(p, Authorized(p)))
			delete(want, id)
			break
		}
		d.reopen()
	}
	calls := 0
	if err := d.Unsettled(d.Context(), func(payment.ID) bool { calls++; return false }); err != nil || calls != 1 {
		d.Errorf("yield said stop: %d calls, %v", calls, err)
	}
}

// testClosed: closed books say so.
func testClosed(d *desk) {
	p := d.append(d.author.Open("1396", "a1", nil))
	d.close()
	ctx := d.Context()
	_, load := d.Load(ctx, p.ID)
	_, history := d.History(ctx, p.ID)
	_, reveal := d.Reveal(ctx, p.ID, 1)
	_, find := d.Find(ctx, d.author.OrderKey("1396"))
	_, list := d.List(ctx, ledger.Query{Tenant: d.author.Tenant, Limit: 1})
	for name, err := range map[string]error{
		"append": d.Append(ctx, d.author.Next(p, Authorized(p))), "erase": d.Erase(ctx, p.ID),
		"forget": d.Forget(ctx, p.ID, p.Version), "secrets": d.Secrets(ctx, func(payment.ID) bool { return true }),
		"load": load, "history": history, "reveal": reveal, "find": find, "list": list,
		"unsettled": d.Unsettled(ctx, func(payment.ID) bool { return true }),
	} {
		if !errors.Is(err, ledger.ErrClosed) {
			d.Errorf("%s: %v", name, err)
		}
	}
	if err := d.Ledger.Close(); err != nil {
		d.Errorf("second close: %v", err)
	}
}
