package webhook

import (
	"context"
	"iter"
	"log/slog"
	"maps"
	"slices"
	"time"

	"kessai.dev/kessai/internal/ledger"
)

// How long what came of tries gathers before it is written down, and how much: what
// a crash takes is sent again.
const (
	gather     = 250 * time.Millisecond
	enough     = 64
	cursorTime = time.Minute // an idle endpoint's cursor is written so often,
	cursorGap  = 5000        // or when it lies so far behind
)

// notes is what is not written down yet.
type notes struct {
	puts   map[uint64]ledger.Delivery
	dones  map[uint64]time.Time // Since of what was sent
	dirty  bool
	ripe   bool        // it has gathered long enough
	timer  *time.Timer // until then
	under  *ledger.DeliveryChange
	result chan error // of what is being written; nil: nothing is

	cursor  uint64    // as written last,
	written time.Time // then
}

func newNotes(cursor uint64) notes {
	t := time.NewTimer(gather)
	t.Stop()
	return notes{puts: map[uint64]ledger.Delivery{}, dones: map[uint64]time.Time{}, timer: t, cursor: cursor}
}

// touch says that there is something to write.
func (n *notes) touch() {
	if !n.dirty {
		n.dirty = true
		n.timer.Reset(gather)
	}
}

func (n *notes) put(d ledger.Delivery) {
	n.puts[d.Number] = d
	n.touch()
}

func (n *notes) done(d *ledger.Delivery) {
	n.dones[d.Number] = d.Since
	n.touch()
}

// any reports whether a delivery is not written down.
func (n *notes) any() bool { return len(n.puts)+len(n.dones) > 0 || n.under != nil }

// has reports whether the books are behind about a delivery.
func (n *notes) has(number uint64) bool {
	_, put := n.puts[number]
	_, done := n.dones[number]
	if put || done || n.under == nil {
		return put || done
	}
	return slices.Contains(n.under.Done, number) || slices.ContainsFunc(n.under.Put, func(d ledger.Delivery) bool { return d.Number == number })
}

// fresh gives the numbers of deliveries that the books have nothing of yet.
func (n *notes) fresh() iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for number := range n.puts {
			if number > n.cursor && !yield(number) {
				return
			}
		}
		if n.under == nil {
			return
		}
		for i := range n.under.Put {
			if number := n.under.Put[i].Number; number > n.cursor && !yield(number) {
				return
			}
		}
	}
}

// size is how many deliveries has may say yes to.
func (n *notes) size() int {
	size := len(n.puts) + len(n.dones)
	if n.under != nil {
		size += len(n.under.Put) + len(n.under.Done)
	}
	return size
}

// wait lets what is being written end.
func (n *notes) wait() {
	if n.result != nil {
		<-n.result
		n.result = nil
	}
}

// save begins to write what has gathered, and gives where the outcome comes; nil:
// nothing is being written.
func (c *courier) save() <-chan error {
	n := &c.notes
	if n.result == nil && n.dirty && (n.ripe || len(n.puts)+len(n.dones) >= enough) {
		change := c.note()
		n.result = make(chan error, 1)
		go func(result chan<- error) {
			ctx, cancel := c.late()
			defer cancel()
			result <- c.h.o.Books.Settle(ctx, *change)
		}(n.result)
	}
	return n.result
}

// lateTime is how long what came of the last tries may take to be written down.
const lateTime = 3 * time.Second

// late outlives the courier for a while.
func (c *courier) late() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(c.life))
	stop := context.AfterFunc(c.life, func() {
		t := time.NewTimer(lateTime)
		defer t.Stop()
		select {
		case <-t.C:
			cancel()
		case <-ctx.Done():
		}
	})
	return ctx, func() { stop(); cancel() }
}

// note takes what can be written: the cursor, and no delivery beyond it, or that one
// would be sent from the books of payments, too.
func (c *courier) note() *ledger.DeliveryChange {
	n := &c.notes
	course := c.course
	course.Cursor = c.line.cursor()
	change := &ledger.DeliveryChange{Endpoint: c.key, Course: &course}
	for number, d := range n.puts {
		if number <= course.Cursor {
			change.Put = append(change.Put, d)
			delete(n.puts, number)
		}
	}
	change.Since = maps.Clone(n.dones)
	for number := range n.dones {
		change.Done = append(change.Done, number)
	}
	clear(n.dones)
	n.under, n.dirty, n.ripe = change, false, false
	if len(n.puts) > 0 {
		n.touch()
	}
	return change
}

// saved takes in what came of writing. What could not be written is noted again.
func (c *courier) saved(err error) {
	n := &c.notes
	change := n.under
	n.under, n.result = nil, nil
	if err != nil {
		c.trouble(err)
		for _, d := range change.Put {
			if !n.has(d.Number) {
				n.puts[d.Number] = d
			}
		}
		for _, number := range change.Done {
			if _, again := n.puts[number]; !again {
				n.dones[number] = change.Since[number]
			}
		}
		n.dirty, n.ripe = true, false
		n.timer.Reset(retryBooks)
		return
	}
	if len(change.Done) > 0 { // what was put anew meanwhile was passed over until now
		c.nextDue = time.Time{}
	}
	n.cursor, n.written = change.Course.Cursor, c.h.o.Clock()
	c.publish()
	c.recount()
}

// recount takes in how much is kept.
func (c *courier) recount() {
	if now, _, err := c.h.o.Books.Course(c.life, c.key); err == nil {
		c.course.Waiting, c.course.Dead = now.Waiting, now.Dead
	}
}

// flush writes down everything at once, at the end.
func (c *courier) flush() {
	n := &c.notes
	if n.result != nil {
		err := <-n.result
		c.saved(err)
	}
	if c.over() || !n.dirty && c.line.cursor() == n.cursor {
		return
	}
	ctx, cancel := c.late()
	defer cancel()
	if err := c.h.o.Books.Settle(ctx, *c.note()); err != nil {
		c.log(slog.LevelWarn, "what was sent last could not be written down: it will be sent again", "error", err)
	}
}

// keepCursor writes down now and then how far an endpoint is that gets nothing, so
// that a start need not look through everything; at once when it gets other types from now
// on, or others would take what came before for waiting.
func (c *courier) keepCursor() {
	n, at := &c.notes, c.line.cursor()
	if c.mark.Swap(false) || at > n.cursor && (at-n.cursor >= cursorGap || c.h.o.Clock().Sub(n.written) >= cursorTime) {
		n.touch()
	}
}
