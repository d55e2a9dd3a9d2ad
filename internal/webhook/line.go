package webhook

import (
	"slices"

	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/payment"
)

// line holds the next events for an endpoint, in the order of the books, until
// each of them is over: arrived, or kept as a delivery.
type line struct {
	items []place
	at    uint64 // every event up to this number is in the line, or was
}

type place struct {
	event.Numbered
	flying, over bool
}

// add puts an event at the end.
func (l *line) add(e event.Numbered) {
	l.items = append(l.items, place{Numbered: e})
	l.at = max(l.at, e.Number)
}

// next is the first event that may be sent now: none of its payment is under way,
// or waits before it. Busy tells which payments something is under way of. Nil:
// there is none.
func (l *line) next(busy map[payment.ID]int) *place {
	var seen []payment.ID
	for i := range l.items {
		p := &l.items[i]
		switch {
		case p.over || p.flying:
			continue
		case busy[p.Payment] == 0 && !slices.Contains(seen, p.Payment):
			return p
		}
		seen = append(seen, p.Payment)
	}
	return nil
}

// waits reports whether an event is there that was not begun.
func (l *line) waits() bool {
	return slices.ContainsFunc(l.items, func(p place) bool { return !p.flying && !p.over })
}

// find gives the place of a number; nil: it is over.
func (l *line) find(number uint64) *place {
	i, found := slices.BinarySearchFunc(l.items, number, func(p place, n uint64) int {
		switch {
		case p.Number < n:
			return -1
		case p.Number > n:
			return 1
		}
		return 0
	})
	if !found {
		return nil
	}
	return &l.items[i]
}

// end says that an event is over, and lets go of what nothing before waits for.
func (l *line) end(number uint64) {
	if p := l.find(number); p != nil {
		p.over = true
	}
	n := 0
	for n < len(l.items) && l.items[n].over {
		n++
	}
	l.items = slices.Delete(l.items, 0, n)
}

// cursor is the number up to which every event is over.
func (l *line) cursor() uint64 {
	if len(l.items) > 0 {
		return l.items[0].Number - 1
	}
	return l.at
}
