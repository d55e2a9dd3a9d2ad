package desk

import (
	"context"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// Orphan is a lost order: one whose payment was begun, and that the shop has not
// confirmed in time (R39).
type Orphan struct {
	Payment           *payment.Payment
	Verdict           Verdict
	Proposal          Proposal
	Japanese, English string
	RuleTime          time.Time // when the shop's rule will act by itself; zero: it will not
}

// Query asks for a page of lost orders.
type Query struct {
	Verdict    Verdict // empty: any
	Days       int     // how many days back; 0: DefaultDays
	Acceptance string  // only the one with an attempt of this number, whatever its age
	Before     payment.ID
	Limit      int // 1 to 1,000
}

// DefaultDays is how far back lost orders are looked for: about as long as a hold
// lasts.
const DefaultDays = 60

// Page is a page of lost orders, newest first. It may hold few or none and still
// have More.
type Page struct {
	Orphans []Orphan
	More    bool
	Next    payment.ID
}

// Orphans gives lost orders of the caller's tenant, newest first. What the shop
// has confirmed is passed over by the index, so that a million payments cost
// little.
func (d *Desk) Orphans(ctx context.Context, c processor.Caller, q Query) (Page, error) {
	s, _, ok := d.o.Directory.Now().Contract(c.Tenant)
	if !ok {
		return Page{}, ledger.ErrNotFound
	}
	now, care := d.o.Clock(), s.Settings.Care
	query := ledger.Query{Before: q.Before, Limit: q.Limit, Filter: ledger.Filter{Confirmed: ledger.IsNot, States: q.Verdict.among()}}
	if q.Acceptance != "" {
		query.Filter.Acceptance = q.Acceptance
	} else {
		days := q.Days
		if days == 0 {
			days = DefaultDays
		}
		query.Filter.CreatedAfter = now.AddDate(0, 0, -days)
		query.Filter.CreatedBefore = now.Add(time.Nanosecond - care.ConfirmWithin())
	}
	found, err := d.o.Payments.List(ctx, c, query)
	if err != nil {
		return Page{}, err
	}
	page := Page{More: found.More, Next: found.Next}
	for _, p := range found.Payments {
		f := find(p)
		if q.Verdict != "" && f.verdict != q.Verdict || q.Acceptance == "" && !p.Orphan(care, now) {
			continue
		}
		page.Orphans = append(page.Orphans, Orphan{p, f.verdict, f.proposal, f.japanese, f.english, p.OrphanTime(&s.Settings, now)})
	}
	return page, nil
}
