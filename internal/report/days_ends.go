package report

import (
	"context"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// lookBack is how long before a day its lapsing holds may have begun: the provider's
// last 58 or 60 days. A contract may name more.
const lookBack = 62

// ends finds, for each of some days, the payments whose hold may have ended on it by
// itself, each with its last event up to the day's end that may move money. No event
// says that a hold lapsed, so they are found by the events that said how long it
// lasts: the journal is read from before the earliest that can end within the days.
func (d *Days) ends(ctx context.Context, t shop.Tenant, cuts []cut) ([]map[payment.ID]int, error) {
	found := make([]map[payment.ID]int, len(cuts))
	for i := range found {
		found[i] = map[payment.ID]int{}
	}
	from, err := d.o.Books.Before(ctx, cuts[0].start.AddDate(0, 0, -d.holdDays(t)))
	if err != nil {
		return nil, err
	}
	of := map[payment.ID][]int{} // in which of found a payment is
	err = d.each(ctx, t, from, cuts[len(cuts)-1].upto, func(e *ledger.JournalEntry) {
		for _, i := range of[e.Payment] {
			if e.Number <= cuts[i].upto {
				found[i][e.Payment] = e.Event.Sequence
			}
		}
		if i := dayWith(cuts, e.Event.Until); i >= 0 && e.Number <= cuts[i].upto {
			if _, known := found[i][e.Payment]; !known {
				of[e.Payment] = append(of[e.Payment], i)
			}
			found[i][e.Payment] = e.Event.Sequence
		}
	})
	return found, err
}

// holdDays is how many days ago a hold may have begun that ends now.
func (d *Days) holdDays(t shop.Tenant) int {
	days := lookBack
	if _, c, ok := d.o.Directory.Now().Contract(t); ok {
		days = max(days, c.HoldDays+2)
	}
	return days
}

// dayWith is which of the days has a moment; -1: none of them.
func dayWith(cuts []cut, t time.Time) int {
	if t.Before(cuts[0].start) || !t.Before(cuts[len(cuts)-1].end) {
		return -1
	}
	return int(t.Sub(cuts[0].start) / (24 * time.Hour)) // Japan keeps no summer time
}
