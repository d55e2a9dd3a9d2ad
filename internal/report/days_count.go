package report

import (
	"context"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// cut is a day, with its last number in the journal.
type cut struct {
	start, end time.Time
	upto       uint64
}

// count adds up some days that follow one another, and the closed ones.
func (d *Days) count(ctx context.Context, t shop.Tenant, closed []Day, cuts []cut) ([]Day, error) {
	ends, err := d.ends(ctx, t, closed, cuts)
	if err != nil {
		return nil, err
	}
	var list []Day
	before := lastOf(closed)
	for i := range cuts {
		if before, err = d.countDay(ctx, t, &before, &cuts[i], ends[i]); err != nil {
			return nil, err
		}
		list = append(list, before)
	}
	return list, nil
}

// lastOf is the latest of some days; none: what was before the first.
func lastOf(days []Day) Day {
	if n := len(days); n > 0 {
		return days[n-1]
	}
	return Day{}
}

// today is the day that is not over, as it is so far; nil: nothing has happened yet.
func (d *Days) today(ctx context.Context, t shop.Tenant, closed []Day) (*Day, error) {
	next, _, err := d.next(ctx, t, closed)
	if err != nil || next.IsZero() {
		return nil, err
	}
	upto, err := d.o.Books.Last(ctx)
	if err != nil {
		return nil, err
	}
	before, end := lastOf(closed), d.o.Clock()
	if end.Before(next) { // the clock was set back behind what is closed
		end = next
	}
	day, err := d.countDay(ctx, t, &before, &cut{start: next, end: end, upto: upto}, nil)
	day.Closed = false
	return &day, err
}

// stretch is what a day has of a payment: its events from one sequence to another.
type stretch struct{ first, last int }

// countDay adds a day up. Of each payment that something happened to, and of each
// whose hold ended by itself, it reads the history; nothing else of the books.
func (d *Days) countDay(ctx context.Context, t shop.Tenant, before *Day, c *cut, ends map[payment.ID]int) (Day, error) {
	day := Day{Date: c.start.Format(dayForm), Opening: before.Closing, Closing: before.Closing, Number: max(c.upto, before.Number), Closed: true}
	of := map[payment.ID]stretch{}
	for id, last := range ends {
		of[id] = stretch{first: last + 1, last: last}
	}
	err := d.each(ctx, t, before.Number, c.upto, func(e *ledger.JournalEntry) {
		s, known := of[e.Payment]
		if !known || s.first > s.last {
			s.first = e.Event.Sequence
		}
		s.last = e.Event.Sequence
		of[e.Payment] = s
		if e.Event.Until.After(day.Until) {
			day.Until = e.Event.Until
		}
	})
	if err != nil {
		return Day{}, err
	}
	sums := map[payment.MovementKind]*DayMovement{}
	for id, s := range of {
		if err := d.countPayment(ctx, id, s, c, sums); err != nil {
			return Day{}, err
		}
	}
	for _, kind := range payment.MovementKinds {
		if m := sums[kind]; m != nil {
			day.Movements = append(day.Movements, *m)
			day.Closing = day.Closing.Add(m.By)
		}
	}
	return day, nil
}

// countPayment adds what a day did to one payment.
func (d *Days) countPayment(ctx context.Context, id payment.ID, s stretch, c *cut, sums map[payment.MovementKind]*DayMovement) error {
	events, err := d.o.Books.History(ctx, id)
	if err != nil {
		return err
	}
	add := func(m payment.Movement) {
		sum := sums[m.Kind]
		if sum == nil {
			sum = &DayMovement{Kind: m.Kind}
			sums[m.Kind] = sum
		}
		sum.Count++
		sum.By = sum.By.Add(m.By)
	}
	var p *payment.Payment
	for i := range events {
		e := &events[i]
		if e.Sequence > s.last {
			break
		}
		next, err := payment.Apply(p, e)
		if err != nil {
			return fmt.Errorf("report: the history of %s: %w", id, err)
		}
		if m, told := payment.Move(p, next, e, c.start); told && e.Sequence >= s.first {
			add(m)
		}
		p = next
	}
	if by := p.Balance(c.end).Less(p.Balance(c.start)); by != (payment.Balance{}) {
		add(payment.Movement{Kind: payment.MovementLapsed, By: by})
	}
	return nil
}

// each calls yield for a tenant's events that may move money, after one number up to
// another.
func (d *Days) each(ctx context.Context, t shop.Tenant, after, upto uint64, yield func(*ledger.JournalEntry)) error {
	for q := (ledger.JournalQuery{Tenant: &t, Kinds: payment.MoneyKinds, After: after, Until: upto, Limit: journalPage}); q.After < upto; {
		page, err := d.o.Books.Read(ctx, q)
		if err != nil {
			return err
		}
		for i := range page.Entries {
			yield(&page.Entries[i])
		}
		if !page.More {
			return nil
		}
		q.After = page.Looked
	}
	return nil
}
