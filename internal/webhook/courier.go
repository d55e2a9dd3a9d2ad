package webhook

import (
	"context"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// maxLine is how many events are looked at at a time: enough that several payments'
// are there, few enough that little is sent twice after a crash.
const maxLine = 64

// courier brings one endpoint its events. One goroutine does everything but the
// tries themselves.
type courier struct {
	h        *Hooks
	t        *turn
	key      ledger.EndpointKey
	endpoint atomic.Pointer[shop.Endpoint]
	wake     chan struct{}
	reload   atomic.Bool   // somebody else wrote deliveries
	hurry    atomic.Bool   // somebody has reason to think that it is up again
	mark     atomic.Bool   // how far it is is to be written down
	cursor   atomic.Uint64 // every event up to this arrived, or is written down
	life     context.Context
	end      context.CancelFunc
	gone     chan struct{} // closed when the goroutine has ended

	// Under t.mu.
	calls int    // of Course, as others were heard of last
	at    uint64 // every event up to this is in the inbox, or was
	inbox []event.Numbered

	// The goroutine's own.
	course  ledger.Course
	line    line
	due     []ledger.Delivery // due for another try
	nextDue time.Time         // when the books have more of those; zero: now
	flying  map[uint64]bool
	busy    map[payment.ID]int
	results chan result
	notes   notes

	chores, complain time.Time // not before
}

// result is what came of a try of a delivery. Fresh: it is in the line.
type result struct {
	ledger.Delivery
	outcome
	fresh bool
}

func newCourier(t *turn, key ledger.EndpointKey, e *shop.Endpoint, course ledger.Course) *courier {
	c := &courier{
		h: t.h, t: t, key: key, calls: course.Calls, wake: make(chan struct{}, 1), gone: make(chan struct{}), at: course.Cursor, course: course, line: line{at: course.Cursor},
		flying: map[uint64]bool{}, busy: map[payment.ID]int{}, results: make(chan result, parallel), notes: newNotes(course.Cursor),
	}
	c.endpoint.Store(e)
	c.cursor.Store(course.Cursor)
	c.life, c.end = context.WithCancel(t.life)
	return c
}

// poke makes the goroutine look again.
func (c *courier) poke() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// offer takes events of a page of the journal, if everything before the page was
// taken already. The caller holds t.mu.
func (c *courier) offer(after, next uint64, events []event.Numbered) {
	if c.at < after || c.at >= next {
		return
	}
	types := c.endpoint.Load().Types
	for _, e := range events {
		if e.Number <= c.at || !wants(types, e.Type) {
			continue
		}
		if len(c.inbox) >= maxInbox {
			return // what follows it reads for itself
		}
		c.inbox = append(c.inbox, e)
		c.at = e.Number
		c.poke()
	}
	c.at = next
}

// run works until the endpoint is deleted or the process stops.
func (c *courier) run() {
	defer close(c.gone)
	defer c.notes.wait() // nothing is written once it has gone
	for {
		c.fill()
		c.expire()
		c.launch()
		saved := c.save()
		if c.over() {
			return
		}
		select {
		case r := <-c.results:
			c.settle(r)
		case err := <-saved:
			c.saved(err)
		case <-c.notes.timer.C:
			c.notes.ripe = true
		case <-c.wake:
		case <-c.t.draining:
			c.finish()
			return
		case <-c.life.Done():
			if !c.over() {
				c.finish()
			}
			return
		}
	}
}

// over reports whether the endpoint was deleted: then nothing more is written.
func (c *courier) over() bool { return c.life.Err() != nil && c.t.life.Err() == nil }

// finish waits for the tries that are under way, and writes down what came of them.
func (c *courier) finish() {
	for len(c.flying) > 0 {
		c.settle(<-c.results) // each ends within its time, or with life
	}
	c.flush()
}

// stopped and down endpoints get nothing new.
func (c *courier) stopped() bool { return c.endpoint.Load().Stopped }
func (c *courier) down() bool    { return c.course.Streak >= downAfter }

// fill takes the next events: from the inbox, or from the books if the endpoint
// lies behind.
func (c *courier) fill() {
	c.t.mu.Lock()
	n := min(maxLine-len(c.line.items), len(c.inbox))
	for _, e := range c.inbox[:max(n, 0)] {
		c.line.add(e)
	}
	c.inbox = slices.Delete(c.inbox, 0, max(n, 0))
	if len(c.inbox) == 0 {
		c.line.at = max(c.line.at, c.at)
	}
	at, behind := c.at, len(c.inbox) == 0 && c.at < c.t.pumped
	c.t.mu.Unlock()
	c.publish()
	if free := maxLine - len(c.line.items); behind && free > 0 {
		c.catchUp(at, free)
	}
}

// catchUp reads on where the pump has passed already.
func (c *courier) catchUp(at uint64, limit int) {
	types := chosen(c.endpoint.Load().Types)
	page, err := c.h.o.Feed.List(c.life, event.Query{Tenant: &c.key.Tenant, Types: types, After: at, Limit: limit})
	if err != nil {
		c.trouble(err)
		return
	}
	for _, e := range page.Events {
		c.line.add(e)
	}
	c.line.at = max(c.line.at, page.Next)
	c.t.mu.Lock()
	c.at = max(c.at, page.Next)
	behind := c.at < c.t.pumped
	c.t.mu.Unlock()
	c.publish()
	if behind && len(page.Events) == 0 {
		c.poke() // nothing of ours in it: look further
	}
}

// launch begins as many tries as there may be. While the endpoint is down that is
// one, of what failed before; only if nothing is kept, of what is new.
func (c *courier) launch() {
	if c.stopped() {
		return
	}
	c.load()
	most, fresh := parallel, true
	if c.down() {
		most, fresh = 1, c.course.Waiting == 0 && !c.notes.any()
	}
	forDue := most
	if fresh && c.line.waits() && most > 1 {
		forDue = most / 2 // what is new does not wait behind what failed
	}
	for i := 0; i < len(c.due) && len(c.flying) < forDue; {
		if d := c.due[i]; c.busy[d.Payment] == 0 {
			c.due = slices.Delete(c.due, i, i+1)
			c.fly(d, false)
			continue
		}
		i++
	}
	for fresh && len(c.flying) < most {
		p := c.line.next(c.busy)
		if p == nil {
			return
		}
		p.flying = true
		c.fly(delivery(p), true)
	}
}

// delivery is what is sent of an event.
func delivery(p *place) ledger.Delivery {
	return ledger.Delivery{
		Number: p.Number, Event: p.ID(), Type: p.Type, Payment: p.Payment, Body: p.JSON(), Time: p.Time, State: ledger.DeliveryWaiting, Since: p.Time,
	}
}

// fly makes a try beside the goroutine.
func (c *courier) fly(d ledger.Delivery, fresh bool) {
	c.flying[d.Number] = true
	c.busy[d.Payment]++
	e := c.endpoint.Load()
	go func() {
		r := result{Delivery: d, fresh: fresh, outcome: outcome{cut: true}}
		select {
		case c.h.room <- struct{}{}:
			r.outcome = c.h.sender.send(c.life, e, c.h.mayLoop(c.key.Tenant), &message{id: d.Event, body: d.Body})
			<-c.h.room
		case <-c.life.Done():
		}
		c.results <- r // there is a place for each
	}()
}

// settle takes in what came of a try.
func (c *courier) settle(r result) {
	delete(c.flying, r.Number)
	if c.busy[r.Payment]--; c.busy[r.Payment] == 0 {
		delete(c.busy, r.Payment)
	}
	if r.cut {
		if p := c.line.find(r.Number); r.fresh && p != nil {
			p.flying = false
		}
		c.reload.Store(true)
		return
	}
	now := c.h.o.Clock()
	c.h.o.Observer.Tried(r.arrived, r.Tries == 0, now.Sub(r.Time))
	if r.arrived {
		if c.down() {
			c.hurry.Store(true)
			c.log(slog.LevelInfo, "a webhook endpoint is up again: what waited is sent")
		}
		c.course.Success, c.course.Streak = now, 0
		if !r.fresh {
			c.notes.done(&r.Delivery)
		}
	} else {
		c.course.Failure, c.course.Reason = now, r.reason
		if c.course.Streak++; c.course.Streak == downAfter {
			c.log(slog.LevelWarn, "a webhook endpoint is down: what happens waits, and it is tried now and then", "reason", r.reason)
		}
		c.keep(failed(r.Delivery, &r.outcome, now, c.h.chance()))
	}
	if r.fresh {
		c.line.end(r.Number)
		c.publish()
	}
	c.notes.touch()
}

// publish tells others how far the endpoint is: not beyond a failure that is not
// written down, or it would be seen nowhere for a moment.
func (c *courier) publish() {
	at := c.line.cursor()
	for n := range c.notes.fresh() {
		at = min(at, n-1)
	}
	c.cursor.Store(at)
}

// keep notes a delivery that did not arrive.
func (c *courier) keep(d ledger.Delivery) {
	if d.State == ledger.DeliveryDead {
		c.course.Death = c.h.o.Clock()
	} else if d.Next.Before(c.nextDue) {
		c.nextDue = d.Next
	}
	c.notes.put(d)
}

// log names an endpoint by its id: its address may hold a password.
func (c *courier) log(level slog.Level, text string, args ...any) {
	c.h.o.Logger.Log(c.life, level, text, append([]any{"shop", string(c.key.Tenant.Shop), "environment", string(c.key.Tenant.Environment), "endpoint", c.key.ID}, args...)...)
}

// trouble tells of books that cannot be used, once a minute: it is tried again every
// second.
func (c *courier) trouble(err error) {
	if now := c.h.o.Clock(); err != nil && c.life.Err() == nil && !now.Before(c.complain) {
		c.complain = now.Add(time.Minute)
		c.log(slog.LevelError, "the books of the webhooks cannot be used: trying again", "error", err)
	}
}
