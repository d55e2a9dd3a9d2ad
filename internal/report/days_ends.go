package report

import (
	"context"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// ends finds, for each of some days, the payments whose hold may have ended on it by
// itself, each with its last event up to the day's end that may move money. No event
// says that a hold lapsed, so they are found by the events that said how long it
// lasts: the journal is read from the first closed day on that told of an end as late
// as these days. That is some sixty days, or what a contract names.
func (d *Days) ends(ctx context.Context, t shop.Tenant, closed []Day, cuts []cut) ([]map[payment.ID]int, error) {
	found := make([]map[payment.ID]int, len(cuts))
	for i := range found {
		found[i] = map[payment.ID]int{}
	}
	of := map[payment.ID][]int{} // in which of found a payment is
	err := d.each(ctx, t, tellsOf(closed, cuts[0].start), cuts[len(cuts)-1].upto, func(e *ledger.JournalEntry) {
		for _, i := range of[e.Payment] {
			if _, due := found[i][e.Payment]; !due || e.Number > cuts[i].upto {
				continue
			}
			if charges(e.Event.Kind) {
				delete(found[i], e.Payment)
				continue
			}
			found[i][e.Payment] = e.Event.Sequence
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

// charges reports whether no hold is left after an event. A cancellation is not among
// them: it may end a hold that nobody wanted, beside the one that counts.
func charges(k payment.Kind) bool { return k == payment.KindCaptured || k == payment.KindRegistered }

// tellsOf is the number in the journal after which all holds began that end at a
// moment or later.
func tellsOf(closed []Day, t time.Time) (after uint64) {
	for i := range closed {
		if !closed[i].Until.Before(t) {
			break
		}
		after = closed[i].Number
	}
	return after
}

// dayWith is which of the days has a moment; -1: none of them.
func dayWith(cuts []cut, t time.Time) int {
	if t.Before(cuts[0].start) || !t.Before(cuts[len(cuts)-1].end) {
		return -1
	}
	return int(t.Sub(cuts[0].start) / (24 * time.Hour)) // Japan keeps no summer time
}
