// Package webhook sends what happened to the shops' endpoints, by the Standard
// Webhooks scheme: signed, with the id that the event has everywhere, in the order
// of a payment when all goes well, and again for seven days when it does not. What
// is sent comes from the books, which are the outbox: an event is sent because it
// is in them, and a crash forgets none, though it may send some again.
package webhook

import (
	"context"
	"crypto/x509"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

// Endpoints is what Hooks needs of the registry.
type Endpoints interface {
	Endpoints(t shop.Tenant) ([]shop.Endpoint, error)
	AllEndpoints() map[shop.Tenant][]shop.Endpoint
	ChangeEndpoints(ctx context.Context, w registry.Who, change func([]shop.Endpoint) ([]shop.Endpoint, error)) ([]shop.Endpoint, error)
}

// Feed is where events come from: an *event.Feed.
type Feed interface {
	List(ctx context.Context, q event.Query) (event.Page, error)
	Wait(ctx context.Context, after uint64) error
	Last(ctx context.Context) (uint64, error)
}

// Journal finds the place of a time in the books.
type Journal interface {
	Before(ctx context.Context, t time.Time) (uint64, error)
}

// Observer is told of every try. Arrived: the endpoint took it. Age: how long ago
// the event happened; first: it was the first try.
type Observer interface {
	Tried(arrived, first bool, age time.Duration)
}

// Options are what Hooks work with. Endpoints, Feed, Journal, Books, Clock and
// Random are needed.
type Options struct {
	Endpoints Endpoints
	Feed      Feed
	Journal   Journal
	Books     ledger.Deliveries
	Clock     func() time.Time
	Random    io.Reader // of secrets and ids: crypto/rand.Reader
	Logger    *slog.Logger
	Observer  Observer

	// Loopback lets endpoints of TEST be on this machine, over http, too: while the
	// provider is the simulator (P80).
	Loopback bool
	// Lookup gives the addresses of a name; nil: the system's resolver.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	// Dial connects to an address that was looked at; nil: the system's.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Roots are the authorities that endpoints' certificates are held against; nil:
	// the system's.
	Roots *x509.CertPool
}

// Bounds of what is sent at a time.
const (
	parallel = 8   // tries at one endpoint at once
	atOnce   = 256 // tries at all endpoints at once
	maxInbox = 256 // events that wait in memory for one endpoint
	pumpPage = 500
)

// Hooks send events to endpoints. Safe for concurrent use.
type Hooks struct {
	o      Options
	sender *sender
	room   chan struct{} // one place for each try under way

	running  sync.WaitGroup
	draining chan struct{} // closed: nothing more is begun
	drain    sync.Once
	life     context.Context // ends what is under way
	end      context.CancelFunc

	syncing  sync.Mutex // held while couriers come and go
	unsynced atomic.Bool
	wanted   chan struct{} // there is a first courier

	mu       sync.Mutex
	couriers map[ledger.EndpointKey]*courier
	pumped   uint64 // every event up to this was given out, or is older than the couriers
	told     map[ledger.EndpointKey]alarm
}

// New makes Hooks, which send nothing before Start.
func New(o Options) *Hooks {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Observer == nil {
		o.Observer = unobserved{}
	}
	h := &Hooks{
		o: o, sender: newSender(&o), room: make(chan struct{}, atOnce), draining: make(chan struct{}), wanted: make(chan struct{}, 1),
		couriers: map[ledger.EndpointKey]*courier{}, told: map[ledger.EndpointKey]alarm{},
	}
	h.life, h.end = context.WithCancel(context.Background())
	return h
}

type unobserved struct{}

func (unobserved) Tried(bool, bool, time.Duration) {}

// Start goes on where the last process stopped. It returns an error when the books
// cannot be read.
func (h *Hooks) Start(ctx context.Context) error {
	last, err := h.o.Feed.Last(ctx)
	if err != nil {
		return err
	}
	h.pumped = last
	if err := h.forgetDeleted(ctx); err != nil {
		return err
	}
	if err := h.sync(ctx); err != nil {
		return err
	}
	h.running.Go(h.pump)
	h.running.Go(h.watch)
	return nil
}

// Stop begins nothing more, waits for what is under way until ctx ends, and cuts
// the rest off: it is sent again after the next start. It may be called twice, and
// without Start.
func (h *Hooks) Stop(ctx context.Context) {
	h.drain.Do(func() { close(h.draining) })
	done := make(chan struct{})
	go func() {
		h.running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
	h.end()
	<-done
	h.sender.close()
}

// pump reads the journal once for all endpoints and gives each its events. Who
// lies behind reads for himself. While there is no endpoint nothing is read: it
// would cost every payment something.
func (h *Hooks) pump() {
	ctx, cancel := h.untilDrained()
	defer cancel()
	for ctx.Err() == nil {
		after, err := h.begun(ctx)
		var page event.Page
		if err == nil {
			page, err = h.o.Feed.List(ctx, event.Query{After: after, Limit: pumpPage})
		}
		if err == nil {
			h.giveOut(after, &page)
			if page.More {
				continue
			}
			err = h.o.Feed.Wait(ctx, page.Next)
		}
		if err != nil && ctx.Err() == nil {
			h.o.Logger.ErrorContext(ctx, "events cannot be read for the webhooks: trying again", "error", err)
			pause(ctx, retryBooks)
		}
	}
}

// begun waits for an endpoint, and gives where the pump goes on. What happened while
// there was none is not read again: an endpoint that lies behind reads for itself.
func (h *Hooks) begun(ctx context.Context) (uint64, error) {
	h.mu.Lock()
	after, idle := h.pumped, len(h.couriers) == 0
	h.mu.Unlock()
	if !idle {
		return after, nil
	}
	select {
	case <-h.wanted:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	last, err := h.o.Feed.Last(ctx)
	if err != nil {
		return 0, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pumped = last
	for _, c := range h.couriers {
		c.poke()
	}
	return last, nil
}

// giveOut gives a page of the journal to those who have everything before it.
func (h *Hooks) giveOut(after uint64, page *event.Page) {
	of := map[shop.Tenant][]event.Numbered{}
	for _, e := range page.Events {
		of[e.Tenant] = append(of[e.Tenant], e)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pumped = page.Next
	for _, c := range h.couriers {
		c.offer(after, page.Next, of[c.key.Tenant])
	}
}

// untilDrained is a context that ends when nothing more is to be begun.
func (h *Hooks) untilDrained() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(h.life)
	go func() {
		select {
		case <-h.draining:
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
func (h *Hooks) watch() {
	ctx, cancel := h.untilDrained()
	defer cancel()
	every := time.NewTicker(tick)
	defer every.Stop()
	for {
		select {
		case <-every.C:
			h.Tick()
		case <-ctx.Done():
			return
		}
	}
}

// Tick does what time brought by the clock: tries that are due, and alarms. It is
// called every second; a test that sets the clock calls it, too.
func (h *Hooks) Tick() {
	if h.unsynced.Swap(false) {
		h.follow(h.life)
	}
	h.mu.Lock()
	for _, c := range h.couriers {
		c.poke()
	}
	h.mu.Unlock()
	h.alarms()
}

// pause waits, unless ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
