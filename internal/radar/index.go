package radar

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// index has the holds of the tenants that somebody asked about, in memory. What a
// tenant has is read once, newest first as the books list it; what happens from
// then on is read from the journal, when somebody asks. So nothing is done for
// each payment as it is made, and a hundred thousand holds are not read to show
// fifty.
type index struct {
	payments Payments
	books    Books
	journal  ledger.Journal

	mu      sync.Mutex
	began   bool
	looked  uint64 // up to this event of the journal the tenants are true
	tenants map[shop.Tenant]*holds
}

// hold is what is known of one without reading its payment.
type hold struct {
	id     payment.ID
	ends   int64 // seconds
	since  int64 // seconds; of payment.HeldSince
	amount money.Yen
	warned int8 // of how many days left it was told last
	slip   bool // Yamato carries it, there is no slip, and nobody was told
}

// holds are those of one tenant.
type holds struct {
	by map[payment.ID]hold
	// sorted has them soonest first, then by id, but for those that changed since. It
	// is never written to again: somebody may be reading it.
	sorted  []hold
	changed map[payment.ID]bool

	before   payment.ID // so far the books have been read
	gathered bool       // to their end
}

func holdOf(p *payment.Payment) hold {
	return hold{p.ID, p.HoldExpires.Unix(), p.HeldSince().Unix(), p.Amount, int8(p.HoldWarned), p.SlipOpen()} //nolint:gosec // at most payment.WarnAhead
}

func (h *hold) end() time.Time { return time.Unix(h.ends, 0).In(shop.Tokyo) }

// tells is what may change a hold.
var tells = []payment.Kind{
	payment.KindAuthorized, payment.KindHeld, payment.KindReauthorized, payment.KindAdjusted, payment.KindRescheduled,
	payment.KindCaptured, payment.KindRegistered, payment.KindCanceled, payment.KindCorrected, payment.KindImported,
	payment.KindHoldExpiring, payment.KindSlipLate,
}

// of gives a tenant's holds, the soonest to end first. Nobody may write to them.
func (x *index) of(ctx context.Context, t shop.Tenant) ([]hold, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.follow(ctx); err != nil {
		return nil, err
	}
	h := x.tenants[t]
	if h == nil {
		h = &holds{by: map[payment.ID]hold{}, changed: map[payment.ID]bool{}}
		x.tenants[t] = h
	}
	if err := x.gather(ctx, t, h); err != nil {
		return nil, err
	}
	h.sort()
	return h.sorted, nil
}

// gather reads a tenant's holds from the books, unless that is done. It goes on
// where a caller left who did not want to wait. What changes meanwhile comes with
// the journal.
func (x *index) gather(ctx context.Context, t shop.Tenant, h *holds) error {
	for !h.gathered {
		page, err := x.payments.List(ctx, processor.Caller{Tenant: t, Actor: Actor}, ledger.Query{
			Filter: ledger.Filter{States: []payment.State{payment.Authorized}}, Before: h.before, Limit: 1000,
		})
		if err != nil {
			return err
		}
		for _, p := range page.Payments {
			h.put(p)
		}
		h.before, h.gathered = page.Next, !page.More
	}
	return nil
}

// follow reads what happened since the last time. Doing so again does no harm, so
// it may break off anywhere.
func (x *index) follow(ctx context.Context) error {
	if !x.began {
		last, err := x.journal.Last(ctx)
		if err != nil {
			return err
		}
		x.looked, x.began = last, true
	}
	for {
		page, err := x.journal.Read(ctx, ledger.JournalQuery{Kinds: tells, After: x.looked, Limit: 1000})
		if err != nil {
			return err
		}
		latest := map[payment.ID]*ledger.JournalEntry{}
		for i := range page.Entries {
			if e := &page.Entries[i]; x.tenants[e.Tenant] != nil && !e.Registration {
				latest[e.Payment] = e
			}
		}
		for _, e := range latest {
			if err := x.take(ctx, e); err != nil {
				return err
			}
		}
		if x.looked = page.Looked; !page.More {
			return nil
		}
	}
}

// take brings one payment up to date. One that is charged is no hold, whatever else
// happened: it need not be read.
func (x *index) take(ctx context.Context, e *ledger.JournalEntry) error {
	h := x.tenants[e.Tenant]
	_, known := h.by[e.Payment]
	switch e.Event.Kind {
	case payment.KindCaptured, payment.KindRegistered:
		h.drop(e.Payment)
		return nil
	case payment.KindCanceled:
		if !known {
			return nil
		}
	}
	p, err := x.books.Load(ctx, e.Payment)
	if err == nil {
		h.put(p)
	}
	return err
}

// put writes down where a payment stands: as a hold, or not at all.
func (h *holds) put(p *payment.Payment) {
	if !p.Holding() {
		h.drop(p.ID)
		return
	}
	if now := holdOf(p); h.by[p.ID] != now {
		h.by[p.ID], h.changed[p.ID] = now, true
	}
}

func (h *holds) drop(id payment.ID) {
	if _, known := h.by[id]; known {
		delete(h.by, id)
		h.changed[id] = true
	}
}

// sort brings sorted up to date: what changed goes out of it, and to its new place.
func (h *holds) sort() {
	if len(h.changed) == 0 {
		return
	}
	anew := make([]hold, 0, len(h.changed))
	for id := range h.changed {
		if one, is := h.by[id]; is {
			anew = append(anew, one)
		}
	}
	slices.SortFunc(anew, order)
	merged := make([]hold, 0, len(h.by))
	for i := range h.sorted {
		one := &h.sorted[i]
		if h.changed[one.id] {
			continue
		}
		for len(anew) > 0 && order(anew[0], *one) < 0 {
			merged, anew = append(merged, anew[0]), anew[1:]
		}
		merged = append(merged, *one)
	}
	h.sorted = append(merged, anew...)
	clear(h.changed)
}

func order(a, b hold) int { return cmp.Or(cmp.Compare(a.ends, b.ends), cmp.Compare(a.id, b.id)) }
