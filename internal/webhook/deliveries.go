package webhook

import (
	"context"
	"encoding/hex"
	"time"

	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

// Query asks for a page of what did not arrive yet.
type Query struct {
	Endpoint string
	State    ledger.DeliveryState // empty: any
	After    uint64               // only numbers above this
	Limit    int                  // at most so many; 1 to 1,000
}

// Page is a page of it, in the order of the books.
type Page struct {
	Deliveries []ledger.Delivery
	Next       uint64 // Query.After of the next page
	More       bool
}

// Deliveries reads what waits for an endpoint and its dead letters: what is kept
// because it failed, and after it what was never sent. It returns
// ledger.ErrNotFound.
func (h *Hooks) Deliveries(ctx context.Context, w registry.Who, q Query) (Page, error) {
	e, err := h.find(ctx, w.Tenant, q.Endpoint)
	if err != nil {
		return Page{}, err
	}
	key := ledger.EndpointKey{Tenant: w.Tenant, ID: q.Endpoint}
	at, _, err := h.cursor(ctx, key, e) // before the deliveries: what fails meanwhile is in one of them
	if err != nil {
		return Page{}, err
	}
	page := Page{Next: q.After}
	ask := ledger.DeliveryQuery{Endpoint: key, State: q.State, After: q.After, Limit: q.Limit}
	if page.Deliveries, err = h.o.Books.Deliveries(ctx, ask); err != nil {
		return Page{}, err
	}
	if len(page.Deliveries) == q.Limit { // is there one more?
		ask.After, ask.Limit = page.Deliveries[q.Limit-1].Number, 1
		more, err := h.o.Books.Deliveries(ctx, ask)
		if err != nil {
			return Page{}, err
		}
		page.More = len(more) > 0
	}
	if !page.More && q.State != ledger.DeliveryDead {
		after := q.After
		if n := len(page.Deliveries); n > 0 {
			after = page.Deliveries[n-1].Number
		}
		err = h.unsent(ctx, w.Tenant, e, max(at, after), func(n event.Numbered) bool {
			if page.More = len(page.Deliveries) == q.Limit; !page.More {
				page.Deliveries = append(page.Deliveries, delivery(&place{Numbered: n}))
			}
			return !page.More
		})
	}
	if n := len(page.Deliveries); n > 0 {
		page.Next = page.Deliveries[n-1].Number
	}
	return page, err
}

// MaxReplay is how many events one call sends again at most.
const MaxReplay = 100_000

// Replay has the events of a time, from inclusive to exclusive, sent anew, with the
// ids that they have (P78): those that the endpoint wants and was sent before; what
// it was not sent yet comes anyway. A zero time is the beginning, or now. It gives
// how many, and ledger.ErrNotFound.
func (h *Hooks) Replay(ctx context.Context, w registry.Who, id string, from, to time.Time, deadOnly bool) (int, error) {
	e, err := h.find(ctx, w.Tenant, id)
	if err != nil {
		return 0, err
	}
	if to.IsZero() {
		to = h.o.Clock()
	}
	r := &replay{h: h, key: ledger.EndpointKey{Tenant: w.Tenant, ID: id}, now: h.o.Clock(), from: from, to: to}
	if r.begin, err = h.first(ctx, e); err != nil {
		return 0, err
	}
	if deadOnly {
		err = r.dead(ctx)
	} else {
		err = r.events(ctx, e)
	}
	if c := h.courier(r.key); c != nil {
		c.reload.Store(true)
		c.poke()
	}
	return r.count, err
}

// replay is one under way.
type replay struct {
	h        *Hooks
	key      ledger.EndpointKey
	now      time.Time
	begin    uint64 // where the endpoint is, if nothing is known of it
	from, to time.Time
	count    int
}

const replayPage = 500

// again keeps deliveries as if they had just happened.
func (r *replay) again(ctx context.Context, list []ledger.Delivery) error {
	change := ledger.DeliveryChange{Endpoint: r.key, Begin: r.begin}
	for _, d := range list {
		if d.Time.Before(r.from) || !d.Time.Before(r.to) || r.count >= MaxReplay {
			continue
		}
		d.State, d.Tries, d.Status, d.Reason, d.Since, d.Next = ledger.DeliveryWaiting, 0, 0, "", r.now, r.now
		change.Put = append(change.Put, d)
		r.count++
	}
	if len(change.Put) == 0 {
		return nil
	}
	return r.h.o.Books.Settle(ctx, change)
}

func (r *replay) dead(ctx context.Context) error {
	for q := (ledger.DeliveryQuery{Endpoint: r.key, State: ledger.DeliveryDead, Limit: replayPage}); r.count < MaxReplay; {
		list, err := r.h.o.Books.Deliveries(ctx, q)
		if err != nil {
			return err
		}
		if err := r.again(ctx, list); err != nil || len(list) < q.Limit {
			return err
		}
		q.After = list[len(list)-1].Number
	}
	return nil
}

// writtenDown is how long it takes until what another process sent is written down: what
// arrived before a call is replayed by it, whoever sent it.
const writtenDown = 2 * gather

// events reads the journal up to where the endpoint is.
func (r *replay) events(ctx context.Context, e *shop.Endpoint) error {
	if r.h.courier(r.key) == nil {
		r.h.pause(ctx, writtenDown)
	}
	upto, _, err := r.h.cursor(ctx, r.key, e)
	if err != nil {
		return err
	}
	q := event.Query{Tenant: &r.key.Tenant, Types: chosen(e.Types), Limit: replayPage}
	if !r.from.IsZero() {
		if q.After, err = r.h.o.Journal.Before(ctx, r.from); err != nil {
			return err
		}
	}
	for more := true; more && q.After < upto && r.count < MaxReplay; {
		page, err := r.h.o.Feed.List(ctx, q)
		if err != nil {
			return err
		}
		var list []ledger.Delivery
		for _, n := range page.Events {
			if n.Number <= upto {
				list = append(list, delivery(&place{Numbered: n}))
			}
		}
		if err := r.again(ctx, list); err != nil {
			return err
		}
		past := len(page.Events) > 0 && page.Events[len(page.Events)-1].Time.After(r.to.Add(clockSlack))
		q.After, more = page.Next, page.More && !past
	}
	return nil
}

// clockSlack is how far behind a later event's time may be, where a clock was set
// back.
const clockSlack = time.Hour

// TestType is the type of a test event, which is in no books.
const TestType = "webhook.test"

// Answer is what came of a test event.
type Answer struct {
	Delivered bool
	Status    int // 0: there was no answer
	Echoed    bool
	Reason    string
	Took      time.Duration
}

// Test sends a test event now, stopped or not, with a word that the endpoint may send
// back (P77). It counts in no statistics; but if the endpoint takes it, what waits is
// tried at once: if another process sends, within two seconds. It returns
// ledger.ErrNotFound, or the error of ctx.
func (h *Hooks) Test(ctx context.Context, w registry.Who, id string) (Answer, error) {
	e, err := h.find(ctx, w.Tenant, id)
	if err != nil {
		return Answer{}, err
	}
	var b [24]byte
	h.random(b[:])
	test := event.Event{Type: TestType, TestID: "test-" + hex.EncodeToString(b[:8]), Tenant: w.Tenant, Time: h.o.Clock()}
	out := h.sender.send(ctx, e, h.mayLoop(w.Tenant), &message{id: test.ID(), body: test.JSON(), challenge: hex.EncodeToString(b[8:])})
	if out.cut {
		return Answer{}, ctx.Err()
	}
	if out.arrived {
		h.hurry(ctx, ledger.EndpointKey{Tenant: w.Tenant, ID: id}, e)
	}
	return Answer{Delivered: out.arrived, Status: out.status, Echoed: out.echoed, Reason: out.reason, Took: out.duration}, nil
}

// hurry has what waits for an endpoint tried at once.
func (h *Hooks) hurry(ctx context.Context, key ledger.EndpointKey, e *shop.Endpoint) {
	if c := h.courier(key); c != nil {
		c.hurry.Store(true)
		c.poke()
		return
	}
	begin, err := h.first(ctx, e)
	if err == nil {
		err = h.o.Books.Settle(ctx, ledger.DeliveryChange{Endpoint: key, Begin: begin}) // a call, which whoever sends sees
	}
	if err != nil {
		h.o.Logger.WarnContext(ctx, "what waits for a webhook endpoint is not tried before its time", "endpoint", key.ID, "error", err)
	}
}
