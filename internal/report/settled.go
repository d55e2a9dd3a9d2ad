package report

import (
	"context"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// settledKinds are the events that can change what is settled of a payment. What a
// payment had settled when it moved here (imported) was settled for the system that
// it came from, and is not told of.
var settledKinds = []payment.Kind{payment.KindSettled, payment.KindAdjusted, payment.KindCanceled, payment.KindCorrected}

// journalPage is how many events are read at once.
const journalPage = 1000

// change is what one event did to what is settled of its payment.
type change struct {
	payment  *payment.Payment // after it
	event    *payment.Event
	before   money.Yen // settled yen
	after    money.Yen
	began    time.Time // when the payment was settled; its fee is counted at the rate of then
	imported bool
}

func (c *change) amount() money.Yen { return c.after - c.before }

// changesOf adds a payment's history up, and tells what became of its settled yen.
func changesOf(events []payment.Event) (*payment.Payment, []change, error) {
	var list []change
	var p *payment.Payment
	var settled money.Yen
	var began time.Time
	for i := range events {
		e := &events[i]
		next, err := payment.Apply(p, e)
		if err != nil {
			return nil, nil, fmt.Errorf("report: the history of a payment: %w", err)
		}
		p = next
		after := settledYen(p)
		if after == settled {
			continue
		}
		if settled == 0 {
			began = e.Time
		}
		list = append(list, change{p, e, settled, after, began, e.Kind == payment.KindImported})
		settled = after
	}
	return p, list, nil
}

// settledYen is how much of a payment is settled.
func settledYen(p *payment.Payment) money.Yen {
	if p.State == payment.Settled {
		return p.Amount
	}
	return 0
}

// rows reads the journal day by day, and of each payment that may have changed its
// history up to then.
func (s *Settlements) rows(ctx context.Context, t shop.Tenant, span Span, r *rates, yield func(*SettledRow) error) error {
	return s.cuts(ctx, span, func(day time.Time, after, until uint64) error {
		return s.events(ctx, t, after, until, func(e *ledger.JournalEntry) error {
			row, err := s.row(ctx, e, r)
			if err != nil || row == nil {
				return err
			}
			row.Day = day
			return yield(row)
		})
	})
}

// cuts calls yield for every day of a span with something in the journal: its events
// are those with numbers above after and up to until.
func (s *Settlements) cuts(ctx context.Context, span Span, yield func(day time.Time, after, until uint64) error) error {
	last := span.To
	if today := dayOf(s.o.Clock()); last.After(today) {
		last = today
	}
	after, err := s.o.Books.Before(ctx, span.From)
	if err != nil {
		return err
	}
	for day := span.From; !day.After(last); day = nextDay(day) {
		until, err := s.o.Books.Before(ctx, nextDay(day))
		if err != nil {
			return err
		}
		if until <= after {
			continue // nothing happened, or a clock was set back: then the day before has it
		}
		if err := yield(day, after, until); err != nil {
			return err
		}
		after = until
	}
	return nil
}

// events calls yield for the events of settledKinds with numbers above after and up
// to until.
func (s *Settlements) events(ctx context.Context, t shop.Tenant, after, until uint64, yield func(*ledger.JournalEntry) error) error {
	q := ledger.JournalQuery{Tenant: &t, Kinds: settledKinds, After: after, Until: until, Limit: journalPage}
	for {
		page, err := s.o.Books.Read(ctx, q)
		if err != nil {
			return err
		}
		for i := range page.Entries {
			if err := yield(&page.Entries[i]); err != nil {
				return err
			}
		}
		if !page.More {
			return nil
		}
		q.After = page.Looked
	}
}

// row is what an event changed; nil: nothing that is settled.
func (s *Settlements) row(ctx context.Context, e *ledger.JournalEntry, r *rates) (*SettledRow, error) {
	if e.Event.Attempt == 0 {
		return nil, nil // called off before anything was held
	}
	events, err := s.o.Books.History(ctx, e.Payment)
	if err != nil {
		return nil, err
	}
	n := e.Event.Sequence
	if n > len(events) {
		return nil, fmt.Errorf("report: the journal has event %d of %s, and its history has not", n, e.Payment)
	}
	_, changes, err := changesOf(events[:n])
	if err != nil || len(changes) == 0 {
		return nil, err
	}
	c := &changes[len(changes)-1]
	if c.event.Sequence != n || c.imported {
		return nil, nil
	}
	return r.row(ctx, c)
}

// row is a change with its fee.
func (r *rates) row(ctx context.Context, c *change) (*SettledRow, error) {
	rate, err := r.at(ctx, c.began)
	if err != nil {
		return nil, err
	}
	return &SettledRow{
		Time: c.event.Time, Payment: c.payment.ID, OrderNumber: c.payment.OrderNumber, Acceptance: c.payment.Acceptance(),
		First: c.before == 0, Amount: c.amount(), Fee: feeOf(c.after, rate) - feeOf(c.before, rate), Rate: rate,
	}, nil
}
