package webhook

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// turn is the time for which this process sends.
type turn struct {
	h *Hooks

	running  sync.WaitGroup
	draining chan struct{} // closed: nothing more is begun
	life     context.Context
	end      context.CancelFunc // ends what is under way

	syncing  sync.Mutex // held while couriers come and go
	unsynced atomic.Bool
	wanted   chan struct{} // there is a first courier

	mu       sync.Mutex
	couriers map[ledger.EndpointKey]*courier
	pumped   uint64 // every event up to this was given out, or is older than the couriers
	told     map[ledger.EndpointKey]alarm
}

func newTurn(h *Hooks) *turn {
	t := &turn{h: h, draining: make(chan struct{}), wanted: make(chan struct{}, 1), couriers: map[ledger.EndpointKey]*courier{}, told: map[ledger.EndpointKey]alarm{}}
	t.life, t.end = context.WithCancel(h.life)
	return t
}

// start goes on where the turn before stopped. It returns an error when the books
// cannot be read.
func (t *turn) start(ctx context.Context) error {
	last, err := t.h.o.Feed.Last(ctx)
	if err != nil {
		return err
	}
	t.mu.Lock()
	t.pumped = last
	t.mu.Unlock()
	if err := t.forgetDeleted(ctx); err != nil {
		return err
	}
	if err := t.sync(ctx); err != nil {
		return err
	}
	t.running.Go(t.pump)
	t.running.Go(t.watch)
	return nil
}

// close begins nothing more, and waits for what is under way: until it ends by itself, or
// until the turn or Hooks do.
func (t *turn) close() {
	t.syncing.Lock() // no courier comes from here on
	close(t.draining)
	t.syncing.Unlock()
	t.running.Wait()
	t.end()
}

// pump reads the journal once for all endpoints and gives each its events. Who
// lies behind reads for himself. While there is no endpoint nothing is read: it
// would cost every payment something.
func (t *turn) pump() {
	ctx, cancel := t.untilDrained()
	defer cancel()
	for ctx.Err() == nil {
		after, err := t.begun(ctx)
		var page event.Page
		if err == nil {
			page, err = t.h.o.Feed.List(ctx, event.Query{After: after, Limit: pumpPage})
		}
		if err == nil {
			t.giveOut(after, &page)
			if page.More {
				continue
			}
			err = t.h.o.Feed.Wait(ctx, page.Next)
		}
		if err != nil && ctx.Err() == nil {
			t.h.o.Logger.ErrorContext(ctx, "events cannot be read for the webhooks: trying again", "error", err)
			t.h.pause(ctx, retryBooks)
		}
	}
}

// begun waits for an endpoint, and gives where the pump goes on. What happened while
// there was none is not read again: an endpoint that lies behind reads for itself.
func (t *turn) begun(ctx context.Context) (uint64, error) {
	t.mu.Lock()
	after, idle := t.pumped, len(t.couriers) == 0
	t.mu.Unlock()
	if !idle {
		return after, nil
	}
	select {
	case <-t.wanted:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	last, err := t.h.o.Feed.Last(ctx)
	if err != nil {
		return 0, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pumped = last
	for _, c := range t.couriers {
		c.poke()
	}
	return last, nil
}

// giveOut gives a page of the journal to those who have everything before it.
func (t *turn) giveOut(after uint64, page *event.Page) {
	of := map[shop.Tenant][]event.Numbered{}
	for _, e := range page.Events {
		of[e.Tenant] = append(of[e.Tenant], e)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pumped = page.Next
	for _, c := range t.couriers {
		c.offer(after, page.Next, of[c.key.Tenant])
	}
}

// untilDrained is a context that ends when nothing more is to be begun.
func (t *turn) untilDrained() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(t.life)
	go func() {
		select {
		case <-t.draining:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// How often what only time brings is looked for, and how long books that cannot be
// read are left alone.
const (
	tick       = time.Second
	retryBooks = time.Second
)

// watch wakes those whom only time wakes.
func (t *turn) watch() {
	ctx, cancel := t.untilDrained()
	defer cancel()
	every := time.NewTicker(tick)
	defer every.Stop()
	for {
		select {
		case <-every.C:
			t.tick()
		case <-ctx.Done():
			return
		}
	}
}

// tick follows what other processes changed of the endpoints, and what they wrote for them.
func (t *turn) tick() {
	missing := t.sync(t.life)
	courses, err := t.h.o.Books.Courses(t.life)
	t.trouble(errors.Join(missing, err))
	t.mu.Lock()
	for key, c := range t.couriers {
		if course, known := courses[key]; known && c.calls != course.Calls {
			c.calls = course.Calls
			c.reload.Store(true)
			c.hurry.Store(true) // whoever asks for something thinks that it is up
		}
		c.poke()
	}
	t.mu.Unlock()
	if err == nil {
		t.alarms(courses)
	}
}
