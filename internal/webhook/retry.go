package webhook

import (
	"maps"
	"slices"
	"time"

	"kessai.dev/kessai/internal/ledger"
)

// Bounds of what is read of an endpoint's deliveries at a time.
const (
	duePage   = 64
	chorePage = 500
	choreTime = time.Hour
)

// far is later than any try.
const far = 400 * 24 * time.Hour

// load takes the deliveries that are due out of the books.
func (c *courier) load() {
	now := c.h.o.Clock()
	if c.reload.Swap(false) {
		c.due, c.nextDue = nil, time.Time{}
		c.recount()
	}
	if c.hurry.Swap(false) {
		c.bringForward(now)
	}
	if len(c.due) > 0 || now.Before(c.nextDue) {
		return
	}
	list, full, err := c.waiting(now, duePage)
	if err != nil {
		c.trouble(err)
		c.nextDue = now.Add(retryBooks)
		return
	}
	c.nextDue = time.Time{}
	if !full {
		c.nextDue = now.Add(far)
	}
	for _, d := range list {
		if d.Next.After(now) {
			c.nextDue = d.Next
			break
		}
		c.due = append(c.due, d)
	}
	for _, d := range c.notes.puts { // the books do not know of them yet
		if d.State == ledger.DeliveryWaiting && d.Next.Before(c.nextDue) {
			c.nextDue = d.Next
		}
	}
}

// waiting gives what waits for another try, soonest first, as far as it is in the
// books as it is; full: there is more.
func (c *courier) waiting(now time.Time, limit int) (list []ledger.Delivery, full bool, err error) {
	limit = min(limit+len(c.flying)+c.notes.size(), 1000)
	found, err := c.h.o.Books.Due(c.life, c.key, now.Add(far), limit)
	for _, d := range found {
		if !c.flying[d.Number] && !c.notes.has(d.Number) {
			list = append(list, d)
		}
	}
	return list, len(found) == limit, err
}

// bringForward has what failed tried at once: the endpoint seems to be up again.
func (c *courier) bringForward(now time.Time) {
	list, _, err := c.waiting(now, chorePage)
	c.trouble(err)
	if c.notes.under != nil { // the books are about to know of these
		list = append(list, c.notes.under.Put...)
	}
	list = slices.AppendSeq(list, maps.Values(c.notes.puts))
	for _, d := range list {
		if d.State == ledger.DeliveryWaiting && d.Next.After(now) {
			d.Next = now
			c.notes.put(d)
		}
	}
	c.due, c.nextDue = nil, time.Time{}
}

// expire gives up what is older than seven days: of an endpoint that is down or
// stopped also what it was never sent. Every hour it looks through what is kept.
func (c *courier) expire() {
	c.keepCursor()
	now := c.h.o.Clock()
	if c.stopped() || c.down() {
		c.expireLine(now)
	}
	if now.Before(c.chores) {
		return
	}
	c.chores = now.Add(choreTime)
	if c.stopped() {
		c.sweep(ledger.DeliveryWaiting, func(d ledger.Delivery) bool { return tooOld(d.Since, now) }, func(d ledger.Delivery) {
			d.Reason = reasonStopped
			c.keep(dead(d))
		})
	}
	c.sweep(ledger.DeliveryDead, func(d ledger.Delivery) bool { return now.After(d.Time.Add(keepDead)) }, func(d ledger.Delivery) { c.notes.done(&d) })
}

func (c *courier) expireLine(now time.Time) {
	reason := c.course.Reason
	if c.stopped() {
		reason = reasonStopped
	}
	var old []ledger.Delivery
	for i := range c.line.items {
		if p := &c.line.items[i]; !p.flying && !p.over && tooOld(p.Time, now) {
			d := delivery(p)
			d.Reason = reason
			old = append(old, d)
		}
	}
	for _, d := range old {
		c.keep(dead(d))
		c.line.end(d.Number)
	}
	if len(old) > 0 {
		c.publish()
		c.poke() // there may be more behind them
	}
}

// sweep does something about every delivery in a state that is over.
func (c *courier) sweep(state ledger.DeliveryState, over func(ledger.Delivery) bool, do func(ledger.Delivery)) {
	for q := (ledger.DeliveryQuery{Endpoint: c.key, State: state, Limit: chorePage}); ; {
		list, err := c.h.o.Books.Deliveries(c.life, q)
		if err != nil {
			c.trouble(err)
			return
		}
		for _, d := range list {
			if q.After = d.Number; over(d) && !c.flying[d.Number] && !c.notes.has(d.Number) {
				do(d)
			}
		}
		if len(list) < q.Limit {
			return
		}
	}
}

const reasonStopped = "The endpoint was stopped for seven days: start it, and replay the events that it should have. 7日間停止していたため送信をあきらめました。再開して、必要なイベントを再送(replay)してください。"
