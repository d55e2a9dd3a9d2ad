package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// together runs f n times at once.
func together(n int, f func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { f(i) })
	}
	wg.Wait()
}

// testRaces: of many who want one thing, one gets it (P09, P10).
func testRaces(d *desk) {
	const n = 32
	for round := range 10 {
		order := fmt.Sprint("o", round)
		entries := make([]ledger.Entry, n)
		for i := range entries {
			entries[i] = d.author.OpenPending(order, fmt.Sprint("r", round, "-", i))
		}
		winner := d.oneOf(entries)
		// Now all want to replace it, as it was found, while it moves on.
		for i := range entries {
			entries[i] = d.author.OpenPending(order, fmt.Sprint("s", round, "-", i))
			entries[i].Claims[1].Over = &ledger.Ref{Payment: winner.Payment, Version: winner.After.Version}
		}
		second := d.oneOf(entries)
		d.holds(d.author.OrderKey(order), ledger.Holder{Payments: []payment.ID{winner.Payment, second.Payment}, Sequence: 1})
		// And all add the next event to one payment.
		for i := range entries {
			entries[i] = d.author.Next(second.After, Superseded())
		}
		d.oneOf(entries)
	}
}

// oneOf appends all entries at once; exactly one may succeed.
func (d *desk) oneOf(entries []ledger.Entry) ledger.Entry {
	d.Helper()
	var (
		mu  sync.Mutex
		won []ledger.Entry
	)
	together(len(entries), func(i int) {
		err := d.Append(context.Background(), entries[i])
		var claimed *ledger.ClaimedError
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err == nil:
			won = append(won, entries[i])
		case !errors.As(err, &claimed) && !errors.Is(err, ledger.ErrStale):
			d.Errorf("append: %v", err)
		}
	})
	if len(won) != 1 {
		d.Fatalf("%d of %d won", len(won), len(entries))
	}
	return won[0]
}
